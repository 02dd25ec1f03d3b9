"""The lines of one heading -> kicker, title and subtitle."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from corpus.newspaper.lines import Line
from corpus.newspaper.patterns import mostly_latin, subtitle_dash, two_halves, width

__all__ = ["HeadingPart", "heading_parts"]

HeadingPart = Literal["kicker", "title", "subtitle"]

SHORTEST_HALF = 5  # Two shorter lines of one length are a place above a headline sooner than its halves.
SHORTEST_TITLE = 6
NEARLY = 3  # characters: below a headline without figures, a line with some is its subtitle
TOLD = re.compile("(?:强调|指出|要求|表示|提出|透露|呼吁|提醒)$")


def heading_parts(heading: list[Line]) -> list[tuple[Line, HeadingPart]]:
    """Tell the parts of a heading; one of its lines at least is the title, unless it has none.

    A dash begins the subtitle. Two lines of one length are the halves of one title; of two others a
    place, a unit or a column's label is the kicker, else the longer one is the title, unless just one has
    two halves. Of three or more the first is the kicker, the last the subtitle, where no dash shows it.
    """
    texts = [line.text for line in heading]
    dashed = next((at for at, text in enumerate(texts) if at and subtitle_dash(text)), len(texts))
    parts = _above_dash(heading[:dashed], dashed < len(texts))
    parts += _repeat("subtitle", len(texts) - dashed)
    return list(zip(heading, parts, strict=True))


def _above_dash(lines: list[Line], dashed: bool) -> list[HeadingPart]:
    texts = [line.text for line in lines]
    if len(texts) < 2:
        return _repeat("title", len(texts))
    if len(texts) == 2:
        return _of_two(lines[0], lines[1], dashed)
    if _is_above(lines[0]):
        return ["kicker", *_above_dash(lines[1:], dashed)]
    for at, (one, other) in enumerate(pairwise(texts)):
        if _are_halves(one, other):
            above, below = _repeat("kicker", at), _repeat("subtitle", len(texts) - at - 2)
            return [*above, "title", "title", *below]
    titles = len(texts) - (1 if dashed else 2)
    return [*_repeat("kicker", 1), *_repeat("title", titles), *_repeat("subtitle", 0 if dashed else 1)]


def _is_above(line: Line) -> bool:
    """Whether the line is what stands above headlines alone: a place, a unit, a column's label."""
    return line.is_place or line.is_unit or line.column_label is not None


def _of_two(one: Line, other: Line, dashed: bool) -> list[HeadingPart]:
    first, second = one.text, other.text
    if _is_above(one) and not (_are_halves(first, second) and len(first) > SHORTEST_TITLE):
        return ["kicker", "title"]
    if _are_halves(first, second):
        return ["title", "title"]
    if mostly_latin(first + second):
        kicker = first.isupper() and not second.isupper()
    elif (other.is_notice and not one.is_notice) or TOLD.search(first):
        kicker = True
    elif two_halves(first) != two_halves(second):
        kicker = two_halves(second)
    elif bool(re.search("[，,]", first)) != bool(re.search("[，,]", second)):
        kicker = "，" in first or "," in first
    else:
        detail = bool(re.search(r"\d", second)) and not re.search(r"\d", first)
        nearly = detail and width(first) > width(second) - NEARLY and not dashed
        kicker = not nearly and (
            dashed or width(first) < SHORTEST_TITLE + 0.5 or width(first) < width(second)
        )
    return ["kicker", "title"] if kicker else ["title", "subtitle"]


def _are_halves(one: str, other: str) -> bool:
    if two_halves(one) or two_halves(other) or mostly_latin(one):
        return False
    return width(one) == width(other) >= SHORTEST_HALF


def _repeat(part: HeadingPart, times: int) -> list[HeadingPart]:
    return [part] * times
