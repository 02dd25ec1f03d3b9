"""A folder in BEIR layout to articles and questions (Thakur et al. 2021)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.answering.question import QuestionError, check_question
from bot.evaluate.questions import (
    Question,
    QuestionFileError,
    QuestionSet,
    Record,
    question_from,
    read_json_lines,
    read_text,
)
from corpus.article import ID_PATTERN, Article, ArticleError

__all__ = ["CORPUS", "QUERIES", "UNTITLED", "article_id", "read_beir_articles", "read_beir_questions"]

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
UNTITLED = "-"  # an article must have a title
NOT_IN_IDS = re.compile(r"[^A-Za-z0-9.-]")


def article_id(raw: str) -> str:
    """The id as our articles may have it: "12#3" -> "12_23_3", "a1" -> "a1".

    What is not allowed is written as its code point in hex between two low lines.
    """
    if ID_PATTERN.fullmatch(raw):
        return raw
    written = NOT_IN_IDS.sub(lambda match: f"_{ord(match[0]):x}_", raw)
    return written if written[:1].isalnum() else f"x{written}"


def read_beir_articles(folder: Path) -> list[Article]:
    """The articles of `corpus.jsonl`: _id, title (may be missing), text.

    Raises QuestionFileError.
    """
    found: dict[str, Article] = {}
    for where, fields in read_json_lines(folder / CORPUS):
        name, title, text = (_string(where, fields, key) for key in ("_id", "title", "text"))
        try:
            article = Article(id=article_id(name), title=title.strip() or UNTITLED, body=text)
        except ArticleError as error:
            raise QuestionFileError(f"{where}: {error}") from None
        if article.id in found:
            raise QuestionFileError(f"{where}: another article has the id {name!r} too")
        found[article.id] = article
    return list(found.values())


def read_beir_questions(folder: Path) -> QuestionSet:
    """The questions of `queries.jsonl` with the articles that any file of `qrels` names for them.

    `metadata` may have answers, answerable, language, category, kind, history. Left out are queries that
    are no question (empty, too long), and those that nothing is known of: without judgement, answer
    and `answerable`, as of the other splits of a set. Raises QuestionFileError.
    """
    right = _judgements(folder / "qrels")
    found: list[Question] = []
    left_out: list[str] = []
    places: dict[str, str] = {}
    for where, fields in read_json_lines(folder / QUERIES):
        name, text = _string(where, fields, "_id"), _string(where, fields, "text")
        if name in places:
            raise QuestionFileError(f"{where}: the id {name!r} is taken by {places[name]}")
        places[name] = where
        try:
            check_question(text)
        except QuestionError as error:
            left_out.append(f"{where}: {error}")
            continue
        question = question_from(
            _record(where, name, text, fields.get("metadata"), right.get(name, [])), name
        )
        if question.answerable is None:
            left_out.append(f"{where}: nothing says what would be right")
        else:
            found.append(question)
    _refuse_strangers(folder, right, places)
    if not found:
        raise QuestionFileError(f"{folder}: no query of {QUERIES} has a right article in qrels, or an answer")
    return QuestionSet(folder.resolve().name, tuple(found), tuple(left_out))


def _record(where: str, name: str, text: str, metadata: object, right: list[str]) -> Record:
    if not isinstance(metadata, dict | None):
        raise QuestionFileError(f"{where}: metadata is {metadata!r}, an object is expected")
    known = ("answers", "answerable", "language", "category", "kind", "history")
    fields = {key: value for key, value in (metadata or {}).items() if key in known and value not in ("", [])}
    return where, {**fields, "id": name, "question": text, **({"article": right} if right else {})}


def _judgements(folder: Path) -> dict[str, list[str]]:
    """Query id to the ids of its right articles, from all the files; a score of 0 says "not right"."""
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise QuestionFileError(f"{folder} holds no *.tsv with lines of query-id, corpus-id and score")
    right: dict[str, list[str]] = {}
    for path in paths:
        for query, article, score in _rows(path):
            if score > 0:
                right.setdefault(query, []).append(article_id(article))
    return {query: list(Counter(articles)) for query, articles in right.items()}


def _rows(path: Path) -> Iterator[tuple[str, str, float]]:
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        cells = line.split("\t")
        if not line.strip() or (number == 1 and cells[0] == "query-id"):
            continue
        try:
            query, article, score = cells
            yield query, article, float(score)
        except ValueError:
            raise QuestionFileError(
                f"{path}, line {number}: {line[:80]!r} came; expected: query-id, corpus-id and a number,"
                " parted by tabs"
            ) from None


def _refuse_strangers(folder: Path, right: dict[str, list[str]], places: dict[str, str]) -> None:
    for query in right:
        if query not in places:
            raise QuestionFileError(f"{folder / 'qrels'} names the query {query!r}, which {QUERIES} has not")


def _string(where: str, fields: dict[str, object], name: str) -> str:
    value = fields.get(name, "" if name == "title" else None)
    if value is None and name == "title":
        return ""
    if not isinstance(value, str):
        raise QuestionFileError(f"{where}: {name} is {value!r}, a text is expected")
    if name == "_id" and not value.strip():
        raise QuestionFileError(f"{where}: _id is {value!r}, an id is expected")
    return value
