"""Scores of a parse: points for an article that begins at a line, and for a line that goes on.

Points are set by hand on pages of many kinds; a boundary of +1 is doubtful, of +4 sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Literal, get_args

from corpus.newspaper.credits import is_credit
from corpus.newspaper.layout import Layout
from corpus.newspaper.lines import Line, word_pairs
from corpus.newspaper.looks import ALIKE, likeness, look_of_heading, look_of_line, look_of_subhead
from corpus.newspaper.patterns import cannot_begin, is_caption
from corpus.newspaper.vocabulary import any_of

__all__ = ["IMPOSSIBLE", "MODES", "Flow", "Gap", "Mode", "PageScores"]

# A notice may be signed and dated; a feature has a reporter's name or a subtitle above, and headings
# inside.
Mode = Literal["plain", "notice", "feature"]
MODES: tuple[Mode, ...] = get_args(Mode)

IMPOSSIBLE = float("-inf")
ARTICLE = -1.0  # what each further article costs
NO_TEXT = -7.0

CLOSING = re.compile(any_of("notice_closings"))
CLAUSE = re.compile("[,，]")  # In a full line: text, sooner than a headline as wide as the column.
VERSE_BELOW = 25  # A line as wide as this is no verse.
CUT_WIDTH = 40
NAMED = 0.7  # share of a headline's words: its text begins with its news, which a subhead's seldom does
FULLY_ALIKE = 0.4  # share of a headline's words that its text begins with; a fragment has none
REPORTER = re.compile("记者|記者|通讯员|通訊員")


@dataclass(frozen=True)
class Gap:
    """What stands between two lines of text and is no text itself."""

    mark: bool = False
    furniture: bool = False
    jump: bool = False
    label: bool = False


@dataclass(frozen=True)
class Flow:
    """The page's lines but its furniture, labels and marks; gaps[i] stands before lines[i]."""

    lines: list[Line]
    gaps: list[Gap]
    printed: Layout


