"""What each line of a page is, by its words and by the lines next to it."""

from __future__ import annotations

import re
from typing import Literal

from corpus.page.credits import is_byline
from corpus.page.headings import may_head
from corpus.page.labels import is_edge_furniture, is_furniture, label
from corpus.page.lines import Line
from corpus.page.marks import is_mark
from corpus.page.words import width

__all__ = ["Kind", "kinds_of"]

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
