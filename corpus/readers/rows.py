"""JSON Lines and CSV with named columns -> one article a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from corpus.article import ArticleError
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.encoding import decode
from corpus.readers.fields import NAMES, article_of

__all__ = ["read_csv", "read_jsonl"]

LONGEST_CELL = 10_000_000  # characters; Python's own limit of 131,072 is less than some articles have
DELIMITERS = ",;\t|"


def read_jsonl(document: Document) -> Iterator[Reading]:
    """The articles of a file with one JSON object a line, or one JSON list of objects.

    A row that is no article becomes a Note with its number; the others go on.
    """
    text = decode(document.content, document.charset)
    for number, value in _values(text):
        name = f"{document.name}:{number}"
        if isinstance(value, dict):
            yield _article(value, name, f"{document.stem}-{number}")
        else:
            yield Note(name, 'the line is not a JSON object like {"title": …, "body": …}')


def _values(text: str) -> Iterator[tuple[int, object]]:
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(text), 1)
            return
        except (ValueError, RecursionError):
            pass  # each of its lines is told
    for number, line in enumerate(io.StringIO(text), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def read_csv(document: Document) -> Iterator[Reading]:
    """The articles of a table whose first row names its columns, parted by comma, semicolon, tab or |.

    A row that is no article becomes a Note with its number; the others go on.

    Raises ReaderError where no column holds a text.
    """
    text = decode(document.content, document.charset)
    header = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    _check_columns([name or "" for name in rows.fieldnames or ()])
    number = 1
    try:
        for number, row in enumerate(rows, 2):
            values = {name: value for name, value in row.items() if isinstance(name, str)}
            yield _article(values, f"{document.name}:{number}", f"{document.stem}-{number}")
    except csv.Error as error:
        yield Note(f"{document.name}:{number + 1}", f"the row cannot be read: {error}")


def _check_columns(columns: list[str]) -> None:
    known = {name.strip().lower() for name in columns}
    for field in ("title", "body"):
        if not known & set(NAMES[field]):
            raise ReaderError(
                f"no column is named {' or '.join(NAMES[field][:3])};"
                f" the first row names {', '.join(columns)[:200] or 'none'}"
            )


def _article(values: dict[str, object], name: str, fallback_id: str) -> Reading:
    try:
        article = article_of(values, fallback_id)
    except (ReaderError, ArticleError) as error:
        return Note(name, str(error))
    return article
