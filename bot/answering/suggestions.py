"""Questions to offer: each is answered by an article at hand, no two by the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, takewhile
from threading import Lock
from typing import NamedTuple, get_args

from bot import messages
from bot.answering.quote import Quote
from bot.language import Language, detect_language
from corpus.article import Article
from corpus.body import subheads
from corpus.sentences import sentences
from index.terms import to_traditional

__all__ = ["Suggestions", "Tried", "asked_in", "choose_examples", "choose_follow_ups"]

COUNT = 4
TRIED = 40  # candidates that are asked at most: a start should not wait long on a large archive
LONGEST = 32  # characters of a question that is taken from an article


class Tried(NamedTuple):
    """Result of a question that was tried: the best quote, and whether it counts as an answer."""

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


KNOWN = 1024
"""Questions of the program's own whose finding is kept."""

FIRST_CHOICE = 2.0
"""Seconds that a caller waits for the first examples there are; then it shows none."""


class Suggestions:
    """The examples and follow-ups of one snapshot; may be used from several threads."""

    def __init__(
        self,
        written: Sequence[str],
        articles: Mapping[str, Article],
        find: Callable[[str], Tried | None],
    ) -> None:
        """`written` are the publisher's own examples; `find` says what a question finds, None for nothing."""
        self._written = written
        self._articles = articles
        self._find = find
        self._examples: dict[Language, tuple[str, ...]] = {}
        self._former: Mapping[Language, tuple[str, ...]] = {}
        self._choosing = {language: Lock() for language in get_args(Language)}
        self._known: dict[str, Tried | None] = {}

    def follow(self, former: Suggestions) -> None:
        """Take over the examples of the snapshot before, where the publisher's own are the same."""
        if self._written == former._written:
            self._former = {**former._former, **former._examples}

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions in that language that the articles answer, the publisher's own first.

        While one caller chooses them, the others get those of before.
        """
        former = self._former.get(language, ())
        lock = self._choosing[language]
        if language not in self._examples and lock.acquire(timeout=0 if former else FIRST_CHOICE):
            try:
                self._choose(language, lambda: True)
            finally:
                lock.release()
        return self._examples.get(language, former)

    def prepare(self, has_time: Callable[[], bool]) -> None:
        """Choose the examples of each language before a visitor waits for them, while there is time.

        `has_time` stays false once it is. A language for which there were none is left until somebody
        asks for it: forty questions would be tried after each change.
        """
        for language in get_args(Language):
            if has_time() and self._former.get(language) != ():
                with self._choosing[language]:
                    self._choose(language, has_time)

    def follow_ups(
        self, quotes: Sequence[Quote], nearest: Sequence[Article], asked: Sequence[str], language: Language
    ) -> tuple[str, ...]:
        """Questions in that language to go on with after an answer, none of those `asked`."""
        offered = self.examples(language)
        return choose_follow_ups(quotes, nearest, offered, asked, language, self._answering)

    def _choose(self, language: Language, has_time: Callable[[], bool]) -> None:
        former = self._former.get(language, ())
        if language not in self._examples and former and all(map(self._tried, former)):
            self._examples[language] = former
        if language not in self._examples:
            articles = self._articles.values()
            found = choose_examples(self._written, articles, language, self._tried, has_time)
            if has_time():
                self._examples[language] = found

    def _answering(self, question: str) -> Quote | None:
        tried = self._tried(question)
        return tried.quote if tried and tried.is_answer else None

    def _tried(self, question: str) -> Tried | None:
        """Result of a question of the program's own, kept: those of an article come with each answer from it.

        Not by lru_cache over a method: that circle would keep an old index until a full collection.
        """
        if question in self._known:
            return self._known[question]
        found = self._find(question)
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[question] = found
        return found
