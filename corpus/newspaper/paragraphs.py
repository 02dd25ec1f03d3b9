"""The body lines of one article -> its paragraphs and subheads, mended where columns broke them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from corpus.newspaper.account import Break
from corpus.newspaper.layout import Layout
from corpus.newspaper.lines import Line, joint
from corpus.newspaper.patterns import (
    cannot_begin,
    has_no_punctuation,
    heading_mark,
    is_caption,
    mostly_latin,
    numbering,
    starts_paragraph,
    tag,
    two_halves,
)

__all__ = ["GLUE", "PageSlice", "Paragraph", "doubtful_subheads", "paragraphs"]

SUBHEAD_WIDTH = 30
WEAK_WIDTHS = (4, 16)
# Subheads of one article differ in length by no more, and those with a comma not at all; a line that a
# column has cut seldom has its like.
ALIKE = 2
COMMA = "[，,]"
VERSE_WIDTH = 20
VERSE_LINES = 3  # Columns leave no three narrow lines in a row without a full stop; verse and lists do.
CLOSED_FULL = (
    0.9  # A printed line of this share of the usual width ends where the column does, not the paragraph.
)
LATIN_SUBHEAD_WORDS = 8
ALONE = ("table", "date", "signature", "verse")

GLUE: dict[Break, str] = {"column break": "", "word break": " ", "paragraph break": "\n\n", "line break": " "}


@dataclass(frozen=True)
class PageSlice:
    """page[start:end], joined by `joint` to the piece before; a broken hyphen reaches to `hyphen_end`."""

    start: int
    end: int
    joint: Break
    hyphen_end: int


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[PageSlice, ...]
    subhead: bool = False

    def text(self, page: str) -> str:
        first, *others = self.pieces
        joined = (GLUE[piece.joint] + page[piece.start : piece.end] for piece in others)
        return page[first.start : first.end] + "".join(joined)


def paragraphs(page: str, lines: list[Line], printed: Layout) -> list[Paragraph]:
    """The paragraphs of an article's body. Each begins with a piece whose joint is "paragraph break"."""
    heads, _ = _subheads(lines, printed)
    verse = set() if printed.wrapped else _verse(lines)
    found: list[Paragraph] = []
    for at, line in enumerate(lines):
        piece = PageSlice(line.start, line.end, "paragraph break", line.end)
        apart = at == 0 or {at - 1, at} & heads or {at - 1, at} <= verse
        # A unit's name behind the last sentence signs the text, though no date follows.
        apart = apart or (at + 1 == len(lines) and line.is_unit and lines[at - 1].closed)
        mends = not apart and not _is_apart(lines[at - 1], line)
        mends = mends and _goes_on(lines[at - 1], line, printed)
        if mends:
            found[-1] = _mended(page, found[-1], lines[at - 1], line)
        else:
            found.append(Paragraph((piece,), at in heads))
    return found


def _verse(lines: list[Line]) -> set[int]:
    """Indices of lines that stand as they are: runs of narrow lines that end no sentence."""
    found: set[int] = set()
    run: list[int] = []
    for at, line in enumerate(lines):
        narrow = line.width <= VERSE_WIDTH
        if narrow:
            run.append(at)
        if line.closed or not narrow or at + 1 == len(lines):
            if sum(not lines[index].closed for index in run) >= VERSE_LINES:
                found.update(run)
            run = []
    return found


def _is_apart(above: Line, line: Line) -> bool:
    """Whether either line is a paragraph of its own: a row, a signature, a date, a verse."""
    if line.kind == "contact":
        return above.closed or above.kind == "contact"
    return line.kind in ALONE or above.kind in ALONE


def _mended(page: str, paragraph: Paragraph, above: Line, line: Line) -> Paragraph:
    how = joint(page, above.text, line.text)
    *pieces, last = paragraph.pieces
    if how == "broken hyphen":
        last, how = replace(last, end=last.end - 1), "column break"
    return replace(paragraph, pieces=(*pieces, last, PageSlice(line.start, line.end, how, line.end)))


