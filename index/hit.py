"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from corpus.article import Article
from corpus.passages import Passage

__all__ = ["REACH", "Hit", "Sentence", "Signals"]

REACH = 2  # passages before and after a hit whose sentences a quote may take in


@dataclass(frozen=True)
class Signals:
    """What speaks for a passage.

    `dense` is the weighted mean of two inner products of the question's vector, less what all questions
    have in common: with the passage's vector and with that of its nearest sentence. `background` is what
    `dense` is on average over all passages and sentences. `lexical` and `whole` are the BM25 scores
    of the passage and of its article over the sum of the question's idf: 0 where no term is shared,
    .3 or more where the rare ones are. `read` are the re-ranker's log-odds, None where it did not read.
    """

    dense: float
    background: float
    lexical: float
    whole: float
    read: float | None = None


class Sentence(NamedTuple):
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
    sentences: tuple[Sentence, ...]
