"""Quoted words standing out of their text, and the article in which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.web.prose import Block, cut

__all__ = ["Span", "marked"]

Span = tuple[int, int]


def marked(block: Block, quoted: Span, marks: Sequence[Span]) -> str:
    """A block's text, escaped, the quoted words and the marked sentences in it in tags of their own."""
    return "".join(_piece(text, at, quoted, marks) for at, text in cut(block, (quoted, *marks)))


def _piece(text: str, at: int, quoted: Span, marks: Sequence[Span]) -> str:
    if any(a <= at < b for a, b in marks):
        return f"<mark>{escape(text)}</mark>"
    if quoted[0] <= at < quoted[1]:
        return f'<span class="quoted">{escape(text)}</span>'
    return escape(text)
