"""A publisher's question file, CSV or JSON lines, to questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.evaluate.question import Question, QuestionFileError, QuestionSet
from bot.evaluate.records import Record, read_csv, read_json_lines
from bot.questions import QuestionError, check_question

__all__ = ["COLUMNS", "checked_question", "question_from", "read_questions"]

COLUMNS = ("question", "id", "article", "answers", "answerable", "language", "category", "history")
"""`question` alone must be there. `article`, `answers` and `history` (the earlier questions, oldest first)
take one text or several: a list in JSON, parted by "|" in CSV. `answerable` is true or false; without
it a question is answerable where an article or an answer is named."""

LISTS = ("article", "answers", "history")
TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
CODES = {
    "empty": "the question is empty",
    "no_words": "the question has no letter and no digit",
    "too_long": "the question has more than {limit} characters",
    "not_text": "the question holds control characters",
}


def read_questions(path: Path) -> QuestionSet:
    """The questions of a .csv or .jsonl file. Without an `id` they are called q1, q2 and so on.

    Raises QuestionFileError, which names the line and what was expected.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise QuestionFileError(f"{path}: a question file's name ends in {' or '.join(READERS)}")
    found: dict[str, Question] = {}
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


def question_from(record: Record, fallback_id: str) -> Question:
    """The question in a record. Raises QuestionFileError."""
    where, fields = record
    unknown = sorted(set(fields) - set(COLUMNS))
    if unknown:
        raise _wrong(where, f"unknown column {unknown[0]!r}", f"the columns {', '.join(COLUMNS)}")
    if "question" not in fields:
        raise _wrong(where, "there is no question", 'a column "question"')
    articles, answers = _texts(where, fields, "article"), _texts(where, fields, "answers")
    return Question(
        id=_text(where, fields, "id") or fallback_id,
        text=checked_question(where, fields["question"]),
        where=where,
        articles=articles,
        answers=answers,
        answerable=_answerable(where, fields.get("answerable"), has_gold=bool(articles or answers)),
        language=_text(where, fields, "language"),
        category=_text(where, fields, "category"),
        history=tuple(checked_question(where, text) for text in _texts(where, fields, "history")),
    )


def checked_question(where: str, value: object) -> str:
    """The question without white space around it. Raises QuestionFileError, in words."""
    if not isinstance(value, str):
        raise _wrong(where, f"the question is {value!r}", "a text")
    try:
        return check_question(value)
    except QuestionError as error:
        said = CODES[error.code].format(limit=error.limit)
        raise _wrong(where, said, f"1 to {error.limit} characters of text") from None


def _answerable(where: str, value: object, has_gold: bool) -> bool | None:
    if value is None:
        return True if has_gold else None
    truth = TRUTHS.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(truth, bool):
        raise _wrong(where, f"answerable is {value!r}", "true or false")
    if has_gold and not truth:
        raise _wrong(where, "answerable is false, yet an article or answer is named", "one or the other")
    return truth


def _text(where: str, fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(where, f"{name} is {value!r}", "a text")
    return value.strip()


def _texts(where: str, fields: dict[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(text, str) and text.strip() for text in values):
        raise _wrong(where, f"{name} is {value!r}", "a text or a list of texts, none of them empty")
    return tuple(text.strip() for text in values)


def _csv_records(path: Path) -> Iterator[Record]:
    for where, fields in read_csv(path, required="question"):
        yield (
            where,
            {
                name: [part for part in cell.split("|") if part.strip()] if name in LISTS else cell
                for name, cell in fields.items()
            },
        )


def _wrong(where: str, came: str, expected: str) -> QuestionFileError:
    return QuestionFileError(f"{where}: {came}; expected: {expected}")


READERS: Mapping[str, Callable[[Path], Iterator[Record]]] = {".jsonl": read_json_lines, ".csv": _csv_records}
