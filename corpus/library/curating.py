"""Curated questions of an article: add and remove them; `editing` writes the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from corpus.article import Article, ArticleError
from corpus.asked import ArticleQuestion, ArticleQuestionError, holding, question_line, stale
from corpus.library.files import LibraryError

__all__ = [
    "CurationError",
    "curation_problems",
    "duplicate_questions",
    "same_question",
    "with_asked",
    "with_not_asked",
    "without_asked",
    "without_not_asked",
]

Result = TypeVar("Result")


class CurationError(LibraryError):
    """A question, a sentence or a date cannot be put to the article; the message says why."""


def with_asked(article: Article, question: str, sentence: str = "") -> Article:
    """The article with one more question that it answers, a former one of the same words replaced.

    `sentence` is the one that answers, or a part that stands in one sentence only; "": any may.
    Raises CurationError.
    """

    def change() -> Article:
        asked = ArticleQuestion(question, holding(article.body, sentence) if sentence.strip() else "")
        others = [one for one in article.asked if not same_question(one.question, asked.question)]
        return replace(article, asked=(*others, asked))

    return _told(change)


def with_not_asked(article: Article, question: str) -> Article:
    """The article with one more question that is never answered from it. Raises CurationError."""

    def change() -> Article:
        line = question_line(question)
        others = [one for one in article.not_asked if not same_question(one, line)]
        return replace(article, not_asked=(*others, line))

    return _told(change)


def without_asked(article: Article, question: str) -> Article:
    """The article without one of its questions. Raises CurationError where it has no such question."""
    left = tuple(one for one in article.asked if not same_question(one.question, question))
    return replace(article, asked=_fewer(article.asked, left, question))


def without_not_asked(article: Article, question: str) -> Article:
    """The article without one of its `not`. Raises CurationError where it has no such question."""
    left = tuple(one for one in article.not_asked if not same_question(one, question))
    return replace(article, not_asked=_fewer(article.not_asked, left, question))


def same_question(one: str, other: str) -> bool:
    """Whether two questions are the same letters and digits, in any case."""
    return _key(one) == _key(other)


def curation_problems(article: Article) -> Iterator[tuple[str, str]]:
    """Faults of an article's questions and its last day, each with what to do."""
    for pin in stale(article.body, article.asked):
        yield (
            f"the sentence for {pin.question!r} does not stand in the text any more, and is not used",
            "put the sentence right, or take it away",
        )
    for question in article.not_asked:
        if any(same_question(question, one.question) for one in article.asked):
            yield f"{question!r} stands under `asked` and under `not`", "take it out of one of them"
    if article.valid_until and article.published and article.valid_until < article.published:
        yield (
            f"valid_until {article.valid_until} is before it was published ({article.published})",
            "put the date right",
        )


def duplicate_questions(articles: Iterable[Article]) -> Iterator[tuple[Article, Article, str]]:
    """Questions that an article is asked and an earlier one too: (the later, the earlier, the question)."""
    first: dict[str, Article] = {}
    for article in articles:
        for asked in article.asked:
            other = first.setdefault(_key(asked.question), article)
            if other is not article:
                yield article, other, asked.question


def _key(question: str) -> str:
    return "".join(filter(str.isalnum, question)).casefold()


def _fewer(before: tuple[Result, ...], left: tuple[Result, ...], question: str) -> tuple[Result, ...]:
    if len(left) == len(before):
        raise CurationError(f"the article has no such question: {question!r}; see: python app.py show ID")
    return left


def _told(change: Callable[[], Article]) -> Article:
    try:
        return change()
    except (ArticleQuestionError, ArticleError) as error:
        raise CurationError(str(error)) from None
