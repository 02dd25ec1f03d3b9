"""Edits of single articles: find, remove, withdraw, correct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from corpus.article import Article, digest, to_markdown
from corpus.disk import exclusive_lock, replace_file
from corpus.library.adding import keep_former
from corpus.library.files import LibraryError, article_files, read_article

__all__ = [
    "ArticleFilter",
    "ChangedMeanwhile",
    "change",
    "correct",
    "find",
    "remove",
    "revise",
    "select",
    "withdraw",
]


class ChangedMeanwhile(LibraryError):  # noqa: N818
    """The article was changed since its editor was shown it; `article` is the present one."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"the article {article.id!r} has been changed meanwhile")
        self.article = article


@dataclass(frozen=True)
class ArticleFilter:
    """Conditions on the articles to list; "" and None set none. Words are matched in any case."""

    words: str = ""
    source: str = ""
    section: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None

    def takes(self, article: Article) -> bool:
        day = article.published
        return (
            _hold((article.id, article.heading, article.body), self.words)
            and self.source.casefold() in article.source.casefold()
            and self.section.casefold() in article.section.casefold()
            and self.status in ("", article.status)
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
        )


def _hold(texts: Iterable[str], words: str) -> bool:
    """Whether one of the texts holds the words, in any case; Chinese has none, and is found much faster."""
    if words.lower() == words.upper():
        return any(words in text for text in texts)
    return any(words.casefold() in text.casefold() for text in texts)


def select(articles: Iterable[Article], wanted: ArticleFilter) -> list[Article]:
    """The articles that meet the conditions, in their order."""
    return [article for article in articles if wanted.takes(article)]


def find(folder: Path, article_id: str) -> tuple[Path, Article]:
    """The article's file and the article.

    Raises LibraryError where there is none, and where its file cannot be read.
    """
    if not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder of articles")
    direct = folder / f"{article_id}.md"
    is_there = not article_id.startswith(".") and direct.is_file()
    for path in chain([direct] if is_there else (), _files(folder)):
        try:
            article = read_article(path)
        except LibraryError:
            if path.stem == article_id:
                raise
            continue
        if article.id == article_id:
            return path, article
    raise LibraryError(f"there is no article with the id {article_id!r}; see: python app.py list")


def _files(folder: Path) -> Iterator[Path]:
    yield from article_files(folder)


def remove(folder: Path, article_id: str) -> Path:
    """Remove the article; its text stays in the history, at the path that is returned."""
    with _found(folder, article_id) as (path, article):
        kept = keep_former(folder, article)
        path.unlink()
    return kept


def withdraw(folder: Path, article_id: str, reason: str, today: date) -> Article:
    """Withdraw the article: it is no longer quoted, and its page says why and since when. Its text stays."""
    return change(
        folder,
        article_id,
        lambda article: replace(
            article,
            status="withdrawn",
            withdrawal=_line(reason),
            withdrawn_on=article.withdrawn_on if article.status == "withdrawn" else today,
        ),
    )


def correct(folder: Path, article_id: str, note: str) -> Article:
    """Put a note of correction on every quote of the article; an empty one takes it away."""
    return change(folder, article_id, lambda article: replace(article, correction=_line(note)))


def revise(folder: Path, article_id: str, shown: str, changed: Callable[[Article], Article]) -> Article:
    """Change the article that was shown, `shown` being its `digest` in hex; the former text is kept.

    Raises ChangedMeanwhile, and LibraryError where there is no such article; then nothing is written.
    """

    def checked(article: Article) -> Article:
        if digest(article).hex() != shown:
            raise ChangedMeanwhile(article)
        return changed(article)

    return change(folder, article_id, checked)


def change(folder: Path, article_id: str, changed: Callable[[Article], Article]) -> Article:
    """The article as `changed` makes it of the present one; the former text is kept.

    Raises LibraryError where there is no such article, and what `changed` raises; then nothing is written.
    """
    with _found(folder, article_id) as (path, former):
        article = changed(former)
        if article != former:
            keep_former(folder, former)
            replace_file(path, to_markdown(article))
    return article


@contextmanager
def _found(folder: Path, article_id: str) -> Iterator[tuple[Path, Article]]:
    """As `find`, under the lock of the articles, so that no withdrawal is lost."""
    find(folder, article_id)  # what is not there is told without waiting
    with exclusive_lock(folder):
        yield find(folder, article_id)


def _line(text: str) -> str:
    return " ".join(text.split())
