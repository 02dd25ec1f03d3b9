"""Layout of a page's text: wrapped as printed, indented, parted by blank lines."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from corpus.newspaper.lines import Line

__all__ = ["Layout", "layout"]


class Layout(NamedTuple):
    """wrapped: broken line by line, as printed, and not only at column ends; indented: paragraphs begin
    with an indent, headings do not; line_width: of a full line, in Chinese characters; blanks: blank
    lines part the paragraphs."""

    wrapped: bool
    indented: bool
    line_width: float
    blanks: bool

    def is_full(self, line: Line) -> bool:
        """Whether the line's end shows nothing: the column ends there."""
        return self.wrapped and line.width >= (LATIN_FULL if line.latin else FULL) * self.line_width


FULL = 0.86
LATIN_FULL = 0.72  # Words are not broken: the right edge is ragged.
NARROWEST = 9  # Columns are not narrower, verse is.
NARROWEST_SPREAD = 13  # Where blank lines stand between all lines; there verse has lines of one width too.
WIDEST = 60


def layout(lines: list[Line]) -> Layout:
    """How the page is broken into lines.

    It is wrapped if many lines run on at nearly one width, and hardly any is wider. Where blank lines
    stand between all of its lines, they part no paragraphs.
    """
    spread = all(line.after_blank for line in lines)
    open_ones = [
        line for line, after in pairwise(lines) if not line.closed and (spread or not after.after_blank)
    ]
    widths = sorted(line.width for line in open_ones)
    usual = widths[4 * len(widths) // 5] if widths else 0.0
    full = sum(FULL * usual <= line.width for line in open_ones)
    wider = sum(line.width > 1.12 * usual for line in lines)
    narrowest = NARROWEST_SPREAD if spread else NARROWEST
    wrapped = narrowest <= usual <= WIDEST and 4 * full >= len(lines) and 12 * wider <= len(lines)
    begins = [line for before, line in pairwise(lines) if before.closed and line.closed]
    indents = {line.indented for line in lines}
    indented = indents == {True, False} and (
        wrapped or 2 * sum(line.indented for line in begins) > len(begins)
    )
    if not widths:
        rest = sorted(line.width for line in lines if not line.closed)
        usual = rest[len(rest) // 2] if rest else 0.0
    blanks = not (spread and wrapped) and 4 * sum(line.after_blank for line in lines) > len(lines)
    return Layout(wrapped, indented, usual, blanks)
