"""JSON Lines and CSV with named columns -> one article a row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from corpus.article import ArticleError
from corpus.readers.account import letters, told_columns
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.encoding import decode
from corpus.readers.fields import NAMES, article_of, is_known, unread_date

__all__ = ["Columns", "check_columns", "read_csv", "read_jsonl", "row_readings"]

LONGEST_CELL = 10_000_000  # characters; Python's own limit of 131,072 is less than some articles have
DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)


class Columns:
    """How many letters the columns of a table hold, counted row by row."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()

    def count(self, row: Mapping[str, object]) -> None:
        self._held.update({name: letters(str(value)) for name, value in row.items() if value})

    def told(self, name: str) -> Iterator[Note]:
        """A Note on the document of that name where much of its words is in columns that are not read."""
        if told := told_columns(self._held, [column for column in self._held if is_known(column)]):
            yield Note(name, told, refused=False)


def read_jsonl(document: Document) -> Iterator[Reading]:
    """The articles of a file with one JSON object a line, or of the lists of objects in one JSON value.

    A row that is no article becomes a Note with its number; the others go on.
    """
    text = decode(document.content, document.charset)
    columns = Columns()
    for number, value in _values(text):
        name = f"{document.name}:{number}"
        if isinstance(value, dict):
            columns.count(value)
            yield from row_readings(value, name, f"{document.stem}-{number}")
        else:
            yield Note(name, 'the line is not a JSON object like {"title": …, "body": …}')
    yield from columns.told(document.name)


def _values(text: str) -> Iterator[tuple[int, object]]:
    if text.lstrip().startswith(("[", "{")):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            pass  # it has an object a line, or each of its lines is told
        else:
            yield from enumerate(_rows(whole) or [whole], 1)
            return
    for number, line in enumerate(io.StringIO(text), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _rows(value: object, depth: int = 6) -> list[object]:
    """The list, or the first one within an object, that holds articles; [] where there is none.

    {"data": {"list": [{"title": …, "body": …}]}} -> its two objects.
    """
    if isinstance(value, dict):
        if not depth or _is_article(value):
            return [value]
        lists = (_rows(inner, depth - 1) for inner in value.values() if isinstance(inner, dict | list))
        return next((rows for rows in lists if any(map(_is_article, rows))), [])
    return value if isinstance(value, list) else []


def _is_article(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    known = {str(name).strip().lower() for name in value}
    return all(known & set(NAMES[field]) for field in ("title", "body"))


def read_csv(document: Document) -> Iterator[Reading]:
    """The articles of a table whose first row names its columns, parted by comma, semicolon, tab or |.

    A row that is no article becomes a Note with its number; the others go on. A spreadsheet's first line
    "sep=;" names what parts the columns.

    Raises ReaderError where no column holds a text.
    """
    text = decode(document.content, document.charset).lstrip("\r\n")
    header, _, rest = text.partition("\n")
    if stated := SEPARATOR.fullmatch(header.strip()):
        text, header = rest, rest.partition("\n")[0]
    delimiter = stated[1] if stated else max(DELIMITERS, key=header.count)
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    check_columns([name or "" for name in rows.fieldnames or ()])
    number, columns = 1, Columns()
    try:
        for number, row in enumerate(rows, 2):
            values = {name: value for name, value in row.items() if isinstance(name, str)}
            columns.count(values)
            yield from row_readings(values, f"{document.name}:{number}", f"{document.stem}-{number}")
    except csv.Error as error:
        yield Note(f"{document.name}:{number + 1}", f"the row cannot be read: {error}")
    yield from columns.told(document.name)


def check_columns(columns: list[str]) -> None:
    """Raises ReaderError where no column is named as one that holds titles, or texts."""
    known = {name.strip().lower() for name in columns}
    for field in ("title", "body"):
        if not known & set(NAMES[field]):
            raise ReaderError(
                f"no column is named {' or '.join(NAMES[field][:3])};"
                f" the first row names {', '.join(columns)[:200] or 'none'}"
            )


def row_readings(values: dict[str, object], name: str, fallback_id: str) -> Iterator[Reading]:
    """The row's article, or a Note that refuses it; and a Note on a date that is not read."""
    try:
        yield article_of(values, fallback_id)
    except (ReaderError, ArticleError) as error:
        yield Note(name, str(error))
        return
    if stated := unread_date(values):
        yield Note(name, f"the date {stated!r} was not read; write it like 2024-11-26", refused=False)
