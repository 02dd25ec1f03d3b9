"""Which files count as articles, and what tells that one has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.disk import replace_file
from corpus.library import files
from corpus.library.checking import check
from corpus.library.files import LibraryError, listing, read_article


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


def test_a_bad_entry_hides_no_other_and_is_named(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("---\ntitle: T\n---\n\nText.\n")
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "gone.md").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    assert sorted(listing(tmp_path)) == ["a.md", "b.md", "pipe.md", "self.md"]
    assert [(problem.path.name, problem.what) for problem in check(tmp_path)] == [
        ("pipe.md", "it cannot be read: it is no regular file"),
        ("self.md", "it cannot be read: Too many levels of symbolic links"),
    ]


@pytest.mark.parametrize("name", ["self.md", "pipe.md", "folder.md", "none.md"])
def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path, name: str) -> None:
    (tmp_path / "self.md").symlink_to("self.md")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(LibraryError, match=f"^{tmp_path / name}: "):
        read_article(tmp_path / name)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(files.LARGEST + 1)  # sparse
    with pytest.raises(LibraryError, match="it has 20,000,001 bytes; at most 20,000,000 are allowed"):
        read_article(tmp_path / "a.md")
