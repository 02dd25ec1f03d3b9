"""Questions to rows: each is asked, timed and judged."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from time import perf_counter

import numpy as np

from bot.answering.bot import Bot, Finding
from bot.answering.quote import Quote
from bot.evaluate.questions import GoldQuestion
from bot.evaluate.rows import QuotedText, Row, Variant, answer_recall, first_rank, holds_answer
from bot.language import detect_language
from index.models.embedder import Embedder, Vectors
from index.query.query import Query

__all__ = ["ARTICLES", "SAMPLE", "Asker", "Asking", "PreparedEmbedder", "asked_twice"]


class PreparedEmbedder:
    """Answers from the vectors that `prepare` computed in one batch; other texts go to the embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name, self.dimension = embedder.name, embedder.dimension

    def prepare(self, texts: Sequence[str]) -> None:
        """Embeds these questions; the vectors of those that were prepared before are dropped."""
        # Texts of similar length need the least padding.
        unique = sorted(set(texts), key=len)
        vectors = list(self._embedder.embed_questions(unique)) if unique else []
        self._known = dict(zip(unique, vectors, strict=True))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        if any(text not in self._known for text in texts):
            return self._embedder.embed_questions(texts)
        return np.array([self._known[text] for text in texts], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_passages(texts)


ARTICLES = 10  # ranked articles that are recorded
DEPTHS = (50, 400)  # passages asked for: the second where the first holds fewer than ARTICLES articles
SAMPLE = 100  # questions whose whole answer is timed
CHUNK = 256  # questions whose vectors are computed at once
SEED = 20241126


@dataclass(frozen=True)
class Asking:
    """A question, and whether its right articles are withheld."""

    question: GoldQuestion
    variant: Variant

    @property
    def key(self) -> tuple[str, str]:
        return self.question.id, self.variant


def asked_twice(questions: Sequence[GoldQuestion], remove_gold: bool, known: Collection[str]) -> list[Asking]:
    """Each question, and with `remove_gold` once more without its right articles, where some are left."""
    asked = [Asking(question, "asked") for question in questions]
    if remove_gold:
        asked += [
            Asking(question, "gold-removed")
            for question in questions
            if question.articles and not set(known) <= set(question.articles)
        ]
    return asked


class Asker:
    """Asks one bot.

    `bot` answers with the vectors that `embedder` has prepared; `visited` is the same bot with the bare
    embedder, as visitors meet it: the time of a sample is taken there.
    """

    def __init__(self, bot: Bot, embedder: PreparedEmbedder, visited: Bot) -> None:
        self._bot = bot
        self._embedder = embedder
        self._visited = visited

    def rows(self, asked: Sequence[Asking], todo: Sequence[Asking]) -> Iterator[Row]:
        """The rows of `todo`, a part of `asked`, in order; those that are timed are a sample of `asked`."""
        timed = _sample(asked)
        if any(one.key in timed for one in todo):
            self._visited.ask(todo[0].question.text)  # the first question to a model is slower than others
        for start in range(0, len(todo), CHUNK):
            chunk = todo[start : start + CHUNK]
            meant = [self._bot.meant(one.question.text, one.question.history) for one in chunk]
            self._embedder.prepare([Query(text).embedded for text in meant])
            for one in chunk:
                yield self._row(one, is_timed=one.key in timed)

    def _row(self, one: Asking, is_timed: bool) -> Row:
        latency_ms = self._latency(one.question) if is_timed else None
        withheld = one.question.articles if one.variant == "gold-removed" else ()
        started = perf_counter()
        found = self._find(one.question, withheld)
        return _judged(one, found, _milliseconds(started), latency_ms)

    def _latency(self, question: GoldQuestion) -> float:
        started = perf_counter()
        self._visited.ask(question.text, question.history)
        return _milliseconds(started)

    def _find(self, question: GoldQuestion, withheld: Collection[str]) -> Finding:
        for depth in DEPTHS:
            found = self._bot.find(question.text, question.history, depth=depth, withheld=withheld)
            if len(_ranked(found)) == ARTICLES or len(found.hits) < depth:
                break
        return found


def _sample(asked: Sequence[Asking]) -> set[tuple[str, str]]:
    keys = [one.key for one in asked if one.variant == "asked"]
    return set(random.Random(SEED).sample(keys, min(SAMPLE, len(keys))))


def _ranked(found: Finding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.article.id for hit in found.hits))[:ARTICLES]


def _judged(one: Asking, found: Finding, search_ms: float, latency_ms: float | None) -> Row:
    question, is_asked = one.question, one.variant == "asked"
    texts = [quote.text for quote in found.quotes]
    shown = () if found.verdict == "none" else found.quotes
    is_judged = is_asked and bool(question.answers)
    ranked = _ranked(found)
    is_held = holds_answer(texts, question.answers) if question.answers else None
    answers = _quotes_answer(one, found, is_held)
    answerable = question.answerable if is_asked else None if is_held else False
    return Row(
        id=question.id,
        variant=one.variant,
        question=question.text,
        history=question.history,
        language=question.language or detect_language(question.text),
        category=question.category,
        kind=question.kind,
        answerable=answerable,
        right=question.articles,
        answers=question.answers,
        meant=found.meant.text,
        verdict=found.verdict,
        confidence=found.confidence,
        ranked=ranked,
        rank=first_rank(ranked, question.articles) if is_asked else None,
        quotes=tuple(
            QuotedText(q.article.id, q.article.heading, q.start, q.end, q.text, _mark(q))
            for q in found.quotes
        ),
        answer_in_quotes=is_held if is_asked else None,
        answer_char_recall=answer_recall(texts, question.answers) if question.answers and is_asked else None,
        quotes_answer=answers,
        mark_answers=holds_answer([_mark(shown[0])], question.answers) if shown and is_judged else None,
        padding=fmean(not holds_answer([q.text], question.answers) for q in shown)
        if shown and is_judged
        else None,
        fold=len(_mark(shown[0])) if shown else None,
        hit=_hit(found.verdict, answerable, answers),
        search_ms=search_ms,
        latency_ms=latency_ms,
    )


def _quotes_answer(one: Asking, found: Finding, is_held: bool | None) -> bool | None:
    if one.question.answerable is False:
        return False
    if one.variant == "gold-removed":
        return bool(is_held)
    if is_held is not None or not one.question.articles:
        return is_held
    return any(quote.article.id in one.question.articles for quote in found.quotes)


def _mark(quote: Quote) -> str:
    """Text of the sentence that a face shows first."""
    start, end = quote.marks[0]
    return quote.article.body[start:end]


def _hit(verdict: str, answerable: bool | None, answers: bool | None) -> bool | None:
    if answerable is False:
        return verdict != "answered"
    return None if answers is None else answers and verdict in ("answered", "unsure")


def _milliseconds(started: float) -> float:
    return round(1000 * (perf_counter() - started), 2)
