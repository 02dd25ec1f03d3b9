"""The lines of a page's raw text: where each stands, what ends it, how two of them join."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus.newspaper.patterns import (
    Mark,
    ends_sentence,
    final_mark,
    may_head,
    mid_line_mark,
    mostly_latin,
    names_in_brackets,
    width,
)

__all__ = ["BYTE_ORDER_MARK", "NEWLINES", "Joint", "Layout", "Line", "Tail", "joint", "layout", "read_lines"]

NEWLINES = "\n\r\v\f\x85\u2028\u2029"
LINE = re.compile(f"[^{NEWLINES}]+")
BYTE_ORDER_MARK = "\ufeff"

WORD_WITH_HYPHEN = re.compile(r"[A-Za-z]{1,40}-$")
WORD = re.compile(r"[A-Za-z]+")

Joint = Literal["column break", "word break", "broken hyphen"]


@dataclass(frozen=True)
class Tail:
    """What stands behind a line's last sentence, at page[start:end]."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True)
class Line:
    """One line without the space around it: `text` is page[start:end], its tails not included."""

    start: int
    end: int
    text: str
    tails: tuple[Tail, ...] = ()
    indented: bool = False
    after_blank: bool = True

    @property
    def closed(self) -> bool:
        """Whether a sentence ends here."""
        return bool(self.tails) or ends_sentence(self.text)

    @property
    def ends_article(self) -> bool:
        """Whether a mark says that the article ends here."""
        return any(tail.mark in ("end mark", "jump line") for tail in self.tails)

    @property
    def is_signed(self) -> bool:
        """Whether the line ends with the names of those who wrote it."""
        return any(tail.mark == "signature" for tail in self.tails)


class Layout(NamedTuple):
    """wrapped: broken line by line, as printed, and not only at column ends; indented: and its
    paragraphs begin with an indent; line_width: of most lines that run on, in Chinese characters."""

    wrapped: bool
    indented: bool
    line_width: float


def read_lines(page: str) -> list[Line]:
    """The lines of the page that hold more than white space, in order.

    A line with an end mark in its middle ("text。⑤5 next") is two.
    """
    lines: list[Line] = []
    last_end = begin = int(page.startswith(BYTE_ORDER_MARK))
    for match in LINE.finditer(page, begin):
        if not match[0].strip():
            continue
        blank = not lines or _newlines(page[last_end : match.start()]) > 1
        for start, end in _parts(page, *match.span()):
            lines.append(_line(page, start, end, _is_indent(page[match.start() : start]), blank))
        last_end = match.end()
    return [_with_names(line, after) for line, after in zip(lines, [*lines[1:], None], strict=False)]


def _is_indent(space: str) -> bool:
    # One narrow space at the start of a line is what a break between two words has left.
    return len(space) > 1 or space in ("\u3000", "\t")


def _newlines(space: str) -> int:
    return sum(char in NEWLINES for char in space.replace("\r\n", "\n"))


def _parts(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _stripped(page, start, end)
    while cut := mid_line_mark(page[start:end]):
        yield _stripped(page, start, start + cut)
        start, end = _stripped(page, start + cut, end)
    yield start, end


def _stripped(page: str, start: int, end: int) -> tuple[int, int]:
    text = page[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _line(page: str, start: int, end: int, indented: bool, after_blank: bool) -> Line:
    tails: list[Tail] = []
    while found := final_mark(page[start:end]):
        at, mark = found
        tails.insert(0, Tail(start + at, end, mark))
        end = _stripped(page, start, start + at)[1]
    return Line(start, end, page[start:end], tuple(tails), indented, after_blank)


def _with_names(line: Line, following: Line | None) -> Line:
    # "……。(张静)" signs an article only where a mark, a heading or nothing follows.
    at = names_in_brackets(line.text)
    if not at or not (line.tails or following is None or may_head(following.text)):
        return line
    end = line.start + len(line.text[:at].rstrip())
    signature = Tail(line.start + at, line.end, "signature")
    return replace(line, end=end, text=line.text[: end - line.start], tails=(signature, *line.tails))


def layout(lines: list[Line]) -> Layout:
    """How the page is broken into lines.

    It is wrapped if most lines run on into another that runs on too: a kicker and a headline do that as
    well, but every paragraph below them has a full stop at its end.
    """
    runs_on = sum(not (line.closed or after.closed or after.after_blank) for line, after in pairwise(lines))
    wrapped = 2 * runs_on > len(lines)
    widths = sorted(width(line.text) for line in lines if not line.closed)
    return Layout(
        wrapped=wrapped,
        indented=wrapped and {line.indented for line in lines} == {True, False},
        line_width=widths[len(widths) // 2] if widths else 0.0,
    )


def joint(page: str, left: str, right: str) -> Joint:
    """How two lines of one paragraph join.

    Chinese joins with nothing between ("column break"), Latin script with a space ("word break"). There
    a hyphen before a small letter goes ("broken hyphen"), unless the page has the hyphenated word
    elsewhere.
    """
    if left.endswith("\xad") and len(left) > 1:
        return "broken hyphen"
    if not mostly_latin(left + right):
        return "column break"
    before, after = WORD_WITH_HYPHEN.search(left), WORD.match(right)
    if before and after and after[0].islower():
        kept = re.search(rf"\b{before[0]}{after[0]}\b", page)
        return "column break" if kept else "broken hyphen"
    return "column break" if left.endswith("-") else "word break"
