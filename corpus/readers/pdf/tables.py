"""The cells of tables on a PDF's pages -> rows, each one line with its cells parted by a space."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from corpus.newspaper.patterns import mostly_latin, width
from corpus.readers.pdf.lines import PdfLine

__all__ = ["with_rows"]

# Shares of the type size, or counts; measured on tables and newspaper columns from Chromium and Word.
SAME_ROW = 0.35  # how far up or down the cells of a row stand
FARTHEST = 3.5  # rows of one table stand at most so far apart
FEWEST_ROWS = 3
LONGEST_CELL = 18  # Chinese characters
MOST_WORDS = 5
FILLED = 0.72  # of the way to the next cell; the lines of columns of text fill nearly all of it
NUMERIC = 0.6  # share of cells that are numbers in a table that may fill more

SENTENCE = re.compile(r"[，。；！？]")
NUMBER = re.compile(r"[-+−±¥$€£]?[\d.,:：/%％～~—–-]+[%％℃°]?")


def with_rows(lines: Sequence[PdfLine], size: float) -> list[PdfLine]:
    """The lines, those of a table joined row by row; a row has the type size `size`, in points."""
    found: list[PdfLine] = []
    for page in sorted({line.page for line in lines}):
        rows = _rows([line for line in lines if line.page == page])
        for run in _runs(rows):
            is_table = len(run) >= FEWEST_ROWS and _is_table(run)
            for row in run:
                found += [_joined(row, size)] if is_table else row
    return found


def _rows(lines: list[PdfLine]) -> list[list[PdfLine]]:
    """Lines that stand beside each other, from left to right; the rows from the top down."""
    rows: list[list[PdfLine]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        row = rows[-1] if rows else []
        if row and row[0].base - line.base <= SAME_ROW * max(row[0].size, line.size):
            row.append(line)
        else:
            rows.append([line])
    return [sorted(row, key=attrgetter("left")) for row in rows]


def _runs(rows: list[list[PdfLine]]) -> list[list[list[PdfLine]]]:
    """Neighbouring rows of bare cells together, every other row alone."""
    runs: list[list[list[PdfLine]]] = []
    for row in rows:
        above = runs[-1][-1] if runs else []
        near = bool(above) and above[0].base - row[0].base <= FARTHEST * max(above[0].size, row[0].size)
        if near and _may_be_row(above) and _may_be_row(row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _may_be_row(row: list[PdfLine]) -> bool:
    apart = all(other.left >= one.right for one, other in pairwise(row))
    return len(row) > 1 and apart and all(_is_bare(cell.text) for cell in row)


def _is_bare(text: str) -> bool:
    if mostly_latin(text):
        return len(text.split()) <= MOST_WORDS
    return width(text) <= LONGEST_CELL and not SENTENCE.search(text)


def _is_table(rows: list[list[PdfLine]]) -> bool:
    cells = [cell for row in rows for cell in row]
    if sum(bool(NUMBER.fullmatch(cell.text)) for cell in cells) >= NUMERIC * len(cells):
        return True
    ways = [(one.right - one.left) / (other.left - one.left) for row in rows for one, other in pairwise(row)]
    return sum(ways) <= FILLED * len(ways)


def _joined(row: list[PdfLine], size: float) -> PdfLine:
    text = " ".join(cell.text for cell in row)
    return replace(row[0], text=text, right=row[-1].right, size=min(size, row[0].size), is_row=True)
