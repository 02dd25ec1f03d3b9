from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from bot.answering.confidence import SHIPPED
from bot.operations.backup import Backup, back_up
from corpus.library.editing import withdraw
from tests.bot.backups import FIRE, VOTE, WATER, Place
from tests.bot.operations.databases import database, postgresql, url

__all__ = ["database", "postgresql", "url"]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow by intent; here many tests sign several users in."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("bot.operations.users.PasswordHasher", lambda: cheap)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "old", WATER, FIRE)
    withdraw(place.articles, "water", "撤稿", date(2024, 5, 1))
    (place.articles / "examples.txt").write_text("停水吗?\n", encoding="utf-8")
    place.votes().keep(VOTE)
    (place.state / "confidence.json").write_bytes(SHIPPED.read_bytes())
    return place


@pytest.fixture
def archive(place: Place, tmp_path: Path) -> Path:
    archive = tmp_path / "backup.tar.gz"
    assert back_up(place.articles, place.state, archive) == Backup(articles=3, former=1, database=True)
    return archive
