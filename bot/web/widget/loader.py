"""/widget.js: the loader's parts in one function, with what they are given."""

from __future__ import annotations

import json
import re
from typing import Final

from bot.publisher import Publisher
from bot.questions import Language
from bot.web.widget.files import FOLDER
from bot.web.widget.words import LANGUAGES, LOADER, in_each_language

__all__ = ["PARTS", "PROTOCOL", "loader_script"]

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
