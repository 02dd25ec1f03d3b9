"""Commands of curation: which questions an article answers, which never, and until when it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import say

if TYPE_CHECKING:
    from corpus.article import Article

__all__ = ["commands"]

commands = typer.Typer()
asked = typer.Typer(no_args_is_help=True, help="Questions that an article answers.")
not_asked = typer.Typer(no_args_is_help=True, help="Questions that are never answered from an article.")
commands.add_typer(asked, name="asked")
synonyms = typer.Typer(no_args_is_help=True, help="Words of people for words of the articles.")
commands.add_typer(not_asked, name="not")
commands.add_typer(synonyms, name="synonyms")

ArticleId = Annotated[str, typer.Argument(metavar="ID")]
QuestionArgument = Annotated[str, typer.Argument(metavar="QUESTION", help="In people's own words.")]


@asked.command(name="add")
def add_asked(
    article_id: ArticleId,
    question: QuestionArgument,
    sentence: Annotated[
        str, typer.Option(help="The sentence that answers, or words that stand in that one only.")
    ] = "",
) -> None:
    """Say that an article answers a question; other wordings of it are answered from there too."""
    from corpus.library.curating import with_asked

    article = _change(article_id, lambda now: with_asked(now, question, sentence))
    say(f"{article.id} is asked: {_told(article)[-1]}")


@asked.command(name="remove")
def remove_asked(article_id: ArticleId, question: QuestionArgument) -> None:
    """Take such a question away."""
    from corpus.library.curating import without_asked

    article = _change(article_id, lambda now: without_asked(now, question))
    say(f"{article.id} is no longer asked: {question}")


@asked.command(name="list")
def list_asked(article_id: Annotated[str, typer.Argument(metavar="[ID]")] = "") -> None:
    """List these questions with their sentences, of one article or of all."""
    for article in _articles(article_id):
        for line in _told(article):
            say(f"{article.id}  {line}")


@not_asked.command(name="add")
def add_not_asked(article_id: ArticleId, question: QuestionArgument) -> None:
    """Never answer a question, or other wordings of it, from an article."""
    from corpus.library.curating import with_not_asked

    article = _change(article_id, lambda now: with_not_asked(now, question))
    say(f"never answered from {article.id}: {article.not_asked[-1]}")


@not_asked.command(name="remove")
def remove_not_asked(article_id: ArticleId, question: QuestionArgument) -> None:
    """Take such a question away."""
    from corpus.library.curating import without_not_asked

    article = _change(article_id, lambda now: without_not_asked(now, question))
    say(f"may be answered from {article.id} again: {question}")


@not_asked.command(name="list")
def list_not_asked(article_id: Annotated[str, typer.Argument(metavar="[ID]")] = "") -> None:
    """List these questions, of one article or of all."""
    for article in _articles(article_id):
        for question in article.not_asked:
            say(f"{article.id}  {question}")


@commands.command(name="valid-until")
def valid_until(
    article_id: ArticleId,
    day: Annotated[str, typer.Argument(metavar="DATE", help='The last day, like 2025-12-31; "": for good.')],
) -> None:
    """Say until when an article holds; after that day it is quoted last, and as no longer valid."""
    from dataclasses import replace

    try:
        last = date.fromisoformat(day) if day else None
    except ValueError:
        raise typer.BadParameter(f"{day!r} is not a date like 2025-12-31") from None
    article = _change(article_id, lambda now: replace(now, valid_until=last))
    say(f"{article.id} is valid {f'until {last}' if last else 'for good'}")


@synonyms.command(name="add")
def add_synonyms(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words that mean the same.")],
) -> None:
    """Add a group of words that mean the same; a question with one finds articles with another."""
    from bot.cli.settings import library_settings
    from corpus.library import synonyms as library

    say(f"added {' = '.join(library.add_synonyms(library_settings().articles, words))}")


@synonyms.command(name="remove")
def remove_synonyms(word: Annotated[str, typer.Argument(metavar="WORD", help="One of its words.")]) -> None:
    """Take a group away."""
    from bot.cli.settings import library_settings
    from corpus.library import synonyms as library

    say(f"removed {' = '.join(library.remove_synonyms(library_settings().articles, word))}")


@synonyms.command(name="list")
def list_synonyms() -> None:
    """List the groups."""
    from bot.cli.settings import library_settings
    from corpus.library import synonyms as library

    for group in library.read_synonyms(library_settings().articles):
        say(" = ".join(group))


def _change(article_id: str, changed: Callable[[Article], Article]) -> Article:
    from bot.cli.settings import library_settings
    from corpus.library.editing import change

    return change(library_settings().articles, article_id, changed)


def _articles(article_id: str) -> list[Article]:
    from bot.cli.settings import library_settings
    from corpus.library.editing import find
    from corpus.library.files import read_library

    folder = library_settings().articles
    return [find(folder, article_id)[1]] if article_id else read_library(folder)


def _told(article: Article) -> list[str]:
    """Each question as it is asked, with its sentence, and whether that is stale."""
    from corpus.asked import stale

    gone = stale(article.body, article.asked)
    return [
        one.question
        + (f"  -> {one.sentence}" if one.sentence else "")
        + ("  (stale: not in the text any more)" if one in gone else "")
        for one in article.asked
    ]
