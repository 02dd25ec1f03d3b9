"""Questions to go on with after an answer: each is answered by the articles, in other words than these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from bot import messages
from bot.examples import asked_in
from bot.questions import Language
from bot.quote import Quote
from corpus.article import Article

__all__ = ["choose_follow_ups"]

COUNT = 3
TRIED = 9  # candidates that are asked at most: at 20 ms each they come soon after the answer
LONGEST_TOPIC = 24  # characters
SUBHEAD = re.compile(r"^## (.*\S)", re.MULTILINE)


def choose_follow_ups(
    quotes: Sequence[Quote],
    nearest: Sequence[Article],
    offered: Sequence[str],
    asked: Sequence[str],
    language: Language,
    best_quote: Callable[[str], Quote | None],
) -> tuple[str, ...]:
    """At most COUNT questions in that language, none of them `asked` before.

    Candidates are about the quoted article and the `nearest` ones: those of the questions `offered` to
    everybody, what they ask themselves, what subheads and titles tell of; then all that are offered.
    `best_quote` gives the quote that answers a question, None where none does for sure. No two are answered
    by the same words, and none by the quotes that are shown already.
    """
    seen = {_place(quote) for quote in quotes}
    chosen: list[str] = []
    near = [*(quote.article for quote in quotes[:1]), *nearest]
    candidates = dict.fromkeys(chain(*(_about(a, offered, language, best_quote) for a in near), offered))
    for question in islice((c for c in candidates if c not in asked), TRIED):
        quote = best_quote(question)
        if quote is not None and _place(quote) not in seen:
            seen.add(_place(quote))
            chosen.append(question)
        if len(chosen) == COUNT:
            break
    return tuple(chosen)


def _place(quote: Quote) -> tuple[str, int]:
    return quote.article.id, quote.start


def _about(
    article: Article, offered: Sequence[str], language: Language, best_quote: Callable[[str], Quote | None]
) -> Iterator[str]:
    """Questions about an article, the most natural ones first: at most two, so that others get their turn."""
    own = [q for q in offered if (quote := best_quote(q)) and quote.article.id == article.id]
    topics = [*SUBHEAD.findall(article.body), *_topics(article.title)]
    made = [messages.EXAMPLE.to(language, topic=topic) for topic in topics]
    yield from [*own, *asked_in(article, language)[:1], *made][:2]


def _topics(title: str) -> list[str]:
    """The title, or its first half where the whole would make a long question."""
    return [title if len(title) <= LONGEST_TOPIC else title.split()[0]]
