"""A question of an evaluation, and what would be right for it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.failure import Failure

__all__ = [
    "EvaluationError",
    "Question",
    "QuestionFileError",
    "QuestionSet",
    "UnknownArticleError",
    "check_articles",
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
class Question:
    """One question; `where` is its file and line, for messages.

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
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """The questions of a file or folder, at least one; `left_out` says which of its lines are none."""

    name: str
    questions: tuple[Question, ...]
    left_out: tuple[str, ...] = ()


def check_articles(questions: QuestionSet, known: frozenset[str]) -> None:
    """Raises UnknownArticleError for the first question that names an article which is not known."""
    for question in questions.questions:
        for article in question.articles:
            if article not in known:
                some = ", ".join(sorted(known)[:3])
                raise UnknownArticleError(
                    f"{question.where}: the corpus has no article {article!r};"
                    f" it has {len(known)}, such as {some}"
                )
