"""The lines of one heading -> which are kicker, title and subtitle."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from corpus.page.headings import subtitle_dash, two_halves
from corpus.page.lines import Line
from corpus.page.words import mostly_latin, width

__all__ = ["HeadingPart", "heading_parts"]

HeadingPart = Literal["kicker", "title", "subtitle"]

SHORTEST_HALF = 5  # Two shorter lines of one length are a place above a headline sooner than its halves.


def heading_parts(heading: list[Line]) -> list[tuple[Line, HeadingPart]]:
    """Tell the parts of a heading; one of its lines at least is the title, unless it has none.

    A dash begins the subtitle. Two lines of one length are the halves of one title; else the first of
    two lines is the kicker, unless it has two halves and the second has not (in Latin script: unless it
    is in capitals): then the second is the subtitle. Of three or more the first is the kicker, the last
    the subtitle, where no dash has shown it.
    """
    texts = [line.text for line in heading]
    dashed = next((at for at, text in enumerate(texts) if at and subtitle_dash(text)), len(texts))
    parts = _above_dash(texts[:dashed], dashed < len(texts))
    parts += _repeat("subtitle", len(texts) - dashed)
    return list(zip(heading, parts, strict=True))


def _above_dash(texts: list[str], dashed: bool) -> list[HeadingPart]:
    if len(texts) < 2:
        return _repeat("title", len(texts))
    if len(texts) == 2:
        return _of_two(texts[0], texts[1], dashed)
    for at, (one, other) in enumerate(pairwise(texts)):
        if _are_halves(one, other):
            above, below = _repeat("kicker", at), _repeat("subtitle", len(texts) - at - 2)
            return [*above, "title", "title", *below]
    titles = len(texts) - (1 if dashed else 2)
    return [*_repeat("kicker", 1), *_repeat("title", titles), *_repeat("subtitle", 0 if dashed else 1)]


def _of_two(first: str, second: str, dashed: bool) -> list[HeadingPart]:
    if _are_halves(first, second):
        return ["title", "title"]
    if mostly_latin(first + second):
        kicker = first.isupper() and not second.isupper()
    else:
        kicker = dashed or two_halves(second) or not two_halves(first)
    return ["kicker", "title"] if kicker else ["title", "subtitle"]


def _are_halves(one: str, other: str) -> bool:
    if two_halves(one) or two_halves(other) or mostly_latin(one):
        return False
    return width(one) == width(other) >= SHORTEST_HALF


def _repeat(part: HeadingPart, times: int) -> list[HeadingPart]:
    return [part] * times
