"""What is done before the service starts."""

from __future__ import annotations

import fcntl
import logging
from pathlib import Path

import pytest

from bot.cli.startup import database_warnings, state_database, tidied, warn_of_address
from bot.operations.restore import DRAFT, MARK
from bot.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(articles=tmp_path / "articles", state=tmp_path / "state")
    for folder in (settings.articles / ".history" / "a", settings.state / "models"):
        folder.mkdir(parents=True)
    return settings


def test_what_killed_commands_left_is_removed(settings: Settings) -> None:
    (settings.articles / ".history" / "a" / ".b.draft").touch()
    (settings.articles / "b.md").touch()
    (settings.articles / DRAFT).mkdir()
    (settings.state / "models" / ".model-x.draft").mkdir()
    assert tidied(settings) == 2
    assert sorted(path.name for path in settings.articles.iterdir()) == [".history", "b.md"]
    assert sorted(path.name for path in settings.state.rglob("*")) == ["models", "restore.lock"]


def test_a_restore_that_goes_on_or_is_to_be_finished_keeps_its_files(settings: Settings) -> None:
    (settings.articles / DRAFT).mkdir()
    (settings.state / MARK).touch()
    tidied(settings)
    assert (settings.articles / DRAFT).is_dir()
    (settings.state / MARK).unlink()
    with (settings.state / "restore.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tidied(settings)
    assert (settings.articles / DRAFT).is_dir()
    tidied(settings)
    assert not (settings.articles / DRAFT).exists()


@pytest.mark.parametrize(
    ("host", "url", "warns"),
    [
        ("0.0.0.0", "", True),
        ("192.0.2.7", "", True),
        ("0.0.0.0", "https://ask.example.com", False),
        ("127.0.0.1", "", False),
        ("::1", "", False),
    ],
)
def test_an_address_that_visitors_could_name_is_warned_of(
    host: str, url: str, warns: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        warn_of_address(Settings(host=host, url=url))
    assert [record.levelname for record in caplog.records] == ["WARNING"] * warns


def test_a_database_that_cannot_be_used_is_told_to_operators(settings: Settings) -> None:
    assert database_warnings(None) == ("database-unreachable",)
    assert database_warnings(state_database(settings)) == ()
