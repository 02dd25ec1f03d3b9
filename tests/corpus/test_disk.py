"""A folder or a file appears whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.disk import publish_folder, replace_file, sweep, written_whole


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "state" / "model"
    with publish_folder(target) as draft:
        (draft / "part").mkdir()
        (draft / "part" / "a.txt").write_text("a")
        assert not target.exists()
        assert draft.parent == target.parent
        assert draft.name.startswith(".model-")
    assert [path.name for path in target.parent.iterdir()] == ["model"]
    assert (target / "part" / "a.txt").read_text() == "a"
    assert target.stat().st_mode & 0o777 == 0o755


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    def write_half() -> None:
        with publish_folder(tmp_path / "model") as draft:
            (draft / "a.txt").write_text("a")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_faster_process_stays(tmp_path: Path) -> None:
    with publish_folder(tmp_path / "model") as draft:
        (draft / "a.txt").write_text("ours")
        (tmp_path / "model").mkdir()
        (tmp_path / "model" / "a.txt").write_text("theirs")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert (tmp_path / "model" / "a.txt").read_text() == "theirs"


def test_another_obstacle_is_an_error(tmp_path: Path) -> None:
    def write_over_a_file() -> None:
        with publish_folder(tmp_path / "model"):
            (tmp_path / "model").write_text("a file")

    with pytest.raises(NotADirectoryError):
        write_over_a_file()
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_file_is_replaced(tmp_path: Path) -> None:
    for content in ("旧", "新"):
        replace_file(tmp_path / "current", content)
        assert (tmp_path / "current").read_text(encoding="utf-8") == content
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_a_failed_replacement_leaves_the_former_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file(tmp_path / "current", "旧")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("corpus.disk.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        replace_file(tmp_path / "current", "新")
    assert (tmp_path / "current").read_text(encoding="utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.disk import publish_folder, written_whole
with written_whole(Path(sys.argv[1], "2024", "a.md")), publish_folder(Path(sys.argv[1], "model")) as draft:
    (draft / "part").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_killed_processes_left_is_swept_and_what_is_being_written_stays(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert len(list(tmp_path.rglob(".*.draft"))) == 2
    with written_whole(tmp_path / "b.md") as draft, publish_folder(tmp_path / "other"):
        draft.write("新".encode())
        assert sweep(tmp_path, deep=False) == 1
        assert sweep(tmp_path) == 1
        assert len(list(tmp_path.rglob(".*.draft"))) == 2
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == "新"
    assert not list(tmp_path.rglob(".*.draft"))


def test_a_long_name_has_room_for_its_draft(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    replace_file(path, "新")
    assert path.read_text(encoding="utf-8") == "新"
