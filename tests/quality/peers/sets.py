"""Question sets: BEIR folders, and the project's own questions on its nine articles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.settings import Settings
from corpus.library.files import read_library
from tests.quality.peers.contract import Document

__all__ = ["Question", "QuestionSet", "read_beir", "read_own"]

OWN_QUESTIONS = Path(__file__).parent.parent / "questions.jsonl"


class Question(NamedTuple):
    """`right`: ids of the right articles, at least one; `answers`: gold answers, each of which will do."""

    text: str
    right: frozenset[str]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class QuestionSet:
    name: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def read_beir(folder: Path, limit: int | None = None) -> QuestionSet:
    """The folder's whole corpus and its answered questions, or about `limit` of them, evenly spread."""
    documents = (Document(row["_id"], row["title"], row["text"]) for row in _rows(folder / "corpus.jsonl"))
    right: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, article, score = line.split("\t")
        if int(score) > 0:
            right.setdefault(query, set()).add(article)
    questions = [
        Question(row["text"], frozenset(right[row["_id"]]), tuple(row["metadata"]["answers"]))
        for row in _rows(folder / "queries.jsonl")
        if row["text"].strip() and row["_id"] in right
    ]
    step = max(1, round(len(questions) / limit)) if limit else 1
    return QuestionSet(folder.name, tuple(documents), tuple(questions[::step]))


def read_own() -> QuestionSet:
    """The answerable ones of questions.jsonl."""
    articles = read_library(Settings.model_fields["articles"].default)
    documents = tuple(Document(article.id, article.heading, article.body) for article in articles)
    questions = tuple(
        Question(row["question"], _listed(row["article"]), tuple(row["answers"]))
        for row in _rows(OWN_QUESTIONS)
        if row["answerable"]
    )
    return QuestionSet("own", documents, questions)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _listed(article: str | list[str]) -> frozenset[str]:
    return frozenset([article] if isinstance(article, str) else article)
