"""A backup holds what cannot be made again, and comes back whole; a hostile one changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.archive import AT_ONCE
from bot.backup import Backup, BackupError, back_up
from bot.confidence import SHIPPED
from bot.feedback import Judged, Votes
from bot.restore import finish, restore
from bot.unfinished import MARK
from corpus.article import Article, to_markdown
from corpus.keeping import remove, withdraw
from corpus.library import read_library

ROOT = Path(__file__).parents[2]
WATER, FIRE = Article("water", "停水", "明天停水。"), Article("fire", "防火", "火灾要报警。")
VOTE = Judged("a" * 16, "up", "谢谢", "停水吗?", "zh-Hans", "answered", 0.9, (("water", 0, 5),))


class Place:
    """A folder of articles and a state folder."""

    def __init__(self, root: Path, *articles: Article) -> None:
        self.articles, self.state = root / "articles", root / "state"
        (self.articles / "2024").mkdir(parents=True)
        self.state.mkdir()
        for article in articles:
            (self.articles / "2024" / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")

    def restore(self, archive: Path) -> Path:
        return restore(archive, self.articles, self.state)

    def content(self) -> dict[str, bytes]:
        """The files of articles and their history, and the votes."""
        files = [path for path in self.articles.rglob("*") if path.is_file()]
        found = {path.relative_to(self.articles).as_posix(): path.read_bytes() for path in files}
        found = {name: content for name, content in found.items() if not name.startswith(".before-restore")}
        with closing(sqlite3.connect(self.state / "feedback.sqlite")) as votes:
            return found | {"votes": "\n".join(votes.iterdump()).encode()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "old", WATER, FIRE)
    withdraw(place.articles, "water", "撤稿", date(2024, 5, 1))
    (place.articles / "examples.txt").write_text("停水吗?\n", encoding="utf-8")
    Votes(place.state / "feedback.sqlite").keep(VOTE)
    (place.state / "confidence.json").write_bytes(SHIPPED.read_bytes())
    return place


@pytest.fixture
def archive(place: Place, tmp_path: Path) -> Path:
    archive = tmp_path / "backup.tar.gz"
    assert back_up(place.articles, place.state, archive) == Backup(articles=3, former=1, votes=True)
    return archive


def test_all_of_it_comes_back(place: Place, archive: Path, tmp_path: Path) -> None:
    new = Place(tmp_path / "new")
    new.restore(archive)
    assert new.content() == place.content()
    assert {article.id: article.status for article in read_library(new.articles)} == {
        "water": "withdrawn", "fire": "published",
    }  # fmt: skip
    assert Votes(new.state / "feedback.sqlite").all() == [VOTE]
    assert (new.state / "confidence.json").read_bytes() == SHIPPED.read_bytes()


def test_what_was_there_is_kept_aside(place: Place, archive: Path) -> None:
    remove(place.articles, "fire")
    (place.articles / "new.md").write_text(to_markdown(replace(FIRE, id="new")), encoding="utf-8")
    Votes(place.state / "feedback.sqlite").keep(replace(VOTE, answer_id="b" * 16))
    aside = place.restore(archive)
    assert sorted(article.id for article in read_library(place.articles)) == ["fire", "water"]
    assert (aside / "new.md").is_file()
    assert len(Votes(aside / "feedback.sqlite").all()) == 2
    assert sorted(path.name for path in place.articles.iterdir()) == [
        aside.name, ".history", "2024", "examples.txt",
    ]  # fmt: skip
    # What is kept aside is no part of the next backup.
    assert back_up(place.articles, place.state, archive).articles == 3


def test_a_service_that_has_the_votes_open_sees_the_restored_ones(place: Place, archive: Path) -> None:
    serving = Votes(place.state / "feedback.sqlite")
    serving.keep(replace(VOTE, answer_id="b" * 16))
    place.restore(archive)
    assert serving.all() == [VOTE]
    serving.keep(replace(VOTE, answer_id="c" * 16))
    assert len(Votes(place.state / "feedback.sqlite").all()) == 2


def test_a_backup_while_votes_come_in(place: Place, tmp_path: Path) -> None:
    with closing(sqlite3.connect(place.state / "feedback.sqlite")) as serving, serving:
        serving.execute("INSERT INTO votes SELECT 'open', vote, comment, question, language, verdict,"
                        " confidence, quotes, voted_on FROM votes")  # fmt: skip
        back_up(place.articles, place.state, tmp_path / "b")
    new = Place(tmp_path / "new")
    new.restore(tmp_path / "b")
    assert Votes(new.state / "feedback.sqlite").all() == [VOTE]


def test_only_its_owner_may_read_it(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_where_it_cannot_be_written(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written: No such file or directory"):
        back_up(place.articles, place.state, tmp_path / "none" / "b.tar.gz")


def test_a_name_that_could_not_come_back_is_told_now(place: Place, tmp_path: Path) -> None:
    (place.articles / "a\\b.md").write_text(to_markdown(FIRE), encoding="utf-8")
    with pytest.raises(BackupError, match="give the file another one"):
        back_up(place.articles, place.state, tmp_path / "b")
    assert list(tmp_path.glob("*b-*")) == []


# ---- archives that nobody should trust


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


# ---- interrupted


RESTORE = """
import sys
from pathlib import Path
calls, stop = 0, int(sys.argv[4])

def watched(event, arguments):
    global calls
    if event in ("os.rename", "os.remove", "os.mkdir", "open", "sqlite3.connect"):
        calls += 1
        if calls == stop:
            import os, signal
            os.kill(os.getpid(), signal.SIGKILL)

from bot.restore import restore
sys.addaudithook(watched)
restore(*map(Path, sys.argv[1:4]))
print(calls)
"""


def test_killed_at_any_step_it_is_undone_or_finished(place: Place, archive: Path, tmp_path: Path) -> None:
    """The mark decides: without it the former files are all there, with it the next command finishes."""

    def run(stop: int, there: Place) -> str:
        command = [sys.executable, "-c", RESTORE, archive, there.articles, there.state, str(stop)]
        done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip()

    def other(number: int) -> Place:
        there = Place(tmp_path / f"n{number}", replace(WATER, body="另一座图书馆。"), replace(FIRE, id="own"))
        Votes(there.state / "feedback.sqlite").keep(replace(VOTE, answer_id="b" * 16))
        return there

    restored = place.content()
    steps = int(run(0, other(0)))
    assert steps > 25
    fates = set()
    for stop in range(1, steps + 1, max(1, steps // 12)):
        there = other(stop)
        former = there.content()
        assert run(stop, there) == ""
        begun = (there.state / MARK).is_file()
        finish(there.articles, there.state)
        left = {name: content for name, content in there.content().items() if not name.startswith(".restore")}
        assert left in ([restored] if begun else [former, restored])
        fates.add("finished" if begun else "undone" if left == former else "done")
    assert {"finished", "undone"} <= fates
