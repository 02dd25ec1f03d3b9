"""The index on this machine: FAISS for vectors, arrays for words, SQLite for texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from index.models.embedder import Vectors
from index.store.dense import DenseIndex
from index.store.lexical import LexicalIndex
from index.store.store import Candidates, Numbers, Scores
from index.store.texts import Texts

__all__ = ["LocalStore"]


@dataclass(frozen=True)
class LocalStore:
    """See `index.store.store.Store`."""

    dense: DenseIndex
    sentences: DenseIndex
    passages: LexicalIndex
    articles: LexicalIndex
    texts: Texts
    questions: Vectors

    def candidates(
        self, vector: Vectors, terms: Sequence[str], withheld: Collection[str], depth: int
    ) -> Candidates:
        lexical = _normalised(self.passages, terms)
        whole = _normalised(self.articles, terms)[self.texts.owners]
        matched = lexical + whole
        hidden = np.isin(self.texts.owners, self.texts.positions(withheld))
        depth += int(hidden.sum())
        rows = np.union1d(self.dense.search(vector, depth)[0], _best(matched, depth))
        rows = rows[~hidden[rows]]
        best = float(lexical[~hidden].max(initial=0.0))
        return Candidates(
            rows,
            self.dense.scores(vector, rows),
            self._nearest(vector, rows),
            lexical[rows],
            whole[rows],
            best,
        )

    def nearest(self, vector: Vectors, k: int) -> tuple[Scores, Scores]:
        rows, scores = self.dense.search(vector, k)
        return scores, self._nearest(vector, rows)

    def scores(self, vector: Vectors, rows: Numbers) -> list[Scores]:
        if not len(rows):
            return []
        first = self.texts.first_sentences
        numbers = np.concatenate([np.arange(first[row], first[row + 1]) for row in rows])
        ends = np.cumsum(first[rows + 1] - first[rows])
        return np.split(self.sentences.scores(vector, numbers), ends[:-1])

    def match(self, terms: Sequence[str], position: int | None = None) -> tuple[float, float]:
        scores = _normalised(self.articles, terms)
        return 0.0 if position is None else float(scores[position]), float(scores.max())

    def _nearest(self, vector: Vectors, rows: Numbers) -> Scores:
        """The inner product of each passage's nearest sentence."""
        return np.array([found.max() for found in self.scores(vector, rows)], dtype=np.float32)


def _normalised(index: LexicalIndex, terms: Sequence[str]) -> Scores:
    """BM25 over the sum of the question's idf, so that questions of any length compare."""
    total = sum(index.idf(term) for term in terms)
    return index.scores(terms) / np.float32(total or 1.0)


def _best(scores: Scores, k: int) -> Numbers:
    if len(scores) <= k:
        return np.arange(len(scores))
    return np.argpartition(-scores, k)[:k]
