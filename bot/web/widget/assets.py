"""/widget.js: the loader's parts in one function, with what they are given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final, get_args

from rcssmin import cssmin
from rjsmin import jsmin

from bot import messages
from bot.language import Language
from bot.messages import Message, catalogue
from bot.publisher import Publisher
from bot.web.language import browser_language

__all__ = [
    "FOLDER",
    "LANGUAGES",
    "LOADER",
    "PANEL",
    "PARTS",
    "PROTOCOL",
    "SHARED",
    "Files",
    "in_each_language",
    "loader_script",
    "refusal_script",
]

FOLDER: Final = Path(__file__).parent / "static"
SHARED: Final = Path(__file__).parents[1] / "static" / "shared"
"""What the chat page's scripts load too."""

TYPES = {".js": "text/javascript", ".css": "text/css"}


class Files:
    """The files of a folder by name, and those of a `shared` one as "shared/name".

    `version` changes when one of them does.
    """

    def __init__(self, folder: Path, shared: Path | None = None) -> None:
        self._content = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        if shared:
            found = sorted(shared.iterdir())
            self._content |= {f"{shared.name}/{path.name}": path.read_bytes() for path in found}
        self.version = sha256(repr(self._content).encode()).hexdigest()[:12]

    def names(self, ending: str) -> list[str]:
        """The names with that ending, in order: ".js"."""
        return [name for name in self._content if name.endswith(ending)]

    def read(self, name: str) -> tuple[bytes, str] | None:
        """The content and its media type; None where there is no such file."""
        content = self._content.get(name)
        return None if content is None else (content, TYPES[Path(name).suffix])


LOADER: Final = (
    messages.TITLE,
    messages.ASK_HERE,
    messages.CLOSE,
    messages.AWAY,
    messages.AGAIN,
)
"""What /widget.js says."""

PANEL: Final = (
    messages.ANSWERED,
    messages.UNSURE,
    messages.NONE,
    messages.FROM_ONE,
    messages.FROM_SEVERAL,
    messages.VERY_SURE,
    messages.SURE,
    messages.NOT_SURE,
    messages.NEAREST,
    messages.CONTACT,
    messages.ASK_ALSO,
    messages.ASK_LIKE,
    messages.READ_ARTICLE,
    messages.ORIGINAL_PAGE,
    messages.NEW_TAB,
    messages.CORRECTION,
    messages.SCANNED,
    messages.PRINTED_PAGE,
    messages.WAS_VALID,
    messages.SUPERSEDED,
    messages.SUPERSEDED_TITLE,
    messages.ALSO_IN,
    messages.DATE,
    messages.A_YEAR_AGO,
    messages.YEARS_AGO,
    messages.PUBLISHERS_NOTICE,
    messages.CONTEXT,
    messages.FURTHER_ONE,
    messages.FURTHER,
    messages.QUOTED_IN_CHINESE,
    messages.READ_ALOUD,
    messages.STOP_READING,
    messages.COPY,
    messages.COPY_QUOTE,
    messages.SHARE_QUOTE,
    messages.COPIED,
    messages.NOT_COPIED,
    messages.SHARE,
    messages.LINK_COPIED,
    messages.DID_IT_HELP,
    messages.GOOD,
    messages.BAD,
    messages.WHAT_WRONG,
    messages.SEND_COMMENT,
    messages.THANKS,
    messages.YOU_ASKED,
    messages.SEARCHING,
    messages.EMPTY,
    messages.LOST,
    messages.FAILED,
    messages.AGAIN,
    messages.MONTHS,
)
"""What the panel says."""

NAMES = ("zh", "zh-CN", "zh-SG", "zh-TW", "zh-HK", "zh-MO", "en-GB", "en-US", *get_args(Language))
LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {name.lower(): browser_language(name) for name in NAMES}
)
"""Our languages by the names that a site may use for them, in lower case."""


def in_each_language(words: Iterable[Message]) -> dict[Language, dict[str, str]]:
    """The texts with their `{placeholders}`, by name: {"en": {"again": "Try again", ...}, ...}."""
    return {
        language: {message.name: catalogue(language)[message.name] for message in words}
        for language in get_args(Language)
    }


PROTOCOL: Final = 1
"""The version of the messages between loader and panel."""

PARTS: Final = ("options.js", "listeners.js", "button.js", "frame.js", "dialog.js", "widget.js")
"""The loader's files, in order."""


def loader_script(publisher: Publisher, language: Language) -> str:
    """The script for a visitor of that language. Every page waits for it, so it is minified."""
    folder = FOLDER / "loader"
    parts = "".join((folder / name).read_text(encoding="utf-8") for name in PARTS)
    style = (folder / "style.css").read_text(encoding="utf-8")
    words = in_each_language(LOADER)
    if publisher.name:
        for texts in words.values():
            texts["title"] = publisher.name
    given = {
        "protocol": PROTOCOL,
        "style": cssmin(style),
        "language": language,
        "languages": dict(LANGUAGES),
        "accent": publisher.accent.light,
        "words": words,
    }
    text = json.dumps(given, ensure_ascii=False)
    return f'(function (given) {{\n"use strict";\n{jsmin(parts)}}})({text});\n'


def refusal_script(site: str, rules: Sequence[str], language: Language) -> str:
    """What a site gets that may not show the widget: no button, and a line for its webmaster."""
    setting = f'YUANWEN_WIDGET_ORIGINS="{" ".join((*rules, site))}"'
    words = messages.WIDGET_REFUSED.to(language, site=site, setting=setting)
    return f"console.error({json.dumps(f'yuanwen: {words}', ensure_ascii=False)});\n"
