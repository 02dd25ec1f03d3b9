"""Text runs of a block: stretches that a page shows alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.body import Block, cut

__all__ = ["TextRun", "text_runs"]

Spans = Sequence[tuple[int, int]]


class TextRun(NamedTuple):
    """A stretch of a block that is shown alike; `is_first` where a mark begins with it."""

    text: str
    is_quoted: bool
    is_marked: bool
    is_clause: bool
    is_first: bool


def text_runs(block: Block, quoted: Spans, marks: Spans = (), clauses: Spans = ()) -> list[TextRun]:
    """The block's text cut where a span of the body begins or ends.

    Block(0, "甲。乙。", False), marks [(2, 4)] -> runs "甲。" and "乙。", the second one marked.
    """
    return [
        TextRun(
            text,
            is_quoted=_is_in(place, quoted),
            is_marked=_is_in(place, marks),
            is_clause=_is_in(place, clauses),
            is_first=any(place == start for start, _ in marks),
        )
        for place, text in cut(block, (*quoted, *marks, *clauses))
    ]


def _is_in(place: int, spans: Spans) -> bool:
    return any(start <= place < end for start, end in spans)
