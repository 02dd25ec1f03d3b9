"""A backup comes back whole, what was there is kept aside, and who is interrupted is finished."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.confidence import SHIPPED
from bot.operations.backup import BackupError, back_up
from bot.operations.restore import MARK, finish
from corpus.article import to_markdown
from corpus.library.cards import SHIPPED_CARDS, read_cards
from corpus.library.editing import remove
from corpus.library.files import read_library
from tests.bot.backups import FIRE, VOTE, WATER, Place, votes_of

ROOT = Path(__file__).parents[3]


def test_all_of_it_comes_back(place: Place, archive: Path, tmp_path: Path) -> None:
    new = Place(tmp_path / "new")
    new.restore(archive)
    assert new.content() == place.content()
    assert {article.id: article.status for article in read_library(new.articles)} == {
        "water": "withdrawn", "fire": "published",
    }  # fmt: skip
    assert new.votes().all() == [VOTE]
    assert (new.state / "confidence.json").read_bytes() == SHIPPED.read_bytes()


def test_what_was_there_is_kept_aside(place: Place, archive: Path) -> None:
    remove(place.articles, "fire")
    (place.articles / "new.md").write_text(to_markdown(replace(FIRE, id="new")), encoding="utf-8")
    place.votes().keep(replace(VOTE, answer_id="b" * 16))
    aside = place.restore(archive)
    assert sorted(article.id for article in read_library(place.articles)) == ["fire", "water"]
    assert (aside / "new.md").is_file()
    assert len(votes_of(aside).all()) == 2
    assert sorted(path.name for path in place.articles.iterdir()) == [
        aside.name, ".history", "2024", "examples.txt",
    ]  # fmt: skip
    # What is kept aside is no part of the next backup.
    assert back_up(place.articles, place.state, archive).articles == 3


def test_cards_come_back_and_are_no_articles(place: Place, archive: Path, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_CARDS, place.articles / "cards")
    back_up(place.articles, place.state, archive.with_name("with-cards"))
    new = Place(tmp_path / "new")
    new.restore(archive.with_name("with-cards"))
    assert new.content() == place.content()
    assert read_cards(new.articles) == read_cards(place.articles)


def test_cards_that_are_switched_off_stay_so(place: Place, archive: Path, tmp_path: Path) -> None:
    (place.articles / "cards").mkdir()
    back_up(place.articles, place.state, archive.with_name("without-cards"))
    new = Place(tmp_path / "new")
    new.restore(archive.with_name("without-cards"))
    assert read_cards(new.articles) == ()
    Place(tmp_path / "shipped").restore(archive)
    assert read_cards(tmp_path / "shipped" / "articles") != ()


def test_a_file_among_the_cards_that_is_none(place: Place, archive: Path, tmp_path: Path) -> None:
    (place.articles / "cards").mkdir()
    (place.articles / "cards" / "fire.md").write_text(to_markdown(FIRE), encoding="utf-8")
    back_up(place.articles, place.state, archive.with_name("with-cards"))
    with pytest.raises(BackupError, match=r"cards/fire\.md: unknown front matter id; allowed: title"):
        Place(tmp_path / "new").restore(archive.with_name("with-cards"))


def test_a_service_that_has_the_votes_open_sees_the_restored_ones(place: Place, archive: Path) -> None:
    serving = place.votes()
    serving.keep(replace(VOTE, answer_id="b" * 16))
    place.restore(archive)
    assert serving.all() == [VOTE]
    serving.keep(replace(VOTE, answer_id="c" * 16))
    assert len(place.votes().all()) == 2


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

from bot.operations.restore import restore
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
        there.votes().keep(replace(VOTE, answer_id="b" * 16))
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
