"""A disk that is full, or may not be written, is told in one sentence and damages nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import app
from bot.operations.database import DatabaseError, database_url, open_database
from bot.operations.users import Users
from corpus.article import Article, to_markdown
from index.models.bundled import BundledModelError, bundled_model
from tests.index.fake_embedder import FakeEmbedder

FIRE = Article("fire", "防火", "火灾要报警。")
COMMANDS = {
    "build": "the index cannot be written to",
    "withdraw fire --reason 失实": "cannot be written: ",
    "correct fire --note 应为一百": "cannot be written: ",
    "remove fire": "cannot be written: ",
    "backup DISK/b.tar.gz": "cannot be written: ",
    "user list": "the database sqlite:///",
}


@pytest.fixture
def place(disk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("articles", "state"):
        (disk / name).mkdir()
        monkeypatch.setenv(f"YUANWEN_{name.upper()}", str(disk / name))
    (disk / "articles" / "fire.md").write_text(to_markdown(FIRE), encoding="utf-8")
    monkeypatch.setattr("index.models.embedder.load_embedder", lambda *arguments, **options: FakeEmbedder())
    return disk


def sentence(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> str:
    """What a command says as it fails."""
    monkeypatch.setattr("sys.argv", ["app.py", *words])
    with pytest.raises(SystemExit) as left:
        app.main()
    return str(left.value.code)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("way", ["full", "read-only"])
def test_each_command_says_it(place: Path, command: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "full":
        (place / "filler").write_bytes(bytes(shutil.disk_usage(place).free))
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    told = sentence(monkeypatch, [word.replace("DISK", str(place)) for word in command.split()])
    if told != "0":  # a list needs no room
        assert told.startswith("yuanwen: ")
        assert ("\n" in told, COMMANDS[command] in told or "YUANWEN_STATE" in told) == (False, True)
    else:
        assert (way, command) == ("full", "user list")
    assert (place / "articles" / "fire.md").read_text(encoding="utf-8") == to_markdown(FIRE)
    assert not list(place.rglob(".*.draft"))


def test_the_model_says_it(place: Path) -> None:
    with pytest.raises(BundledModelError, match=r"the model cannot be written to .*No space left"):
        bundled_model(place / "state")
    assert list((place / "state" / "models").iterdir()) == []


def test_the_desks_database_says_it(place: Path) -> None:
    database = open_database(database_url("", place / "state"))
    users = Users(database)
    (place / "filler").write_bytes(bytes(shutil.disk_usage(place).free))

    def add_until_full() -> None:
        for number in range(50):  # pages of the file that are free are used up first
            users.add(f"li-{number}", "administrator", "correct horse", "command line")

    with pytest.raises(DatabaseError, match=r"the database cannot be used now: .*full"):
        add_until_full()
    database.close()
