"""Lines of a page's raw text: the place of each, its facts, and how two of them join."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from corpus.newspaper.credits import (
    is_byline,
    is_date,
    is_place,
    is_signature,
    is_unit,
    opens_dateline,
    opens_report,
)
from corpus.newspaper.furniture import column_label, is_contact
from corpus.newspaper.marks import (
    MarkKind,
    final_mark,
    is_mark,
    mid_line_marks,
    names_behind,
    names_in_brackets,
)
from corpus.newspaper.patterns import (
    ends_sentence,
    is_notice,
    may_head,
    mostly_latin,
    numbering,
    starts_paragraph,
    subtitle_dash,
    two_halves,
    width,
)
from corpus.newspaper.vocabulary import words

__all__ = [
    "BYTE_ORDER_MARK", "NEWLINES", "Joint", "Kind", "Line", "Tail", "joint", "read_lines", "word_pairs",
]  # fmt: skip

NEWLINES = "\n\r\v\f\x85\u2028\u2029"
LINE = re.compile(f"[^{NEWLINES}]+")
BYTE_ORDER_MARK = "\ufeff"

WORD_WITH_HYPHEN = re.compile(r"[A-Za-z]{1,40}-$")
WORD = re.compile(r"[A-Za-z]+")
BULLETS = tuple("●○▲△■□◆◇★☆•·▶►※①②③④⑤⑥⑦⑧⑨⑩")
SPEAKER = re.compile(r"[^\s:：，。,]{1,12}[:：](?=\S)")
REMARK = re.compile(r"[(（][^()（）]{2,40}[)）]")  # (单位:元/升)
CELL = re.compile(r"[-+]?[\d.,:：/%～~—－-]+(?:[%℃°]|元|元/斤|万元|元/公斤|kg|[A-Z])?|[—－-]+|↑|↓")

Joint = Literal["column break", "word break", "broken hyphen"]
Kind = Literal[
    "furniture", "label", "mark", "byline", "table", "date", "contact", "signature", "verse", "text"
]  # fmt: skip


@dataclass(frozen=True)
class Tail:
    """What stands behind a line's last sentence, at page[start:end]."""

    start: int
    end: int
    mark: MarkKind


