"""A backup holds what cannot be made again, whatever happens meanwhile."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.backup import BackupError, back_up
from corpus.article import to_markdown
from tests.bot.backups import FIRE, VOTE, Place


def test_a_backup_while_votes_come_in(place: Place, tmp_path: Path) -> None:
    with closing(sqlite3.connect(place.state / "yuanwen.sqlite")) as serving, serving:
        serving.execute("INSERT INTO votes SELECT 99, 'open', vote, comment, question, wording, language,"
                        " verdict, confidence, quotes, voted_on FROM votes")  # fmt: skip
        back_up(place.articles, place.state, tmp_path / "b")
    new = Place(tmp_path / "new")
    new.restore(tmp_path / "b")
    assert new.votes().all() == [VOTE]


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
