"""One folder of passages and articles: their vectors, words and texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.models.embedder import Vectors
from index.store.dense import DenseIndex, Hidden
from index.store.lexical import LexicalIndex
from index.store.store import Numbers, Scores
from index.store.text_file import TextFile

__all__ = [
    "ARTICLES",
    "DENSE",
    "LISTS",
    "PASSAGES",
    "QUESTIONS",
    "SENTENCES",
    "TEXTS",
    "Segment",
    "Words",
    "best",
]

DENSE, LISTS, SENTENCES = "passages.npy", "passages.ivf", "sentences.npy"
PASSAGES, ARTICLES = "passages.bm25", "articles.bm25"
TEXTS, QUESTIONS = "texts.sqlite", "questions.npy"

BLOCK = 64
"""Scores whose largest is looked at first: to find the best hundred of a million takes .5 ms and not 8.5."""


class Words(NamedTuple):
    """Scores by words, each of shape (n_passages,): of a passage, of its article, and their sum.

    The sum is -1 where a passage is hidden, its other scores 0.
    """

    lexical: Scores
    whole: Scores
    matched: Scores


@dataclass(frozen=True)
class Segment:
    """Vectors, words and texts of one folder; it never changes. Rows and positions count from its first."""

    dense: DenseIndex
    sentences: DenseIndex
    passages: LexicalIndex
    articles: LexicalIndex
    texts: TextFile

    @classmethod
    def load(cls, folder: Path, texts: TextFile) -> Segment:
        """Raises OSError, EOFError, ValueError or RuntimeError where a file is not as it was written."""
        return cls(
            DenseIndex.load(folder / DENSE, folder / LISTS),
            DenseIndex.load(folder / SENTENCES),
            LexicalIndex.load(folder / PASSAGES),
            LexicalIndex.load(folder / ARTICLES),
            texts,
        )

    def words(
        self,
        terms: Sequence[str],
        idf: tuple[Callable[[str], float], Callable[[str], float]],
        hidden: Hidden | None,
    ) -> Words:
        """Scores by words with the weights of terms among passages, and among articles."""
        lexical = self.passages.scores(terms, idf[0])
        whole = np.take(self.articles.scores(terms, idf[1]), self.texts.owners)
        matched = lexical + whole
        if hidden is not None:
            lexical[hidden.rows] = whole[hidden.rows] = 0
            matched[hidden.rows] = -1
        return Words(lexical, whole, matched)

    def nearest(self, vector: Vectors, rows: Numbers) -> Scores:
        """The inner product of each passage's nearest sentence, shape (n_rows,)."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        scores, lengths = self._sentence_scores(vector, rows)
        return np.maximum.reduceat(scores, np.cumsum(lengths) - lengths)

    def scores(self, vector: Vectors, rows: Numbers) -> list[Scores]:
        """For each passage the inner products with its sentences' vectors."""
        if not len(rows):
            return []
        scores, lengths = self._sentence_scores(vector, rows)
        return np.split(scores, np.cumsum(lengths)[:-1])

    def _sentence_scores(self, vector: Vectors, rows: Numbers) -> tuple[Scores, Numbers]:
        firsts = self.texts.first_sentences[rows]
        lengths = self.texts.first_sentences[rows + 1] - firsts
        numbers = np.repeat(firsts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        return self.sentences.scores(vector, numbers), lengths


def best(scores: Scores, k: int) -> Numbers:
    """The rows of the k largest scores above 0; where there are no more than k, of all that are not below."""
    if len(scores) <= k:
        return np.flatnonzero(scores >= 0)
    whole = len(scores) // BLOCK * BLOCK
    tops = np.append(scores[:whole].reshape(-1, BLOCK).max(axis=1), scores[whole:].max(initial=0))
    least = np.partition(tops, -k)[-k] if len(tops) > k else np.float32(0)
    rows = np.flatnonzero(scores >= max(least, np.finfo(np.float32).tiny))
    return rows[np.argpartition(-scores[rows], k)[:k]] if len(rows) > k else rows
