"""Names and texts of strangers for a terminal: what is invisible, or commands it, is shown as its code."""

from __future__ import annotations

import json
import unicodedata

__all__ = ["visible", "visible_json", "visible_text"]

HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode's categories of controls, invisible formats, halves of pairs, ends of lines and paragraphs."""


def visible(text: str) -> str:
    r"""The text in one line: "a\x1b[2J\nb" -> "a\\x1b[2J\\nb"; words in any script stay as they are."""
    return "".join(
        char.encode("unicode_escape").decode("ascii") if _is_hidden(char) else char for char in text
    )


def visible_text(text: str) -> str:
    r"""The text with its lines, each of them visible: "a\x1b[2J\nb" -> "a\\x1b[2J\nb"."""
    return "\n".join(map(visible, text.split("\n")))


def visible_json(value: object, indent: int | None = None) -> str:
    """The value as JSON in any script; what is hidden is escaped, and so reads as the same value."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return "".join(json.dumps(char)[1:-1] if _is_hidden(char) and char != "\n" else char for char in text)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in HIDDEN
