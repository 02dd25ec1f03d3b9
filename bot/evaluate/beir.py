"""A folder in BEIR layout to articles and questions (Thakur et al. 2021)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answering.question import QuestionError, check_question
from bot.evaluate.questions import (
    GoldQuestion,
    QuestionFileError,
    QuestionSet,
    question_from,
    read_json_lines,
    read_question_text,
)
from corpus.article import ID_PATTERN, Article, ArticleError

__all__ = ["CORPUS", "QUERIES", "UNTITLED", "article_id", "read_beir_articles", "read_beir_questions"]

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
UNTITLED = "-"  # an article must have a title
NOT_IN_IDS = re.compile(r"[^A-Za-z0-9.-]")


_Id = Annotated[str, Field(alias="_id", pattern=r"\S", description="an id is expected")]
_Text = Annotated[str, Field(description="a text is expected")]


class _Document(BaseModel):
    """A line of CORPUS; of what else it holds nothing is read."""

    model_config = ConfigDict(strict=True)

    id: _Id
    title: Annotated[str | None, Field(description="a text is expected")] = None
    text: _Text

    @property
    def heading(self) -> str:
        return (self.title or "").strip() or UNTITLED


class _Query(BaseModel):
    """A line of QUERIES."""

    model_config = ConfigDict(strict=True)

    id: _Id
    text: _Text
    metadata: Annotated[dict[str, Any] | None, Field(description="an object is expected")] = None

    def record(self, right: list[str]) -> dict[str, Any]:
        """The fields of a question file; of the metadata those alone that such a file has."""
        known = {
            name: value
            for name, value in (self.metadata or {}).items()
            if name in METADATA and value not in ("", [])
        }
        return {**known, "id": self.id, "question": self.text, **({"article": right} if right else {})}


METADATA = ("answers", "answerable", "language", "category", "kind", "history")

_Model = TypeVar("_Model", bound=BaseModel)


def _validated(model: type[_Model], where: str, fields: dict[str, Any]) -> _Model:
    """Validate the fields of a line. Raises QuestionFileError, in our words."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        wanted = next(f.description for key, f in model.model_fields.items() if name in (key, f.alias))
        raise QuestionFileError(f"{where}: {name} is {fields.get(name)!r}, {wanted}") from None


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
        document = _validated(_Document, where, fields)
        try:
            article = Article(id=article_id(document.id), title=document.heading, body=document.text)
        except ArticleError as error:
            raise QuestionFileError(f"{where}: {error}") from None
        if article.id in found:
            raise QuestionFileError(f"{where}: another article has the id {document.id!r} too")
        found[article.id] = article
    return list(found.values())


def read_beir_questions(folder: Path) -> QuestionSet:
    """The questions of `queries.jsonl` with the articles that any file of `qrels` names for them.

    `metadata` may have answers, answerable, language, category, kind, history. Left out are queries that
    are no question (empty, too long), and those that nothing is known of: without judgement, answer
    and `answerable`, as of the other splits of a set. Raises QuestionFileError.
    """
    right = _judgements(folder / "qrels")
    found: list[GoldQuestion] = []
    left_out: list[str] = []
    places: dict[str, str] = {}
    for where, fields in read_json_lines(folder / QUERIES):
        query = _validated(_Query, where, fields)
        name, text = query.id, query.text
        if name in places:
            raise QuestionFileError(f"{where}: the id {name!r} is taken by {places[name]}")
        places[name] = where
        try:
            check_question(text)
        except QuestionError as error:
            left_out.append(f"{where}: {error}")
            continue
        question = question_from((where, query.record(right.get(name, []))), name)
        if question.answerable is None:
            left_out.append(f"{where}: nothing says what would be right")
        else:
            found.append(question)
    _refuse_strangers(folder, right, places)
    if not found:
        raise QuestionFileError(f"{folder}: no query of {QUERIES} has a right article in qrels, or an answer")
    return QuestionSet(folder.resolve().name, tuple(found), tuple(left_out))


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
    for number, line in enumerate(read_question_text(path).splitlines(), start=1):
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
