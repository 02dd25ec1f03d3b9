"""/widget.js: the loader's parts in one function, with what they are given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final, get_args

from bot import messages
from bot.language import Language
from bot.messages import Message
from bot.publisher import Publisher
from bot.web.language import browser_language

__all__ = [
    "FOLDER",
    "LANGUAGES",
    "LOADER",
    "PANEL",
    "PARTS",
    "PROTOCOL",
    "Files",
    "in_each_language",
    "loader_script",
]

FOLDER: Final = Path(__file__).parent / "static"

TYPES = {".js": "text/javascript", ".css": "text/css"}


class Files:
    """The files of a folder by name. `version` changes when one of them does."""

    def __init__(self, folder: Path) -> None:
        self._content = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        self.version = sha256(repr(self._content).encode()).hexdigest()[:12]

    def names(self, ending: str) -> list[str]:
        """The names with that ending, in order: ".js"."""
        return [name for name in self._content if name.endswith(ending)]

    def read(self, name: str) -> tuple[bytes, str] | None:
        """The content and its media type; None where there is no such file."""
        content = self._content.get(name)
        return None if content is None else (content, TYPES[Path(name).suffix])


LOADER: Final = MappingProxyType[str, Message](
    {
        "title": messages.TITLE,
        "ask": messages.ASK_HERE,
        "close": messages.CLOSE,
        "away": messages.AWAY,
        "again": messages.AGAIN,
    }
)
"""What /widget.js says, by the name that its scripts use."""

PANEL: Final = MappingProxyType[str, Message](
    {
        "answered": messages.ANSWERED,
        "unsure": messages.UNSURE,
        "none": messages.NONE,
        "from_one": messages.FROM_ONE,
        "from_several": messages.FROM_SEVERAL,
        "very_sure": messages.VERY_SURE,
        "sure": messages.SURE,
        "not_sure": messages.NOT_SURE,
        "nearest": messages.NEAREST,
        "contact": messages.CONTACT,
        "ask_also": messages.ASK_ALSO,
        "ask_like": messages.ASK_LIKE,
        "read_article": messages.READ_ARTICLE,
        "original_page": messages.ORIGINAL_PAGE,
        "new_tab": messages.NEW_TAB,
        "correction": messages.CORRECTION,
        "superseded": messages.SUPERSEDED,
        "superseded_title": messages.SUPERSEDED_TITLE,
        "also_in": messages.ALSO_IN,
        "date": messages.DATE,
        "a_year_ago": messages.A_YEAR_AGO,
        "years_ago": messages.YEARS_AGO,
        "copy": messages.COPY,
        "copied": messages.COPIED,
        "not_copied": messages.NOT_COPIED,
        "share": messages.SHARE,
        "link_copied": messages.LINK_COPIED,
        "did_it_help": messages.DID_IT_HELP,
        "good": messages.GOOD,
        "bad": messages.BAD,
        "what_wrong": messages.WHAT_WRONG,
        "send_comment": messages.SEND_COMMENT,
        "thanks": messages.THANKS,
        "you_asked": messages.YOU_ASKED,
        "searching": messages.SEARCHING,
        "empty": messages.EMPTY,
        "lost": messages.LOST,
        "failed": messages.FAILED,
        "again": messages.AGAIN,
    }
)
"""What the panel says, by the name that its scripts use."""

NAMES = ("zh", "zh-CN", "zh-SG", "zh-TW", "zh-HK", "zh-MO", "en-GB", "en-US", *get_args(Language))
LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {name.lower(): browser_language(name) for name in NAMES}
)
"""Our languages by the names that a site may use for them, in lower case."""


def in_each_language(words: Mapping[str, Message]) -> dict[Language, dict[str, str]]:
    """The texts with their `{placeholders}`: {"en": {"retry": "Try again", ...}, ...}."""
    return {
        "zh-Hans": {name: message.hans for name, message in words.items()},
        "zh-Hant": {name: message.hant for name, message in words.items()},
        "en": {name: message.en for name, message in words.items()},
    }


PROTOCOL: Final = 1
"""The version of the messages between loader and panel."""

PARTS: Final = ("options.js", "listeners.js", "button.js", "frame.js", "dialog.js", "widget.js")
"""The loader's files, in order."""

# Whole lines alone, and indents: what follows code on its line, or stands in a text, is left as it is.
COMMENT = re.compile(r"^\s*(?:/\*\*(?s:.*?)\*/|//.*)\n|^\s+", re.MULTILINE)
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def loader_script(publisher: Publisher, language: Language) -> str:
    """The script for a visitor of that language. Every page waits for it: comments stay at home."""
    folder = FOLDER / "loader"
    parts = "".join((folder / name).read_text(encoding="utf-8") for name in PARTS)
    style = (folder / "style.css").read_text(encoding="utf-8")
    words = in_each_language(LOADER)
    if publisher.name:
        for texts in words.values():
            texts["title"] = publisher.name
    given = {
        "protocol": PROTOCOL,
        "style": " ".join(STYLE_COMMENT.sub("", style).split()),
        "language": language,
        "languages": dict(LANGUAGES),
        "accent": publisher.accent.light,
        "words": words,
    }
    text = json.dumps(given, ensure_ascii=False)
    return f'(function (given) {{\n"use strict";\n{COMMENT.sub("", parts)}}})({text});\n'
