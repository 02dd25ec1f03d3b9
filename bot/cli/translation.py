"""Help and errors of the command line in the terminal's language.

The English words stand in the code; `help.zh-Hans.toml` and `errors.zh-Hans.toml` beside this file hold the
Chinese ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.language import Language

__all__ = ["CATALOGUE", "ERRORS", "terminal_language", "translate_error", "translate_help"]

CATALOGUE = Path(__file__).with_name("help.zh-Hans.toml")

PANELS = {"ARGUMENTS_PANEL_TITLE": "参数", "OPTIONS_PANEL_TITLE": "选项", "COMMANDS_PANEL_TITLE": "命令"}


def terminal_language(environment: Mapping[str, str]) -> Language:
    """The language of LC_ALL, LC_MESSAGES or LANG, the first that is set: "zh_TW.UTF-8" -> "zh-Hant"."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), "").lower().replace("-", "_")
    if not name.startswith("zh"):
        return "en"
    return "zh-Hant" if any(part in name for part in ("_tw", "_hk", "_mo", "hant")) else "zh-Hans"


def translate_help(command: Any, language: Language) -> None:
    """Put the help of a Typer command, its parameters and its subcommands into Chinese; English stays."""
    if language == "en":
        return
    words = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    convert = _converter(language)
    _translate(command, lambda text: convert(words.get(text, text)))

    from typer import rich_utils

    for name, title in PANELS.items():
        setattr(rich_utils, name, convert(title))


def _translate(command: Any, say: Callable[[str], str]) -> None:
    command.help = say(command.help or "")
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)
    for below in getattr(command, "commands", {}).values():
        _translate(below, say)


def _converter(language: Language) -> Callable[[str], str]:
    if language == "zh-Hans":
        return str
    from index.terms import to_traditional

    return to_traditional


ERRORS = Path(__file__).with_name("errors.zh-Hans.toml")


def translate_error(sentence: str, language: Language) -> str:
    """What went wrong, in Chinese; a sentence that the catalogue does not know stays English."""
    if language == "en":
        return sentence
    return _converter(language)(_error_in_chinese(sentence))


def _error_in_chinese(sentence: str) -> str:
    for pattern, chinese in _error_patterns():
        if found := pattern.fullmatch(sentence):
            return chinese.format(*map(_error_in_chinese, found.groups()))
    return sentence


@cache
def _error_patterns() -> list[tuple[re.Pattern[str], str]]:
    """Each English sentence, "{}" for what is filled in, and its Chinese; the most exact ones first."""
    sentences = tomllib.loads(ERRORS.read_text(encoding="utf-8"))
    return [
        (re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL), sentences[english])
        for english in sorted(sentences, key=lambda english: -len(english.replace("{}", "")))
    ]
