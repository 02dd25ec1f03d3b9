"""An interrupted restore is finished by the next command, and by no mere reading of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.cli.settings import library_settings
from bot.operations.backup import ARTICLES, STATE
from bot.operations.restore import DRAFT, MARK, OUT


@pytest.fixture
def interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The mark of a restore that was killed when all was unpacked and nothing was moved."""
    articles, state = tmp_path / "articles", tmp_path / "state"
    for folder in (state, articles / DRAFT / ARTICLES, articles / DRAFT / STATE):
        folder.mkdir(parents=True)
    (state / MARK).write_text(f"{OUT}\n.before-restore-x\n", encoding="utf-8")
    monkeypatch.setenv("YUANWEN_ARTICLES", str(articles))
    monkeypatch.setenv("YUANWEN_STATE", str(state))
    return state / MARK


def test_reading_settings_moves_nothing(interrupted: Path) -> None:
    settings.read_settings()
    assert interrupted.is_file()


def test_a_command_finishes_what_was_interrupted(interrupted: Path) -> None:
    library_settings()
    assert not interrupted.exists()
