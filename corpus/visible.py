"""Names and texts of strangers for a terminal: what is invisible, or commands it, is shown as its code."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode's categories of controls, invisible formats, halves of pairs, ends of lines and paragraphs."""


def visible(text: str) -> str:
    r"""The text in one line: "a\x1b[2J\nb" -> "a\\x1b[2J\\nb"; words in any script stay as they are."""
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in HIDDEN else char
        for char in text
    )
