"""What each line of a page is, by its words and by the lines next to it."""

from __future__ import annotations

import re
from typing import Literal

from corpus.newspaper.lines import Line
from corpus.newspaper.patterns import (
    is_byline,
    is_credit,
    is_edge_furniture,
    is_furniture,
    is_mark,
    label,
    may_head,
    opens_dateline,
    opens_report,
    subtitle_dash,
    two_halves,
    width,
)

__all__ = ["MOST_HEADING_LINES", "Kind", "headings_above_credits", "kinds_of", "may_be_heading", "opens_text"]

Kind = Literal["furniture", "label", "mark", "byline", "text"]

MASTHEAD_WIDTH = 20
CUT_MARK = re.compile(r"\d{1,3}")  # ⑤ at the end of one column, 5 at the head of the next.


def kinds_of(lines: list[Line]) -> list[Kind]:
    """One kind for each line; running text, headlines and captions are all "text"."""
    kinds = [_kind(line) for line in lines]
    _mark_edges(lines, kinds, range(len(lines)))
    _mark_edges(lines, kinds, range(len(lines) - 1, -1, -1))
    if len(lines) > 1 and kinds[:2] == ["text", "furniture"] and _may_be_masthead(lines[0]):
        kinds[0] = "furniture"
    for index in range(len(lines)):
        if index and lines[index - 1].ends_article and CUT_MARK.fullmatch(lines[index].text):
            kinds[index] = "mark"
        if kinds[index] == "label" and lines[index].text[0].isalnum() and _is_mid_text(lines, kinds, index):
            kinds[index] = "text"
    return kinds


def _is_mid_text(lines: list[Line], kinds: list[Kind], index: int) -> bool:
    """Whether what reads like a bare label is a fragment of a sentence: it goes on from the line above,
    or a line that is no heading goes on from it."""
    below = index + 1
    opened = bool(index) and kinds[index - 1] == "text" and not lines[index - 1].closed
    return opened or (below < len(lines) and kinds[below] == "text" and not may_head(lines[below].text))


def _kind(line: Line) -> Kind:
    if is_byline(line.text):
        return "byline"
    if line.tails:
        return "text"
    if is_mark(line.text):
        return "mark"
    if is_furniture(line.text):
        return "furniture"
    return "label" if label(line.text) else "text"


def _mark_edges(lines: list[Line], kinds: list[Kind], order: range) -> None:
    """Page numbers, dates and mastheads are furniture at the head and foot of the page alone."""
    for index in order:
        if kinds[index] == "text" and not lines[index].tails and is_edge_furniture(lines[index].text):
            kinds[index] = "furniture"
        if kinds[index] not in ("furniture", "label"):
            return


def _may_be_masthead(line: Line) -> bool:
    # The paper's name stands right above its date.
    return not (line.closed or line.tails) and width(line.text) <= MASTHEAD_WIDTH


MOST_HEADING_LINES = 6  # Kicker, a title of two lines, a subtitle of two lines, and one to spare.


def headings_above_credits(lines: list[Line], kinds: list[Kind]) -> dict[int, int]:
    """First line of a heading -> the line below its last, for all that stand above a byline or dateline.

    Where most articles have no end mark, a headline of two halves above one paragraph and a picture's
    credit is one too: inside a long article it may be a subhead. A paragraph that begins with 本报讯
    without a heading above is an article without one (first line and line below are the same).
    """
    found = {}
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if opens_text(line, kind):
            first = _heading_above(lines, kinds, index)
            if first < index or _is_brief(lines, kinds, index):
                found[first] = index
    ends = sum(line.ends_article for line in lines) + kinds.count("mark")
    if 2 * ends <= len(found):
        found |= _headings_of_pictures(lines, kinds, found)
    return found


def opens_text(line: Line, kind: Kind) -> bool:
    """Whether the line is a byline, or text that begins with a dateline."""
    return kind == "byline" or (kind == "text" and opens_dateline(line.text))


def may_be_heading(line: Line) -> bool:
    return not line.tails and may_head(line.text[subtitle_dash(line.text) :])


def _heading_above(lines: list[Line], kinds: list[Kind], below: int) -> int:
    first = below
    while first and below - first < MOST_HEADING_LINES:
        line = lines[first - 1]
        # A headline may end with ? or !, but so may the last sentence of the article above.
        ended = line.closed and first < below and not subtitle_dash(lines[first].text)
        if kinds[first - 1] != "text" or ended or not may_be_heading(line):
            break
        first -= 1
    return first


def _is_brief(lines: list[Line], kinds: list[Kind], index: int) -> bool:
    if not index or kinds[index] != "text" or not opens_report(lines[index].text):
        return False
    return lines[index - 1].closed or kinds[index - 1] != "text"


def _headings_of_pictures(lines: list[Line], kinds: list[Kind], found: dict[int, int]) -> dict[int, int]:
    pictures = {}
    for index, line in enumerate(lines):
        below = index + 1
        alone = below == len(lines) or below in found or kinds[below] != "text"
        if alone and kinds[index] == "byline" and is_credit(line.text):
            text = _paragraph_above(lines, kinds, index)
            if text and _heads_picture(lines[text - 1], kinds[text - 1]):
                pictures[text - 1] = text
    return pictures


def _paragraph_above(lines: list[Line], kinds: list[Kind], index: int) -> int:
    """First line of the one paragraph that ends right above; 0 if none does."""
    first = index - 1
    if first < 1 or kinds[first] != "text" or not lines[first].closed:
        return 0
    while first and not lines[first - 1].closed and not _heads_picture(lines[first - 1], kinds[first - 1]):
        first -= 1
    return first


def _heads_picture(line: Line, kind: Kind) -> bool:
    return kind == "text" and two_halves(line.text) and may_be_heading(line)
