"""An Excel workbook (.xlsx) whose columns are named -> one article a row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from corpus.readers.archive import DAMAGED, check_archive
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.rows import Columns, check_columns, row_readings

__all__ = ["read_sheet"]

ABOVE = 10  # rows among which the one with the names stands; above it a title may stand
LARGEST = 200_000_000  # bytes unpacked

Cells = tuple[object, ...]


def read_sheet(document: Document) -> Iterator[Reading]:
    """The articles of each sheet that has a row of names, as in a CSV file.

    A sheet without one becomes a Note, and so does a row that is no article; the others go on.

    Raises ReaderError where the file is no workbook, or no sheet has columns with names.
    """
    check_archive(document.content, LARGEST)
    try:
        book = openpyxl.load_workbook(io.BytesIO(document.content), read_only=True, data_only=True)
        yield from _sheets(document, [(sheet.title, sheet.iter_rows(values_only=True)) for sheet in book])
    except (*DAMAGED, TypeError, AttributeError, InvalidFileException, etree.LxmlError,
            SyntaxError) as error:  # fmt: skip
        if isinstance(error, ReaderError):
            raise
        raise ReaderError(f"the workbook is damaged ({type(error).__name__})") from error


def _sheets(document: Document, sheets: list[tuple[str, Iterator[Cells]]]) -> Iterator[Reading]:
    unread: list[tuple[str, str]] = []
    found, held = False, Columns()
    for place, (title, rows) in enumerate(sheets, 1):
        head = list(islice(rows, ABOVE))
        try:
            at, columns = _names(head)
        except ReaderError as error:
            if any(map(_words, head)):
                unread.append((title, str(error)))
            continue
        found = True
        stem = document.stem if place == 1 else f"{document.stem}-{place}"
        for number, row in enumerate((*head[at + 1 :], *rows), at + 2):
            if _words(row):
                values: dict[str, object] = dict(zip(columns, map(_text, row), strict=False))
                held.count(values)
                yield from row_readings(values, f"{document.name}:{title}:{number}", f"{stem}-{number}")
    if not found:
        raise ReaderError(unread[0][1] if unread else "the workbook is empty")
    for title, why in unread:
        yield Note(f"{document.name}:{title}", why)
    yield from held.told(document.name)


def _names(head: list[Cells]) -> tuple[int, list[str]]:
    """The place of the row that names the columns, and the names."""
    for at, row in enumerate(head):
        columns = [_text(cell) for cell in row]
        try:
            check_columns(columns)
        except ReaderError:
            continue
        return at, columns
    check_columns(next((_words(row) for row in head if _words(row)), []))
    return 0, []


def _words(row: Cells) -> list[str]:
    return [text for text in map(_text, row) if text]


def _text(cell: object) -> str:
    """A day as 2024-11-26, a whole number without a point."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
