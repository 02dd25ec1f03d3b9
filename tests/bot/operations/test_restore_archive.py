"""An archive that nobody should trust changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.audit import AuditLog
from bot.operations.backup import BackupError, back_up
from bot.operations.database import database_url, open_database
from bot.operations.restore import AT_ONCE
from corpus.article import to_markdown
from tests.bot.backups import FIRE, Place


def packed(archive: Path, change: Callable[[dict[str, bytes]], object], *more: tarfile.TarInfo) -> None:
    """Writes the archive again with other files, its manifest made to fit, and `more` entries."""
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    manifest = json.loads(files.pop("manifest.json"))
    change(files)
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    }
    with tarfile.open(archive, "w:gz") as tar:
        for entry in more:
            tar.addfile(entry, io.BytesIO(b"x" * entry.size))
        for name, content in {**files, "manifest.json": json.dumps(manifest).encode()}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def with_file(name: str, content: bytes) -> Callable[[dict[str, bytes]], object]:
    return lambda files: files.update({name: content})


def without_articles(files: dict[str, bytes]) -> None:
    for name in [name for name in files if name.startswith("articles")]:
        del files[name]


def entry(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, target: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.size, found.linkname = kind, size, target
    return found


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("../outside.md", tarfile.REGTYPE, ""),
        ("/tmp/outside.md", tarfile.REGTYPE, ""),
        ("articles/../../outside.md", tarfile.REGTYPE, ""),
        ("articles/./a.md", tarfile.REGTYPE, ""),
        ("articles/.ssh/a.md", tarfile.REGTYPE, ""),
        ("articles/a.py", tarfile.REGTYPE, ""),
        ("articles/a\n.md", tarfile.REGTYPE, ""),
        ("state/vectors.sqlite", tarfile.REGTYPE, ""),
        ("articles/2024/fire.md", tarfile.REGTYPE, ""),
        ("articles/link.md", tarfile.SYMTYPE, "/etc/passwd"),
        ("articles/link.md", tarfile.LNKTYPE, "articles/2024/fire.md"),
        ("articles/pipe.md", tarfile.FIFOTYPE, ""),
        ("articles/disk.md", tarfile.BLKTYPE, ""),
        ("articles/folder", tarfile.DIRTYPE, ""),
    ],
)
def test_a_hostile_entry(
    place: Place, archive: Path, tmp_path: Path, name: str, kind: bytes, target: str
) -> None:
    before, around = place.content(), sorted(tmp_path.rglob("*"))
    packed(archive, lambda files: None, entry(name, kind, target=target))
    with pytest.raises(BackupError, match="is no backup: '"):
        place.restore(archive)
    assert place.content() == before
    assert sorted(path for path in tmp_path.rglob("*") if path.name != "restore.lock") == around


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_file("articles/b.md", b"---\ntitel: x\n---\n"), "unknown front matter titel"),
        (with_file("articles/b.md", b"\xff"), "can't decode byte"),
        (with_file("articles/b.md", to_markdown(FIRE).encode()), "two articles have the id"),
        (without_articles, "holds no article"),
        (with_file("state/feedback.sqlite", b"no database" * 99), "is not a database"),
        (with_file("state/confidence.json", b"{}"), "state: 'features'"),
    ],
)
def test_files_that_are_not_what_they_must_be(
    place: Place, archive: Path, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    before = place.content()
    packed(archive, change)
    with pytest.raises(BackupError, match=said):
        place.restore(archive)
    assert place.content() == before


def test_a_file_of_votes_with_something_else_in_it(place: Place, archive: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.executescript(
            "CREATE TABLE votes (a); CREATE TRIGGER t AFTER INSERT ON votes BEGIN SELECT 1; END"
        )
    content = (tmp_path / "other.sqlite").read_bytes()
    packed(archive, lambda files: files.update({"state/feedback.sqlite": content}))
    with pytest.raises(BackupError, match="holds something else"):
        place.restore(archive)


def test_the_desk_comes_back_with_its_backup(place: Place, tmp_path: Path) -> None:
    desk = open_database(database_url("", place.state))
    AuditLog(desk).record("chief", "withdrew", article="water")
    back_up(place.articles, place.state, tmp_path / "with-desk")
    AuditLog(desk).record("chief", "did more")
    place.restore(tmp_path / "with-desk")
    assert [line.action for line in AuditLog(desk).latest(9)] == ["withdrew"]
    desk.close()


def test_a_database_with_something_else_in_it(place: Place, archive: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.executescript("CREATE TABLE users (a); CREATE VIEW audit_log AS SELECT 1")
    content = (tmp_path / "other.sqlite").read_bytes()
    packed(archive, lambda files: files.update({"state/yuanwen.sqlite": content}))
    with pytest.raises(BackupError, match="the database: the file holds something else"):
        place.restore(archive)


def test_a_header_that_would_fill_the_memory(place: Place, archive: Path) -> None:
    packed(archive, lambda files: None, entry("x", tarfile.XHDTYPE, size=AT_ONCE + 1))
    with pytest.raises(BackupError, match=r"it holds a header of 8,0\d\d,\d\d\d bytes"):
        place.restore(archive)


def test_every_cut_and_every_flip_is_noticed(place: Place, archive: Path) -> None:
    content, before = archive.read_bytes(), place.content()
    # Before 48 stands gzip's own head, with the name of the draft.
    for at in range(48, len(content), len(content) // 12):
        for damaged in (content[:at], content[:at] + bytes([content[at] ^ 16]) + content[at + 1 :]):
            archive.write_bytes(damaged)
            with pytest.raises(BackupError):
                place.restore(archive)
            assert place.content() == before
    archive.write_bytes(content)
    place.restore(archive)