class PageScores:
    """The points of one page; a position is the index of a line in the flow."""

    def __init__(self, flow: Flow) -> None:
        self.lines, self.gaps, self.printed = flow.lines, flow.gaps, flow.printed
        self.size = len(flow.lines)
        # Headings of several lengths share their lines, and what stands below them.
        self._of_line = cache(self._points_of_line)
        self._below = cache(self._points_below)
        self._plain = cache(self._points_of_plain)

    def mode(self, at: int, length: int) -> Mode:
        """What kind of article begins at `at` with a heading of `length` lines."""
        heading, below = self.lines[at : at + length], self.lines[at + length : at + length + 2]
        if any(line.is_notice for line in heading):
            return "notice"
        if (
            not heading
            or not below
            or heading[-1].latin
            or any(line.opens_dateline and line.kind != "byline" for line in below)
        ):
            return "plain"
        if below[0].kind == "byline":
            return "feature" if REPORTER.search(below[0].text) else "plain"
        return "feature" if heading[-1].dash else "plain"

    # ---- an article begins

    def heads(self, at: int, length: int) -> float:
        """Points of `length` lines at `at` as the heading of an article, whatever stands above."""
        if not length:
            return self._without_heading(at)
        heading = self.lines[at : at + length]
        lines = sum(
            self._of_line(at + index, index == 0, index == length - 1) for index in range(len(heading))
        )
        if lines == IMPOSSIBLE:
            return IMPOSSIBLE
        return lines + look_of_heading(heading) + self._below(at + length)

    def _points_of_line(self, at: int, first: bool, last: bool) -> float:
        line = self.lines[at]
        if line.kind not in ("text", "signature", "verse") or not line.may_head:
            return IMPOSSIBLE
        return look_of_line(line, first, last) + self._stands(at, first)

    def _without_heading(self, at: int) -> float:
        line = self.lines[at]
        if line.kind == "byline" and at:
            return IMPOSSIBLE
        if line.opens_report or (at and self._is_photo(at - 1) and self._is_photo(at)):
            return -1.0
        return -6.5 if at else -3.0

    def _is_photo(self, at: int) -> bool:
        """Whether the line is a picture's credit, or words with a picture's credit behind or below them."""
        line, below = self.lines[at], self.lines[at + 1 : at + 2]
        if line.kind == "byline" or not below or below[0].kind != "byline":
            return line.is_credited or is_credit(line.text)
        return is_credit(below[0].text)

    def above(self, at: int, notice: bool) -> float:
        """Points for what stands above: whether an article, a notice perhaps, has ended there."""
        gap = self.gaps[at]
        if at == 0:
            return 0.0
        above, line = self.lines[at - 1], self.lines[at]
        points = ARTICLE + 3.0 * gap.furniture + 3.0 * gap.label + 2.5 * gap.jump
        if gap.mark or above.ends_article:
            return points + 6.0
        if above.kind in ("byline",) or above.is_credited:
            closes = (at > 1 and self._closes(at - 2)) or above.is_credited
            return points + (2.5 + 1.0 * is_credit(above.text) if closes else -1.0)
        if above.kind == "signature" or (notice and _may_end(above)):
            return points + 2.5
        if above.kind == "date":
            return points + (3.0 if notice else 1.5)
        if above.is_signed or CLOSING.search(above.text):
            return points + 2.0
        if above.kind in ("table", "contact"):
            return points + (1.5 if above.kind == "contact" else 0.5)
        if above.kind == "verse":
            return points - 1.0
        if above.text.endswith((":", "：", "，", ",", "、", "；")):
            return points - 6.0
        if above.closed:
            return points
        if line.is_item or above.is_item:
            return points - 2.0
        return points - (7.0 if self.printed.is_full(above) or not self.printed.wrapped else 3.0)

    def _closes(self, at: int) -> bool:
        line = self.lines[at]
        return line.closed or line.kind in ("table", "contact", "verse", "byline", "signature", "date")

    def _stands(self, at: int, first: bool) -> float:
        """Points for how a line of a heading, its first perhaps, stands on the page."""
        line, points = self.lines[at], 0.0
        if line.starts_paragraph:
            points -= 1.2 if self.is_cut or self.printed.wrapped else 0.5
        if self.printed.wrapped:
            full = self.printed.is_full(line) and not self._stands_alone(at)
            text = -4.0 if CLAUSE.search(line.text) else -2.0
            points += (-1.0 if line.two_halves else text) if full else 1.0
            points -= 2.0 * (first and self.printed.blanks and not line.after_blank)
        if self.printed.indented:
            points += -2.5 if line.indented else 0.5
        return points

    def _stands_alone(self, at: int) -> bool:
        """Whether blank lines part the line from those above and below, where they part paragraphs."""
        below = self.lines[at + 1] if at + 1 < self.size else None
        return self.printed.blanks and self.lines[at].after_blank and (below is None or below.after_blank)

    def _points_below(self, at: int) -> float:
        """Points for what stands below a heading that ends above `at`: whether a text begins there."""
        if at >= self.size:
            return NO_TEXT
        head, line = self.lines[at - 1], self.lines[at]
        gap = self.gaps[at]
        points = -4.0 * gap.mark - 3.0 * gap.furniture
        if line.kind == "byline":
            return points + (4.5 if not line.text.endswith(("摄", "攝")) else 0.0)
        if line.opens_report:
            return points + 5.5
        if line.opens_dateline:
            return points + 4.5
        if cannot_begin(line.text) or (head.text[-1].isdigit() and line.text[0].isdigit()):
            return points - 6.0
        if line.kind in ("date", "signature"):
            return points - 5.0
        if line.is_salutation:
            return points + 2.0
        if line.starts_paragraph or line.is_item:
            points += 1.0
        if self.printed.indented:
            points += 1.5 if line.indented else -1.0
        wider = line.width >= 1.5 * head.width and not line.two_halves
        if line.closed or self.printed.is_full(line) or wider:
            return points + 0.5 + 0.5 * (line.width >= 1.5 * head.width or self.printed.is_full(line))
        if line.kind in ("table", "contact", "verse"):
            return points
        sure = head.two_halves and not line.two_halves
        return points - (
            1.5 if sure or line.is_item or line.text.endswith((":", "：", "，", ",", "；")) else 3.0
        )

    def bare(self, at: int, length: int) -> tuple[float, float]:
        """Points against a heading that nothing but its look tells from one inside an article; and the
        same below a feature, which has headings inside, unless a picture's words stand below."""
        if not length or at + length >= self.size:
            return 0.0, 0.0
        return self._plain(at + length, length == 1)

    def _points_of_plain(self, at: int, alone: bool) -> tuple[float, float]:
        head, below = self.lines[at - 1], self.lines[at]
        points = look_of_subhead(head, alone, self.is_cut) - self.style
        points += 2.5 * min(1.0, likeness(head, below) / FULLY_ALIKE)
        # A word of the page that the line's end cuts: the line is a fragment.
        points += 2.5 * self._is_letter[at]
        points -= 3.0 * (head.text[-1] + below.text[0] in self._pairs)
        picture = self._is_picture(at)
        named = 1.5 * (likeness(head, below) >= NAMED)
        return points + 2.0 * picture, points + (2.0 if picture else named - 3.0)

    @cached_property
    def _is_letter(self) -> list[bool]:
        """For each line, whether a person's signature stands below it, before another byline or dateline."""
        found, letter = [False] * self.size, False
        for at in range(self.size - 1, -1, -1):
            line = self.lines[at]
            if line.kind == "signature":
                letter = not line.is_unit
            elif line.kind == "byline" or line.opens_dateline or self.gaps[at] != Gap():
                letter = False
            found[at] = letter
        return found

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return word_pairs(self.lines)

    def _is_picture(self, at: int) -> bool:
        """Whether one paragraph and its picture's credit stand here, and a heading or nothing below."""
        line, below = self.lines[at], at + 1
        credited = line.is_credited
        while below < self.size and self.lines[below].kind == "byline":
            credited = credited or self.lines[below].text.endswith(("摄", "攝"))
            below += 1
        ends = below == self.size or (self.lines[below].may_head and not self.lines[below].closed)
        return credited and ends and line.closed and not is_caption(line.text)

    def is_strong(self, at: int, length: int) -> bool:
        """Whether a mark, label, credit, dateline or the name of a notice shows that an article begins."""
        gap, below = self.gaps[at], at + length
        if at == 0 or gap.mark or gap.furniture or gap.label or gap.jump or self.lines[at - 1].ends_article:
            return True
        if self.lines[at - 1].kind in ("signature", "date"):
            return True
        if below < self.size and (self.lines[below].kind == "byline" or self.lines[below].opens_dateline):
            return True
        heading = self.lines[at:below]
        if heading and heading[0].column_label and heading[0].text[0].isalnum():
            return True
        return any(line.is_notice or (line.dash and index) for index, line in enumerate(heading))

    @cached_property
    def style(self) -> float:
        """How likely a heading without a sure sign is a subhead, in points: by what the articles show.

        Where they end with marks, one that has none hardly begins an article; where they have
        datelines or bylines, less surely.
        """
        ends = sum(gap.mark for gap in self.gaps) + sum(line.ends_article for line in self.lines)
        credits = sum(line.opens_dateline for line in self.lines)
        credits += sum(below.kind == "byline" and above.may_head for above, below in pairwise(self.lines))
        marked = ends > 1 or (ends == 1 and self.lines[-1].ends_article)
        if marked and 2 * ends >= credits:
            return 5.0
        bare = sum(
            above.closed and line.may_head and not (line.closed or line.is_item or below.opens_dateline)
            and (line.latin or likeness(line, below) >= ALIKE)
            for above, line, below in zip(self.lines, self.lines[1:], self.lines[2:], strict=False)
        )  # fmt: skip
        share = credits / (credits + bare) if credits else 0.0
        return share * (3.0 if self.is_cut else 2.0)

    @cached_property
    def is_cut(self) -> bool:
        """Whether columns have cut paragraphs of the page: a fragment may then look like a heading."""
        return not self.printed.wrapped and any(
            line.kind == "text" and not line.closed and (line.width > CUT_WIDTH or not line.may_head)
            and not line.text.endswith((":", "：", "；", ";")) and not line.is_item and below.kind == "text"
            for line, below in pairwise(self.lines)
        )  # fmt: skip

    # ---- an article goes on

    def goes_on(self, at: int, mode: Mode) -> float:
        """Points of a line that goes on with the article of the line before."""
        line, above, gap = self.lines[at], self.lines[at - 1], self.gaps[at]
        if gap.mark or above.ends_article:
            return -0.5 if line.kind == "byline" or is_caption(line.text) else -9.0
        points = -2.0 * gap.label - 1.5 * gap.furniture
        if line.kind in ("byline", "signature", "date", "contact", "table"):
            if line.kind in ("signature", "date"):
                points += 1.0 * (mode == "notice") - 1.5 * (mode == "feature")
            return points
        if mode == "notice" and _may_end(line) and above.closed:
            return points + 1.0
        if above.kind == "date" and mode == "notice":
            return points - 2.0
        if line.opens_report and not self._is_below_heading(at):
            return points - (5.0 if above.closed or above.kind == "byline" or above.may_head else 2.0)
        if line.kind == "text" and above.closed and line.may_head and not line.closed and not line.is_item:
            points -= 0.8 if not self.printed.is_full(line) and mode != "feature" else 0.0
        if above.kind == "verse" and line.width > VERSE_BELOW:
            points -= 5.5
        return points

    def _is_below_heading(self, at: int) -> bool:
        return self.lines[at - 1].kind == "byline" and at > 1 and self.lines[at - 2].may_head


def _may_end(line: Line) -> bool:
    """Whether the line may sign a notice without a date; a place's name is a kicker sooner."""
    return line.may_sign and not (line.is_place or line.closed)
