"""Questions worth showing: each is answered by an article at hand, no two by the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import NamedTuple

from bot import messages
from bot.answering.quote import Quote
from bot.language import Language, detect_language
from corpus.article import Article
from corpus.body import subheads
from corpus.sentences import sentences
from index.terms import to_traditional

__all__ = ["Tried", "asked_in", "choose_examples", "choose_follow_ups"]

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
    made = _made(islice(articles, TRIED), language)
    candidates = chain(_in_language(written, language), made)
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
        yield from asked_in(article, language)[:1] or _about_topics(article.title.split()[:1], language)


def asked_in(article: Article, language: Language) -> list[str]:
    """The short questions in that language that the article's own text asks."""
    found = (article.body[start:end].strip("“”\"'‘’「」") for start, end in sentences(article.body))
    short = [text for text in found if text.endswith(("?", "？")) and len(text) <= LONGEST]
    return [question for question in short if detect_language(question) == language]


FOLLOW_UPS = 3
FOLLOW_UPS_TRIED = 9  # candidates that are asked at most: at 20 ms each they come soon after the answer
LONGEST_TOPIC = 24  # characters


def choose_follow_ups(
    quotes: Sequence[Quote],
    nearest: Sequence[Article],
    offered: Sequence[str],
    asked: Sequence[str],
    language: Language,
    best_quote: Callable[[str], Quote | None],
) -> tuple[str, ...]:
    """At most FOLLOW_UPS questions in that language, none of them `asked` before.

    After an answer they are about the quoted article and answered from it; without one they are about the
    `nearest` articles and then all that are `offered` to everybody. Of an article the candidates are the
    offered ones that it answers, what it asks itself, what its subheads and title tell of.
    `best_quote` gives the quote that answers a question, None where none does for sure. No two are answered
    by the same words, and none by the quotes that are shown already.
    """
    seen = {_place(quote) for quote in quotes}
    chosen: list[str] = []
    if quotes:
        subject = quotes[0].article
        candidates = dict.fromkeys(_about(subject, offered, language, best_quote))
    else:
        # At most two of each, so that others get their turn.
        found = (islice(_about(article, offered, language, best_quote), 2) for article in nearest)
        candidates = dict.fromkeys(chain(*found, offered))
    for question in islice((c for c in candidates if c not in asked), FOLLOW_UPS_TRIED):
        quote = best_quote(question)
        is_elsewhere = quotes and quote is not None and quote.article.id != quotes[0].article.id
        if quote is not None and not is_elsewhere and _place(quote) not in seen:
            seen.add(_place(quote))
            chosen.append(question)
        if len(chosen) == FOLLOW_UPS:
            break
    return tuple(chosen)


def _place(quote: Quote) -> tuple[str, int]:
    return quote.article.id, quote.start


def _about(
    article: Article, offered: Sequence[str], language: Language, best_quote: Callable[[str], Quote | None]
) -> Iterator[str]:
    """Questions about an article, the most natural ones first."""
    own = [q for q in offered if (quote := best_quote(q)) and quote.article.id == article.id]
    topics = [*subheads(article.body), *_topics(article.title)]
    made = _about_topics(topics, language)
    yield from [*own, *asked_in(article, language)[:1], *made]


def _about_topics(topics: Sequence[str], language: Language) -> list[str]:
    """A question about each topic that is in the question's own language: nobody reads half a sentence."""
    spoken = [topic for topic in topics if (detect_language(topic) == "en") == (language == "en")]
    return [messages.EXAMPLE.to(language, topic=topic) for topic in spoken]


def _topics(title: str) -> list[str]:
    """The title, or its first half where the whole would make a long question."""
    return [title if len(title) <= LONGEST_TOPIC else title.split()[0]]
