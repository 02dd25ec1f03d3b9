"""Kinds of lines, by their words and by the lines next to them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from corpus.newspaper.credits import is_name
from corpus.newspaper.furniture import (
    is_edge_furniture,
    is_furniture,
    is_index,
    is_masthead,
    is_navigation,
    label,
)
from corpus.newspaper.layout import Layout
from corpus.newspaper.lines import Kind, Line, word_pairs
from corpus.newspaper.patterns import SHAPES
from corpus.newspaper.vocabulary import words

__all__ = ["with_kinds"]

TURN_PAGE = re.compile("[上下]一[版篇期頁页]|[版标][面题]导航|返回(?:目录|版面)")
MASTHEAD_WIDTH = 20
CUT_MARK = re.compile(r"\d{1,3}")  # ⑤ at the end of one column, 5 at the head of the next.
VERSE_WIDTH = 20
NARROWEST_VERSE = 4
VERSE_LINES = 3  # Columns leave no three narrow lines in a row without a full stop; verse and lists do.
LONGEST_HEADING = 4
CLAUSES = re.compile("[,，]")  # A title above a mere name has none; the beginning of a cut paragraph has.
NARROWEST_TITLE = 2  # above the name of who wrote it; 完 is a piece of a word
TEXT_WIDTH = 20  # A finished sentence of this width is text, not an item of a menu.


def with_kinds(lines: list[Line], printed: Layout) -> list[Line]:
    """The lines with their kinds; running text, headlines and captions are all "text"."""
    kinds = [_kind(line) for line in lines]
    _mark_menus(lines, kinds)
    _mark_index(lines, kinds)
    _mark_edges(lines, kinds, range(len(lines)))
    _mark_edges(lines, kinds, range(len(lines) - 1, -1, -1))
    if len(lines) > 1 and kinds[:2] == ["text", "furniture"] and _may_be_masthead(lines[0]):
        kinds[0] = "furniture"
    for index in range(len(lines)):
        if index and lines[index - 1].ends_article and CUT_MARK.fullmatch(lines[index].text):
            kinds[index] = "mark"
        if kinds[index] != "label" or (not index and lines[0].text[0].isdigit()):
            continue  # The page's number and name at its head: 04 图片新闻.
        if lines[index].text[0].isalnum() and _is_mid_text(lines, kinds, index):
            kinds[index] = "text"
    _mark_tables(lines, kinds)
    _mark_names(lines, kinds)
    _mark_signatures(lines, kinds, printed)
    if not printed.wrapped:
        _mark_verse(lines, kinds)
    return [
        line if kind == line.kind else replace(line, kind=kind)  # What was computed of a line is kept.
        for line, kind in zip(lines, kinds, strict=True)
    ]


def _kind(line: Line) -> Kind:
    if line.is_byline or line.ends_names:
        return "byline"
    if line.is_date:
        return "date"
    if line.tails:
        return "text"
    if line.is_mark:
        return "mark"
    if is_furniture(line.text):
        return "furniture"
    if line.is_contact:
        return "contact"
    return "label" if label(line.text) else "text"


def _is_mid_text(lines: list[Line], kinds: list[Kind], index: int) -> bool:
    """Whether what reads like a bare label is a fragment of a sentence: it goes on from the line above,
    or a line that is no heading goes on from it."""
    below = index + 1
    if below < len(lines) and lines[below].is_item and lines[index].text in words("labels"):
        return True  # The name of a column of items is their headline.
    opened = bool(index) and kinds[index - 1] == "text" and not lines[index - 1].closed
    return opened or (below < len(lines) and kinds[below] == "text" and not lines[below].may_head)


def _mark_menus(lines: list[Line], kinds: list[Kind]) -> None:
    """On a page copied from a paper's site: its menus, and what stands between them without a sentence."""
    if not any(TURN_PAGE.search(line.text) for line in lines):
        return
    menus = [index for index, line in enumerate(lines) if is_navigation(line.text)]
    if len(menus) < 2:
        return
    bounds = [-1, *menus, len(lines)]
    for start, end in pairwise(bounds):
        between = range(start + 1, end)
        is_text = any(lines[index].closed and lines[index].width >= TEXT_WIDTH for index in between)
        if not is_text:
            for index in between:
                kinds[index] = "furniture"
    for index in menus:
        kinds[index] = "furniture"


def _mark_index(lines: list[Line], kinds: list[Kind]) -> None:
    """The name of a list of other pages' articles goes with it: 导读."""
    for index, (line, below) in enumerate(pairwise(lines)):
        if is_index(below.text) and (line.text in words("labels") or kinds[index] == "label"):
            kinds[index] = "furniture"


