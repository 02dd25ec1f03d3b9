"""Which files count as articles, and what tells that one has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.disk import replace_file
from corpus.library.files import listing


def test_hidden_files_and_folders_and_other_files_are_left_out(tmp_path: Path) -> None:
    for name in (
        "a.md",
        "2024/11/b.md",
        ".c.md",
        ".history/d.md",
        "2024/.e/f.md",
        "examples.txt",
        "g.md.bak",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.md").mkdir()
    assert sorted(listing(tmp_path)) == ["2024/11/b.md", "a.md"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        listing(tmp_path / "none")


def test_a_file_that_was_replaced_by_one_of_its_size_and_time_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    replace_file(path, "old")
    before, times = listing(tmp_path), path.stat()
    replace_file(path, "new")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert listing(tmp_path) != before
    assert listing(tmp_path) == listing(tmp_path)
