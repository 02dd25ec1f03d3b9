"""A publisher's question file, CSV or JSON lines, to questions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.answering.question import QuestionError, check_question
from corpus.errors import Failure

__all__ = [
    "COLUMNS",
    "EvaluationError",
    "GoldQuestion",
    "QuestionFileError",
    "QuestionSet",
    "Record",
    "UnknownArticleError",
    "check_articles",
    "csv_records",
    "question_from",
    "read_json_lines",
    "read_question_text",
    "read_questions",
]


class EvaluationError(Failure, ValueError):
    """An evaluation cannot be made; the message says what came, what is allowed and what to do.

    EvaluationError
      QuestionFileError    a question file is not as it must be (question_file.py, beir.py)
        UnknownArticleError  a question names an article that the corpus has not
      RunError             a folder holds no run, another one, or a damaged one (run_folder.py)
      GateError            a floors file is not as it must be, or may not be lowered (gate.py)
    """


class QuestionFileError(EvaluationError):
    """A question file is not as it must be; the message names file and line and what was expected."""


class UnknownArticleError(QuestionFileError):
    """A question names an article that the corpus has not."""


@dataclass(frozen=True)
class GoldQuestion:
    """A question and what would be right; `where` is its file and line, for messages.

    `articles` are the ids of the right articles, of which any will do, `answers` the gold answers, of
    which any will do. `answerable` is None where nothing is known. `language` and `category` may be "".
    """

    id: str
    text: str
    where: str
    articles: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    answerable: bool | None = None
    language: str = ""
    category: str = ""
    kind: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """The questions of a file or folder, at least one; `left_out` says which of its lines are none."""

    name: str
    questions: tuple[GoldQuestion, ...]
    left_out: tuple[str, ...] = ()


def check_articles(questions: QuestionSet, known: frozenset[str]) -> None:
    """Check that all named articles are known. Raises UnknownArticleError for the first that is not."""
    for question in questions.questions:
        for article in question.articles:
            if article not in known:
                some = ", ".join(sorted(known)[:3])
                raise UnknownArticleError(
                    f"{question.where}: the corpus has no article {article!r};"
                    f" it has {len(known)}, such as {some}"
                )


Record = tuple[str, dict[str, Any]]
"""Where it stands ("questions.csv, line 3"), and its fields."""

ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # with the mark that Excel's "Unicode text" has


def read_question_text(path: Path) -> str:
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
    for number, line in enumerate(read_question_text(path).split("\n"), start=1):
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


def csv_records(path: Path, required: str) -> Iterator[Record]:
    """The records of a CSV file with a line of column names; empty cells and rows are left out.

    The separator is that of the comma, semicolon and tab which the first line has most of.
    """
    text = read_question_text(path)
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


TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
CODES = {
    "empty": "the question is empty",
    "no_words": "the question has no letter and no digit",
    "too_long": "the question has more than {limit} characters",
    "not_text": "the question holds control characters",
}


def _parted(value: object) -> object:
    """One text or several: parted by "|", or in JSON a list."""
    values = value.split("|") if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
        return value
    return tuple(text.strip() for text in values if text.strip())


def _truth(value: object) -> object:
    return TRUTHS.get(value.strip().lower(), value) if isinstance(value, str) else value


_Text = Annotated[str, Field(description="a text")]
_Texts = Annotated[tuple[str, ...], BeforeValidator(_parted), Field(description="a text or a list of texts")]
_Truth = Annotated[bool | None, BeforeValidator(_truth), Field(description="true or false")]


class _Given(BaseModel):
    """The fields of a record. `history` holds the earlier questions, oldest first.

    Without `answerable` a question is answerable where an article or an answer is named.
    """

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)

    question: _Text
    id: _Text = ""
    article: _Texts = ()
    answers: _Texts = ()
    answerable: _Truth = None
    language: _Text = ""
    category: _Text = ""
    kind: _Text = ""
    history: _Texts = ()


COLUMNS = tuple(_Given.model_fields)
"""`question` alone must be there. What is "" is as if it were not there."""


def read_questions(path: Path) -> QuestionSet:
    """The questions of a .csv or .jsonl file. Without an `id` they are called q1, q2 and so on.

    Raises QuestionFileError, which names the line and what was expected.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise QuestionFileError(f"{path}: a question file's name ends in {' or '.join(READERS)}")
    found: dict[str, GoldQuestion] = {}
    for number, record in enumerate(reader(path), start=1):
        question = question_from(record, f"q{number}")
        if question.id in found:
            raise QuestionFileError(
                f"{question.where}: the id {question.id!r} is taken by {found[question.id].where}"
            )
        found[question.id] = question
    if not found:
        raise QuestionFileError(f"{path} holds no question; at least one is needed")
    return QuestionSet(path.stem, tuple(found.values()))


def question_from(record: Record, fallback_id: str) -> GoldQuestion:
    """The question in a record. Raises QuestionFileError."""
    where, fields = record
    filled = {name: value for name, value in fields.items() if name == "question" or value not in ("", None)}
    try:
        given = _Given.model_validate({**dict.fromkeys(set(fields) - set(COLUMNS)), **filled})
    except ValidationError as error:
        raise _refusal(where, error.errors()) from None
    has_gold = bool(given.article or given.answers)
    if has_gold and given.answerable is False:
        raise _wrong(where, "answerable is false, yet an article or answer is named", "one or the other")
    return GoldQuestion(
        id=given.id or fallback_id,
        text=_checked(where, given.question),
        where=where,
        articles=given.article,
        answers=given.answers,
        answerable=has_gold or None if given.answerable is None else given.answerable,
        language=given.language,
        category=given.category,
        kind=given.kind,
        history=tuple(_checked(where, text) for text in given.history),
    )


def _refusal(where: str, faults: list[ErrorDetails]) -> QuestionFileError:
    """Fault that pydantic found, in our words; an unknown column first, as it may be a misspelled one."""
    fault = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
    name = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        return _wrong(where, f"unknown column {name!r}", f"the columns {', '.join(COLUMNS)}")
    if fault["type"] == "missing":
        return _wrong(where, "there is no question", 'a column "question"')
    called = "the question" if name == "question" else name
    return _wrong(where, f"{called} is {fault['input']!r}", str(_Given.model_fields[name].description))


def _checked(where: str, text: str) -> str:
    """The question without white space around it. Raises QuestionFileError, in words."""
    try:
        return check_question(text)
    except QuestionError as error:
        said = CODES[error.code].format(limit=error.limit)
        raise _wrong(where, said, f"1 to {error.limit} characters of text") from None


def _csv_records(path: Path) -> Iterator[Record]:
    return csv_records(path, required="question")


def _wrong(where: str, came: str, expected: str) -> QuestionFileError:
    return QuestionFileError(f"{where}: {came}; expected: {expected}")


READERS: Mapping[str, Callable[[Path], Iterator[Record]]] = {".jsonl": read_json_lines, ".csv": _csv_records}
