"""A search hit, its sentences and signals, and the span of it to quote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.article import Article
from corpus.passages import Passage
from index.query.query import Query
from index.terms import terms

__all__ = ["REACH", "Hit", "MatchedSentence", "Signals", "best_span", "best_window", "relevance"]

REACH = 2  # passages before and after a hit whose sentences a quote may take in


@dataclass(frozen=True)
class Signals:
    """Scores of a passage before and after fusion.

    `dense` is the weighted mean of two inner products of the question's vector, less what all questions
    have in common: with the passage's vector and with that of its nearest sentence. `background` is what
    the best passage gets from an everyday question that has no answer here. `lexical` and `whole` are the
    BM25 scores of the passage and of its article over the sum of the question's idf: 0 where no term is
    shared, .3 or more where the rare ones are. `read` are the re-ranker's log-odds, None where it did
    not read.
    """

    dense: float
    background: float
    lexical: float
    whole: float
    read: float | None = None


class MatchedSentence(NamedTuple):
    """`article.body[start:end]`, the inner product of its vector with the question's, and whether the
    hit's own passage holds it."""

    start: int
    end: int
    cosine: float
    is_own: bool


@dataclass(frozen=True)
class Hit:
    """A passage with its article, its fused score and what that is made of.

    `sentences` are the passage's and, in reading order with them, those of up to REACH passages
    before and after it under the same subhead.
    """

    article: Article
    passage: Passage
    score: float
    signals: Signals
    sentences: tuple[MatchedSentence, ...]


COSINE_WEIGHT = 6.0
"""Of a sentence's cosine beside the share of terms; 3 does worse (docs/measurements.md, Constants)."""


def relevance(
    query: Query, hit: Hit, idf: Callable[[str], float], aside: Collection[str] = ()
) -> list[float]:
    """Relevance of each of the hit's sentences: shared terms by idf, 0 to 1, and the cosine.

    Terms that are `aside` do not count.
    """
    weights = {term: idf(term) for term in set(query.terms).difference(aside)}
    total = sum(weights.values()) or 1.0
    return [
        sum(weights.get(term, 0.0) for term in set(terms(hit.article.body[sentence.start : sentence.end])))
        / total
        + COSINE_WEIGHT * sentence.cosine
        for sentence in hit.sentences
    ]


def best_span(
    sentences: Sequence[MatchedSentence], fit: Sequence[float], free: Sequence[bool], best: int, room: int
) -> tuple[int, int]:
    """First and last sentence of a run: the best one, and the better free neighbour while there is room.

    `room` is in characters; `fit` says how well each sentence fits.
    """
    first = last = best
    while neighbours := [
        i
        for i in (first - 1, last + 1)
        if 0 <= i < len(sentences)
        and free[i]
        and sentences[max(i, last)].end - sentences[min(i, first)].start <= room
    ]:
        chosen = max(neighbours, key=fit.__getitem__)
        first, last = min(first, chosen), max(last, chosen)
    return first, last


def best_window(query: Query, hit: Hit, idf: Callable[[str], float], room: int) -> str:
    """The text of the best run of the passage's own sentences, at most `room` characters or one sentence."""
    fit = relevance(query, hit, idf)
    own = [sentence.is_own for sentence in hit.sentences]
    best = max((i for i, is_own in enumerate(own) if is_own), key=fit.__getitem__)
    first, last = best_span(hit.sentences, fit, own, best, room)
    return hit.article.body[hit.sentences[first].start : hit.sentences[last].end]
