"""Lines with a place on a page -> the page's text, column by column (pictures and OFD)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from corpus.newspaper.patterns import ends_sentence
from corpus.readers.prose import join_lines

__all__ = ["PlacedLine", "in_reading_order", "joined", "page_text"]

INDENT = 1.3  # heights of a line; in Chinese two characters are indented
BLANK = 0.7  # heights of a line; a wider gap between two pieces is a blank
SHORT_BY, SHORT_BY_OPEN = 1.5, 5.0  # heights of a line; a line that is shorter by more ends a paragraph
GAP = 1.5  # heights of a line; a wider stripe without ink parts columns


@dataclass(frozen=True)
class PlacedLine:
    """A line and its box, in any unit, from the page's upper left; `confidence` from 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        return self.bottom - self.top


def joined(pieces: list[PlacedLine]) -> list[PlacedLine]:
    """The pieces that stand side by side on one line as one; a wide gap between them is a blank."""
    rows: list[list[PlacedLine]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if rows and abs(piece.top - rows[-1][0].top) < 0.4 * max(piece.height, 0.01):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows for line in _joined_row(sorted(row, key=lambda piece: piece.left))]


def _joined_row(row: list[PlacedLine]) -> Iterator[PlacedLine]:
    line = row[0]
    for piece in row[1:]:
        gap = (piece.left - line.right) / max(piece.height, 0.01)
        if gap > GAP:
            yield line
            line = piece
        else:
            text = line.text + (" " if gap > BLANK else "") + piece.text
            right, bottom = max(line.right, piece.right), max(line.bottom, piece.bottom)
            line = replace(line, text=text, right=right, bottom=bottom)
    yield line


def in_reading_order(lines: list[PlacedLine]) -> Iterator[PlacedLine]:
    """Top to bottom, but where a stripe without ink parts columns one column after the other (XY cut)."""
    for stretch in _cut(lines, by_height=True):
        columns = _cut(stretch, by_height=False)
        if len(columns) > 1:
            for column in columns:
                yield from in_reading_order(column)
        elif len(stretch) < len(lines):
            yield from in_reading_order(stretch)
        else:
            yield from sorted(stretch, key=lambda line: (line.top, line.left))


def _cut(lines: list[PlacedLine], by_height: bool) -> list[list[PlacedLine]]:
    """The lines parted where a stripe without ink runs across: by height, or by width."""
    usual = median([line.height for line in lines]) if lines else 0.0
    parts: list[list[PlacedLine]] = []
    end = float("-inf")
    for line in sorted(lines, key=lambda line: line.top if by_height else line.left):
        begin = line.top if by_height else line.left
        if not parts or begin - end > GAP * usual:
            parts.append([])
        parts[-1].append(line)
        end = max(end, line.bottom if by_height else line.right)
    return parts


def page_text(lines: list[PlacedLine]) -> str:
    """The lines in their order as paragraphs, one a line.

    A line goes on with the one above it where it stands close below, as large, neither is indented, and
    the one above is full.
    """
    paragraphs: list[list[str]] = []
    for line, above in zip(lines, [None, *lines], strict=False):
        if above is not None and _goes_on(above, line, lines):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
    return "\n".join(map(join_lines, paragraphs))


def _goes_on(above: PlacedLine, line: PlacedLine, lines: list[PlacedLine]) -> bool:
    size = max(above.height, line.height)
    close = -0.5 * size < line.top - above.bottom < 1.2 * size and min(above.height, line.height) > 0.7 * size
    if not close or abs(line.left - above.left) > 3.5 * size:
        return False
    column = [one for one in lines if one.left < line.right and line.left < one.right]
    left = min(one.left for one in column)
    right = max(one.right for one in column if one.height > 0.7 * size)
    # Digits are narrow, so that a line of them is full before the column's edge.
    full = SHORT_BY if ends_sentence(above.text) else SHORT_BY_OPEN
    return line.left - left < INDENT * size and right - above.right < full * size