def _mark_edges(lines: list[Line], kinds: list[Kind], order: range) -> None:
    """Page numbers, dates and mastheads are furniture at the head and foot of the page alone."""
    at_head = order.step > 0
    for index in order:
        is_loose = kinds[index] in ("text", "contact") or (at_head and kinds[index] == "date")
        if is_loose and not lines[index].tails and is_edge_furniture(lines[index].text):
            kinds[index] = "furniture"
        if kinds[index] not in ("furniture", "label"):
            return


def _may_be_masthead(line: Line) -> bool:
    # The paper's name stands right above its date.
    short = not (line.closed or line.tails) and line.width <= MASTHEAD_WIDTH
    return is_masthead(line.text) or (short and not line.two_halves)


def _mark_tables(lines: list[Line], kinds: list[Kind]) -> None:
    rows = [
        kind == "text" and line.numbers > 1 and not line.closed
        for line, kind in zip(lines, kinds, strict=True)
    ]
    for index, is_row in enumerate(rows):
        near = rows[max(0, index - 1) : index + 2]
        if is_row and sum(near) > 1:
            kinds[index] = "table"
    for index in range(len(lines) - 1):
        cells = len(lines[index].text.split())
        if kinds[index] == "text" and kinds[index + 1] == "table" and cells > 2 and not lines[index].closed:
            kinds[index] = "table"


def _mark_names(lines: list[Line], kinds: list[Kind]) -> None:
    """A person's name alone between a headline and its text is a byline; a piece of a cut word is none."""
    pairs: frozenset[str] | None = None  # made once, and only where a name stands
    for index in range(1, len(lines) - 1):
        above, line, below = lines[index - 1 : index + 2]
        heads = kinds[index - 1] == "text" and above.may_head and not (above.closed or above.is_place)
        heads = heads and not (above.is_unit or above.text in words("labels"))
        heads = heads and above.width >= NARROWEST_TITLE and not CLAUSES.search(above.text)
        text = (below.closed and below.width > TEXT_WIDTH) or _is_couplet(lines[index + 1 : index + 3])
        heads = heads and not (line.is_place or line.tails)
        name = line.text.lstrip(f"{SHAPES} \u3000")
        if kinds[index] == "text" and heads and text and is_name(name):
            cuts = {above.text[-1] + line.text[0], line.text[-1] + below.text[0]}
            pairs = word_pairs(lines) if pairs is None else pairs
            kinds[index] = "text" if cuts & pairs else "byline"


def _is_couplet(lines: list[Line]) -> bool:
    """Whether these are the first two lines of a poem: narrow, nearly as wide as one another."""
    widths = sorted(line.width for line in lines)
    told = any(line.is_byline or line.opens_dateline or line.is_item or line.numbers for line in lines)
    return len(lines) == 2 and not told and widths[0] >= NARROWEST_VERSE and widths[1] <= VERSE_WIDTH


def _mark_signatures(lines: list[Line], kinds: list[Kind], printed: Layout) -> None:
    """Below a finished text: a reader's or clerk's name, and a unit's name above the date of a notice."""
    for index in range(1, len(lines)):
        line, above = lines[index], lines[index - 1]
        ended = above.closed or kinds[index - 1] in ("signature", "contact", "table", "date")
        if kinds[index] != "text" or not line.may_sign or not ended:
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        dated = below is not None and kinds[index + 1] == "date"
        text_below = below is not None and (
            below.closed or below.is_byline or below.opens_dateline or printed.is_full(below)
        )
        last = index + 1 == len(lines) or kinds[index + 1] in ("furniture", "mark", "label")
        if dated or last or (not line.is_unit and not text_below) or line.text.endswith(("编辑部", "編輯部")):
            kinds[index] = "signature"


def _mark_verse(lines: list[Line], kinds: list[Kind]) -> None:
    """Runs of narrow lines that end no sentence, below the poet's name; or of many such lines."""
    run: list[int] = []
    for index in range(len(lines) + 1):
        line = lines[index] if index < len(lines) else None
        narrow = line is not None and kinds[index] == "text" and line.width <= VERSE_WIDTH
        narrow = narrow and not (line and (line.opens_dateline or line.is_item))
        if narrow:
            run.append(index)
        if line is None or not narrow or line.closed:
            _mark_run(lines, kinds, run, line)
            run = []


def _mark_run(lines: list[Line], kinds: list[Kind], run: list[int], after: Line | None) -> None:
    if sum(not lines[index].closed for index in run) < VERSE_LINES:
        return
    below_name = run[0] > 0 and kinds[run[0] - 1] in ("byline", "verse")
    heads = after is not None and after.opens_dateline and len(run) <= LONGEST_HEADING
    if (below_name and not heads) or len(run) > LONGEST_HEADING + 1:
        for index in run:
            kinds[index] = "verse"
