"""Vocabularies that tell a page's lines apart, in files that an editor can extend."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["any_of", "words"]


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of language/NAME.txt, one a line; lines that begin with "#" are remarks."""
    text = (files("corpus.newspaper") / "language" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def any_of(*names: str) -> str:
    """A pattern that matches any of the words, the longest first."""
    listed = sorted({word for name in names for word in words(name)}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, listed)) + ")"
