"""The help in the terminal's language; whatever has no translation stays English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from typer import rich_utils
from typer.main import get_command

import app
from bot.cli.translation import CATALOGUE, PANELS, terminal_language, translate_help
from bot.language import Language


def texts(command: Any) -> Iterator[str]:
    """Every help text of a command, its parameters and the commands below it."""
    yield command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            yield parameter.help
    for below in getattr(command, "commands", {}).values():
        yield from texts(below)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LC_MESSAGES": "zh_Hant_HK"}, "zh-Hant"),
    ],
)
def test_the_language_of_a_terminal(environment: dict[str, str], language: Language) -> None:
    assert terminal_language(environment) == language


def test_every_text_has_its_chinese_and_no_other_is_kept() -> None:
    assert set(tomllib.loads(CATALOGUE.read_text("utf-8"))) == set(texts(get_command(app.commands)))


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "回答一个问题。"), ("zh-Hant", "回答一個問題。"), ("en", "Answer one question.")],
)
def test_the_help_is_said(language: Language, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PANELS:
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))
    command = get_command(app.commands)
    translate_help(command, language)
    assert command.commands["ask"].help == words  # type: ignore[attr-defined]
