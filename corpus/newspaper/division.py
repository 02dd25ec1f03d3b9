"""The lines of a newspaper page -> which article each belongs to, and as what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.newspaper.classify import (
    MOST_HEADING_LINES,
    headings_above_credits,
    kinds_of,
    may_be_heading,
    opens_text,
)
from corpus.newspaper.lines import Line
from corpus.newspaper.patterns import (
    is_caption,
    is_credit,
    is_jump,
    label,
    starts_paragraph,
    subtitle_dash,
    tag,
    two_halves,
)

__all__ = ["Division", "Draft", "divide"]

# How surely an article begins at the next line of text: "if heading" needs one that could be a heading.
Fresh = Literal["no", "if heading", "yes"]


@dataclass
class Draft:
    """The lines of one article, in page order; a heading may be missing."""

    section: str
    heading: list[Line] = field(default_factory=list)
    bylines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


@dataclass
class Division:
    """The page's articles, and the lines that belong to none.

    `labels` hold where the name stands in the line's text. `certain` is false if nothing on the page
    (end mark, byline, dateline) shows where articles begin or end.
    """

    drafts: list[Draft] = field(default_factory=list)
    labels: list[tuple[Line, tuple[int, int]]] = field(default_factory=list)
    marks: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    certain: bool = False


def divide(lines: list[Line]) -> Division:
    """Divide the page.

    An article begins behind an end mark, and with the headings right above a byline or a dateline;
    with a paragraph that begins with 本报讯; also with a heading below a section label, a signature or
    a jump line. What stands behind an end
    mark without being a heading is an article without one, but a byline or a caption there belongs to
    the article above.
    """
    divider = _Divider(lines)
    index = 0
    while index < len(lines):
        index = divider.take(index)
    return divider.division


class _Divider:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.kinds = kinds_of(lines)
        self.headings = headings_above_credits(lines, self.kinds)
        self.division = Division(certain=bool(self.headings))
        self.section = ""
        self.fresh: Fresh = "yes"

    @property
    def draft(self) -> Draft:
        if not self.division.drafts:
            self.division.drafts.append(Draft(self.section))
        return self.division.drafts[-1]

    def take(self, index: int) -> int:
        """Put the line, or the heading that begins with it, where it belongs; the index of the next."""
        line, kind = self.lines[index], self.kinds[index]
        if kind == "furniture":
            self._take_furniture(line)
        elif kind == "label":
            self._take_label(line, label(line.text) or (0, len(line.text)))
        elif kind == "mark":
            self.division.marks.append(line)
            self._end("yes")
        elif kind == "byline":
            self._take_byline(line)
        elif index in self.headings or (self.fresh != "no" and not self._is_caption_behind_mark(line)):
            return self._take_heading(index)
        else:
            self._take_body(line)
        return index + 1

    def _take_furniture(self, line: Line) -> None:
        self.division.furniture.append(line)
        if is_jump(line.text) and self.fresh == "no":
            self.fresh = "if heading"

    def _take_label(self, line: Line, name: tuple[int, int]) -> None:
        self.division.labels.append((line, name))
        self.section = line.text[slice(*name)]
        if self.fresh == "no" and (not self.draft.body or self.draft.body[-1].closed):
            self.fresh = "if heading"

    def _take_byline(self, line: Line) -> None:
        self.draft.bylines.append(line)
        signs = bool(self.draft.body) and not is_credit(line.text)
        if self.fresh == "no" and signs:
            self.fresh = "if heading"
        self._end_if_marked(line)

    def _is_caption_behind_mark(self, line: Line) -> bool:
        return self.fresh == "yes" and bool(self.draft.body) and is_caption(line.text)

    def _take_body(self, line: Line) -> None:
        self.draft.body.append(line)
        # A caption behind an end mark does not reopen the article.
        self.fresh = "yes" if self._is_caption_behind_mark(line) else "no"
        self._end_if_marked(line)

    def _end_if_marked(self, line: Line) -> None:
        if line.ends_article:
            self._end("yes")
        elif line.is_signed:
            self._end("if heading")

    def _end(self, fresh: Fresh) -> None:
        self.division.certain = self.division.certain or fresh == "yes"
        self.fresh = fresh

    # ---- headings

    def _take_heading(self, first: int) -> int:
        below = self.headings[first] if first in self.headings else self._below_heading(first)
        if below == first and self.fresh == "if heading" and first not in self.headings:
            self._take_body(self.lines[first])
            return first + 1
        if below > first + 1 and (name := tag(self.lines[first].text)):
            self._take_label(self.lines[first], name)
            self.headings[first + 1] = below
            return first + 1
        self._begin(self.lines[first:below])
        if below == first:
            self._take_body(self.lines[first])
        return max(below, first + 1)

    def _begin(self, heading: list[Line]) -> None:
        draft = self.draft
        if draft.heading or draft.body:
            draft = Draft(self.section)
            self.division.drafts.append(draft)
        draft.section, draft.heading = self.section, heading
        self.fresh = "no"

    def _below_heading(self, first: int) -> int:
        """The line below the heading that begins at `first`, which stands where an article begins."""
        end = first
        while end < len(self.lines) and end - first < MOST_HEADING_LINES and self._may_be_heading(end):
            if end in self.headings:
                return self.headings.pop(end)
            end += 1
        if end == first or (end < len(self.lines) and opens_text(self.lines[end], self.kinds[end])):
            return end
        # Nothing marks where the heading ends and a first line of text, cut by a column, begins.
        sure = [index for index in range(first, end) if self._surely_heads(index)]
        return sure[-1] + 1 if sure else first + 1

    def _may_be_heading(self, index: int) -> bool:
        return self.kinds[index] == "text" and may_be_heading(self.lines[index])

    def _surely_heads(self, index: int) -> bool:
        text = self.lines[index].text
        below = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        return two_halves(text) or bool(subtitle_dash(text)) or starts_paragraph(below)
