"""Files of records, JSON lines or CSV, line by line with what is wrong in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.evaluate.question import QuestionFileError

__all__ = ["Record", "read_csv", "read_json_lines", "read_text"]

Record = tuple[str, dict[str, Any]]
"""Where it stands ("questions.csv, line 3"), and its fields."""

ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # with the mark that Excel's "Unicode text" has


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one.

    Raises QuestionFileError where it cannot be read, is in another encoding, or is empty.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise QuestionFileError(f"{path} cannot be read: {error.strerror}") from error
    encoding = ENCODINGS.get(raw[:2], "utf-8-sig")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise QuestionFileError(
            f"{path}, line {line}: not {encoding.removesuffix('-sig').upper()} text;"
            " save the file as UTF-8 (Excel: 'CSV UTF-8')"
        ) from error
    if not text.strip():
        raise QuestionFileError(f"{path} is empty; at least one question is needed")
    return text


def read_json_lines(path: Path) -> Iterator[Record]:
    """The records of a file with one JSON object a line; blank lines are passed over."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deep")
            raise QuestionFileError(f"{where}: no JSON ({reason}); one object a line is expected") from None
        if "\\ud" in line.lower() and not _is_text(record):
            raise QuestionFileError(f"{where}: half of a character (\\ud…) came; whole ones are expected")
        if not isinstance(record, dict):
            raise QuestionFileError(
                f'{where}: {_kind(record)} came, an object like {{"question": "…"}} is expected'
            )
        yield where, record


def read_csv(path: Path, required: str) -> Iterator[Record]:
    """The records of a CSV file with a line of column names; empty cells and rows are left out.

    The separator is that of the comma, semicolon and tab which the first line has most of.
    """
    text = read_text(path)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        columns = [name.strip() for name in next(reader)]
        _check_columns(f"{path}, line 1", columns, required)
        begins = reader.line_num + 1
        for cells in reader:
            where = f"{path}, line {begins}"
            begins = reader.line_num + 1
            if len(cells) > len(columns):
                raise QuestionFileError(
                    f"{where}: {len(cells)} cells came, {len(columns)} are expected;"
                    f" put a cell that holds {separator!r} in quotation marks"
                )
            record = {name: cell for name, cell in zip(columns, cells, strict=False) if cell.strip()}
            if record:
                yield where, record
    except csv.Error as error:
        raise QuestionFileError(f"{path}, line {begins}: no CSV ({error})") from None


def _is_text(record: object) -> bool:
    """Whether all of it can be written: JSON can name halves of a surrogate pair alone."""
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_columns(where: str, columns: list[str], required: str) -> None:
    if required not in columns:
        raise QuestionFileError(
            f"{where}: the columns are {', '.join(map(repr, columns))}; {required!r} must be among them"
        )
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise QuestionFileError(f"{where}: the column {twice[0]!r} is there twice")


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