def _goes_on(above: Line, line: Line, printed: Layout) -> bool:
    """Whether `line` continues the paragraph of the line above it."""
    if above.tails or is_caption(line.text) or _is_item(above, line):
        return False
    if not printed.wrapped:
        ended = above.closed or above.text.endswith((":", "：", "；"))
        return not ended and not (printed.indented and line.indented)
    if printed.indented and line.indented:
        return False
    if line.after_blank:
        return not above.closed and printed.is_full(above)
    if printed.indented:
        return True
    return not above.closed or above.width >= CLOSED_FULL * printed.line_width


def _is_item(above: Line, line: Line) -> bool:
    style = line.numbering
    return bool(style) and (above.text.endswith(tuple(":：;；")) or above.numbering == style)


# ---- subheads


def doubtful_subheads(lines: list[Line], printed: Layout) -> list[str]:
    """Lines that were read as the start of a paragraph and may be subheads."""
    _, doubtful = _subheads(lines, printed)
    return [lines[at].text for at in sorted(doubtful)]


def _subheads(lines: list[Line], printed: Layout) -> tuple[set[int], set[int]]:
    """Indices of the subheads, and of lines that may be subheads but were not taken for one.

    Sure signs are two halves, a number, ■ or 【】, "#". A line without them may as well be the start of
    a paragraph that a column has cut: it is a subhead only if it has its like in the same article.
    """
    sure: set[int] = set()
    weak: set[int] = set()
    for at, line in enumerate(lines):
        if heading_mark(line.text):
            sure.add(at)
        elif at + 1 < len(lines) and _stands_apart(lines, at, sure, printed):
            if _is_sure(lines, at):
                sure.add(at)
            elif _is_weak(line):
                weak.add(at)
    shapes = Counter(_shape(lines[at].text) for at in weak)
    alike = {at for at in weak if sum(shapes[like] for like in _like(_shape(lines[at].text))) > 1}
    return sure | alike, weak - alike


def _stands_apart(lines: list[Line], at: int, sure: set[int], printed: Layout) -> bool:
    line, below = lines[at], lines[at + 1]
    if (
        line.tails
        or line.kind in ALONE
        or line.width > SUBHEAD_WIDTH
        or printed.is_full(line)
        or not line.may_head
        or cannot_begin(below.text)
    ):
        return False
    if at and not (lines[at - 1].closed or at - 1 in sure or _is_item(lines[at - 1], line)):
        return False
    if not printed.wrapped or (line.after_blank and below.after_blank):
        return True
    return line.two_halves or bool(line.numbering or tag(line.text))


def _is_sure(lines: list[Line], at: int) -> bool:
    text, below = lines[at].text, lines[at + 1].text
    if style := numbering(text):
        neighbours = [lines[near].text for near in (at - 1, at + 1) if near >= 0]
        return style not in map(numbering, neighbours)
    if mostly_latin(text):
        return len(text.split()) <= LATIN_SUBHEAD_WORDS and text[0].isupper() and not below[0].islower()
    return tag(text) is not None or (two_halves(text) and has_no_punctuation(text))


def _shape(text: str) -> tuple[int, ...]:
    return tuple(len(half) for half in re.split(COMMA, text))


def _like(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The shapes of subheads that may stand in one article with one of this shape, it included."""
    if len(shape) > 1:
        return [shape]
    return [(length,) for length in range(shape[0] - ALIKE, shape[0] + ALIKE + 1)]


def _is_weak(line: Line) -> bool:
    text = line.text
    least, most = WEAK_WIDTHS
    if line.closed or mostly_latin(text) or not least <= len(text) <= most or starts_paragraph(text):
        return False
    return has_no_punctuation(re.sub(COMMA, "", text, count=1)) and not re.search(r"[\d\s]", text)
