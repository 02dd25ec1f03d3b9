"""Left column of a sheet: the document's text, with the article that each stretch went into, or why none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot import messages
from bot.desk.sheet import Sheet
from bot.messages import Message

__all__ = ["FATES", "SourceSegment", "source_segments"]

FATES: dict[str, Message] = {
    "body": messages.DESK_FATE_BODY,
    "subhead": messages.DESK_FATE_SUBHEAD,
    "title": messages.DESK_TITLE,
    "kicker": messages.DESK_KICKER,
    "subtitle": messages.DESK_SUBTITLE,
    "byline": messages.DESK_BYLINE,
    "section": messages.DESK_SECTION,
    "end mark": messages.DESK_FATE_END_MARK,
    "label decoration": messages.DESK_FATE_DECORATION,
    "subtitle dash": messages.DESK_FATE_DASH,
    "heading mark": messages.DESK_FATE_HEADING_MARK,
    "broken hyphen": messages.DESK_FATE_HYPHEN,
    "page furniture": messages.DESK_FATE_FURNITURE,
    "byte order mark": messages.DESK_FATE_BYTE_ORDER,
    "not taken": messages.DESK_FATE_NOT_TAKEN,
}
"""What became of a stretch that can be seen; white space and line ends are shown as they are."""

KEPT = ("body", "subhead", "title", "kicker", "subtitle", "byline", "section")


class SourceSegment(NamedTuple):
    """A stretch of the source; `number` is its article's, or 0; `words` None for white space."""

    text: str
    kind: str
    number: int
    words: Message | None


def source_segments(sheet: Sheet) -> Iterator[SourceSegment]:
    """The whole source in order; `kind` is "body", "field", "left" (greyed out) or ""."""
    numbers = {piece.key: number for number, piece in enumerate(sheet.pieces, 1)}
    out = {piece.key for piece in sheet.pieces if piece.is_out}
    for mark in sheet.marks:
        text, words = sheet.source[mark.start : mark.end], FATES.get(mark.fate)
        if words is None or not text.strip():
            yield SourceSegment(text, "", 0, None)
        elif mark.piece in out:
            yield SourceSegment(text, "left", numbers[mark.piece], messages.DESK_LEFT_OUT)
        elif mark.fate in KEPT:
            kind = "body" if mark.fate in ("body", "subhead") else "field"
            yield SourceSegment(text, kind, numbers.get(mark.piece, 0), words)
        else:
            yield SourceSegment(text, "left", 0, words)
