"""Questions worth showing: each is answered by an article at hand, no two by the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import NamedTuple

from bot import messages
from bot.questions import Language, detect_language
from bot.quote import Quote
from corpus.article import Article
from corpus.sentences import sentences
from index.folding import to_traditional

__all__ = ["Tried", "asked_in", "choose_examples"]

COUNT = 4
TRIED = 40  # candidates that are asked at most: a start should not wait long on a large archive
LONGEST = 32  # characters of a question that is taken from an article


class Tried(NamedTuple):
    """What a question that was tried finds: the best quote, and whether it counts as an answer."""

    quote: Quote
    is_answer: bool


def choose_examples(
    written: Sequence[str],
    articles: Iterable[Article],
    language: Language,
    tried: Callable[[str], Tried | None],
    has_time: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """At most COUNT questions in that language: the publisher's own first, then made from the articles.

    Where there are enough that are answered, none is offered of which the bot is not sure. No more articles
    are read than questions are tried, and none is tried when there is no more time. `tried` says what a
    question finds, None where nothing.
    """
    answered: dict[str, str] = {}
    unsure: dict[str, str] = {}
    candidates = chain(_in_language(written, language), _made(articles, language))
    for question in takewhile(lambda _: has_time(), islice(candidates, TRIED)):
        if found := tried(question):
            (answered if found.is_answer else unsure).setdefault(found.quote.article.id, question)
        if len(answered) == COUNT:
            break
    others = [question for article_id, question in unsure.items() if article_id not in answered]
    return (*answered.values(), *others)[:COUNT]


def _in_language(written: Sequence[str], language: Language) -> list[str]:
    own = [question for question in written if detect_language(question) == language]
    if language == "zh-Hant" and not own:
        return [to_traditional(question) for question in _in_language(written, "zh-Hans")]
    return own


def _made(articles: Iterable[Article], language: Language) -> Iterator[str]:
    """A question that the article itself asks, else one about the first half of its title."""
    for article in articles:
        topic = article.title.split()[0]
        yield from asked_in(article, language)[:1] or [messages.EXAMPLE.to(language, topic=topic)]


def asked_in(article: Article, language: Language) -> list[str]:
    """The short questions in that language that the article's own text asks."""
    found = (article.body[start:end].strip("“”\"'‘’「」") for start, end in sentences(article.body))
    short = [text for text in found if text.endswith(("?", "？")) and len(text) <= LONGEST]
    return [question for question in short if detect_language(question) == language]
