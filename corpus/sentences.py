"""Sentence boundaries."""

from __future__ import annotations

import re
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from corpus.script import HAN_CHARACTER

__all__ = ["Span", "sentences"]

LINE = re.compile(r"[^\n]+")
SPACE_BEFORE_PERIOD = re.compile(r"\s(?=\.)")


class Span(NamedTuple):
    """Characters start..end-1 of a text."""

    start: int
    end: int


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of text[start:end], as offsets into `text`, without the spaces around them.

    Chinese and English; a line end always ends a sentence.
    "天冷。加衣! Go." -> [Span(0, 3), Span(3, 6), Span(7, 10)]
    """
    found = []
    for line in LINE.finditer(text, start, len(text) if end is None else end):
        language = "zh" if HAN_CHARACTER.search(line.group()) else "en"
        # sentencex 1.0.32 panics on a capital, a wide space and a period, like "A\u3000.".
        for boundary in get_sentence_boundaries(language, SPACE_BEFORE_PERIOD.sub(" ", line.group())):
            span = _trimmed(
                text, line.start() + boundary["start_index"], line.start() + boundary["end_index"]
            )
            if span.start < span.end:
                found.append(span)
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
