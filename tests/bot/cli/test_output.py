"""What the command line prints: nothing in it commands the terminal."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from bot.cli import output
from bot.cli.output import answer_values, say, say_json, say_text
from tests.bot.web.stub import StubBot

FORGED = "a\x1b[2J\r\nadded 5\u202e\x9b"
PRINTS = {"echo", "print", "secho"}


def test_as_json_it_is_as_the_api_gives_it() -> None:
    [quote] = answer_values(StubBot().ask("恶意"))["quotes"]
    assert quote["superseded_by"]["link"] == "/articles/later"


def test_a_line_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    say(FORGED)
    assert capsys.readouterr().out == r"a\x1b[2J\r\nadded 5\u202e\x9b" + "\n"


def test_a_text_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say_text(FORGED)
    assert capsys.readouterr().out == r"a\x1b[2J\r" + "\n" + r"added 5\u202e\x9b" + "\n"


def test_json_reads_as_the_same_value(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"名": FORGED + "\U000e0001"})
    printed = capsys.readouterr().out
    assert printed.startswith(r'{"名": "a\u001b[2J\r\nadded 5\u202e\u009b')
    assert json.loads(printed) == {"名": FORGED + "\U000e0001"}


def test_no_command_prints_past_it() -> None:
    """But `show`, whose text another program gets to the letter."""
    folder = Path(output.__file__).parent
    past = {
        (path.name, ast.unparse(call.args[0]))
        for path in folder.glob("*.py")
        if path.name != "output.py"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in PRINTS
    }
    assert past == {("articles.py", "text")}