@dataclass(frozen=True)
class Line:
    """One line without the space around it: `text` is page[start:end], its tails not included.

    What can be told of the line by its own words is computed once; `kind` is what the lines around
    have made of it. `ends_names`: it is the rest of names in brackets that the line's end has cut.
    """

    start: int
    end: int
    text: str
    tails: tuple[Tail, ...] = ()
    indented: bool = False
    after_blank: bool = True
    kind: Kind = "text"
    ends_names: bool = False

    @cached_property
    def closed(self) -> bool:
        """Whether a sentence ends here."""
        return bool(self.tails or REMARK.fullmatch(self.text)) or ends_sentence(self.text)

    @cached_property
    def ends_article(self) -> bool:
        """Whether a mark says that the article ends here."""
        return any(tail.mark in ("end mark", "jump line") for tail in self.tails)

    @cached_property
    def is_signed(self) -> bool:
        """Whether the line ends with the names of those who wrote it."""
        return any(tail.mark == "signature" for tail in self.tails)

    @cached_property
    def is_credited(self) -> bool:
        """Whether the line ends with the names of those who took a picture."""
        return any(tail.mark == "credit" for tail in self.tails)

    @cached_property
    def width(self) -> float:
        return width(self.text)

    @cached_property
    def latin(self) -> bool:
        return mostly_latin(self.text)

    @cached_property
    def is_byline(self) -> bool:
        return is_byline(self.text)

    @cached_property
    def is_mark(self) -> bool:
        return not self.tails and is_mark(self.text)

    @cached_property
    def is_date(self) -> bool:
        return is_date(self.text)

    @cached_property
    def is_contact(self) -> bool:
        return is_contact(self.text)

    @cached_property
    def may_sign(self) -> bool:
        """Whether the line could be a signature by its form; a unit's name above a headline could too."""
        return is_signature(self.text)

    @cached_property
    def is_unit(self) -> bool:
        return is_unit(self.text)

    @cached_property
    def is_place(self) -> bool:
        return is_place(self.text)

    @cached_property
    def is_notice(self) -> bool:
        """Whether the line, if it heads an article, heads a notice: 停水通知."""
        return is_notice(self.text)

    @cached_property
    def column_label(self) -> tuple[int, int] | None:
        """Where the name stands, if the line may be the label of a column above a headline."""
        return column_label(self.text)

    @cached_property
    def is_salutation(self) -> bool:
        """Whether a letter begins so: 编辑同志:."""
        return self.text.rstrip(":：,，") in words("salutations")

    @cached_property
    def opens_dateline(self) -> bool:
        return opens_dateline(self.text)

    @cached_property
    def opens_report(self) -> bool:
        return opens_report(self.text)

    @cached_property
    def starts_paragraph(self) -> bool:
        return starts_paragraph(self.text)

    @cached_property
    def dash(self) -> int:
        """Length of the dash before a subtitle; 0 where the line begins with none."""
        return subtitle_dash(self.text)

    @cached_property
    def two_halves(self) -> bool:
        return two_halves(self.text) and not self.may_sign

    @cached_property
    def numbering(self) -> str:
        return numbering(self.text)

    @cached_property
    def is_item(self) -> bool:
        """Whether a number, a bullet or a speaker's name begins the line: 一、, ●, 问:, Monday:."""
        return bool(self.numbering) or self.text.startswith(BULLETS) or bool(SPEAKER.match(self.text))

    @cached_property
    def may_head(self) -> bool:
        """Whether the line could be part of a headline, by its words alone."""
        text = self.text[self.dash :]
        return not self.tails and may_head(text) and not (self.opens_dateline or self.is_byline)

    @cached_property
    def numbers(self) -> int:
        """How many cells of the line are numbers, where spaces part it into cells."""
        cells = self.text.split()
        return sum(bool(CELL.fullmatch(cell)) for cell in cells[1:]) if len(cells) > 1 else 0


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
        for at, (start, end) in enumerate(_parts(page, *match.span())):
            indented = at == 0 and _is_indent(page[match.start() : start])
            lines.append(_line(page, start, end, indented, blank))
        last_end = match.end()
    lines = [_with_names(line, after) for line, after in zip(lines, [*lines[1:], None], strict=False)]
    for at, (line, after) in enumerate(pairwise(lines)):
        if cut := _with_cut_names(line, after):
            lines[at : at + 2] = cut
    return lines


def _is_indent(space: str) -> bool:
    # One narrow space at the start of a line is what a break between two words has left.
    return len(space) > 1 or space in ("\u3000", "\t")


def _newlines(space: str) -> int:
    return sum(char in NEWLINES for char in space.replace("\r\n", "\n"))


def _parts(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _stripped(page, start, end)
    for cut in mid_line_marks(page, start, end):
        yield _stripped(page, start, cut)
        start = cut
    yield _stripped(page, start, end)


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


def _with_cut_names(line: Line, after: Line) -> tuple[Line, Line] | None:
    # "……好评。(张" and "静)"
    at = (
        -1
        if line.tails or after.indented or after.after_blank
        else max(line.text.rfind(opening) for opening in "(（")
    )
    if at < 0 or after.text[-1] not in ")）":
        return None
    mark = names_behind(line.text + after.text, at)
    if not mark:
        return None
    end = line.start + len(line.text[:at].rstrip())
    cut = replace(
        line, end=end, text=line.text[: end - line.start], tails=(Tail(line.start + at, line.end, mark),)
    )
    return cut, replace(after, ends_names=True)


def word_pairs(lines: list[Line]) -> frozenset[str]:
    """The pairs of characters that stand together within a Chinese line: a line's end between the two
    characters of one has hardly parted two paragraphs."""
    return frozenset(
        line.text[at : at + 2] for line in lines if not line.latin for at in range(len(line.text) - 1)
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
