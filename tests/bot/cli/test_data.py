from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.data import commands
from bot.operations.database import Database, database_url, open_database
from bot.operations.questions import QuestionBook, QuestionRecord
from bot.operations.votes import VoteRecord, Votes


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    (tmp_path / "articles").mkdir()
    (tmp_path / "state").mkdir()
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path / "articles"))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    database = open_database(database_url("", tmp_path / "state"))
    asked = [
        QuestionRecord("2026-01-01", "李四 的工资", "李四 的工资?", "zh-Hans", "none"),
        QuestionRecord("2026-01-01", "停水", "停水?", "zh-Hans", "answered"),
        QuestionRecord("2026-02-01", "li si 100%", "Li Si 100%?", "en", "none"),
    ]
    QuestionBook(database).add(dict.fromkeys(asked, 1))
    for number, (question, comment, day) in enumerate(
        [("停水?", "李四说不对", date(2026, 1, 1)), ("停电?", "", date(2026, 2, 1))]
    ):
        vote = VoteRecord(f"{number:016}", "down", comment, question, "zh-Hans", "none", 0.1, (), day)
        Votes(database).keep(vote)
    return database


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["forget", *arguments])
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    ("arguments", "forgotten", "left"),
    [
        (["--words", "李四"], "1 kept questions, 1 votes", (2, ["停电?"])),
        (["--words", "ＬＩ   si 100%"], "1 kept questions, 0 votes", (2, ["停水?", "停电?"])),
        (["--words", "0%x"], "0 kept questions, 0 votes", (3, ["停水?", "停电?"])),
        (["--before", "2026-02-01"], "2 kept questions, 1 votes", (1, ["停电?"])),
        (["--before", "2026-02-01", "--words", "停水"], "1 kept questions, 1 votes", (2, ["停电?"])),
        (["--before", "2026-01-01"], "0 kept questions, 0 votes", (3, ["停水?", "停电?"])),
    ],
)
def test_what_is_old_or_holds_words_is_forgotten(
    database: Database, arguments: list[str], forgotten: str, left: tuple[int, list[str]]
) -> None:
    assert run(*arguments) == (0, f"forgotten: {forgotten}\n")
    assert (QuestionBook(database).count(), [v.question for v in Votes(database).all()]) == left


@pytest.mark.parametrize("arguments", [[], ["--words", "  "], ["--before", "yesterday"]])
def test_what_names_nothing_deletes_nothing(database: Database, arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2
    assert QuestionBook(database).count() == 3
