"""The index on this machine: FAISS for vectors, arrays for words, SQLite for texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors
from index.store.dense import Hidden
from index.store.lexical import LexicalIndex, idf_of
from index.store.segment import Segment, Words, best
from index.store.store import Candidates, Numbers, Scores
from index.store.texts import Texts

__all__ = ["LocalStore"]

MASKS = 8  # sets of withheld articles that are remembered

Number = TypeVar("Number", np.float32, np.int64)


@dataclass(frozen=True)
class _Frequencies:
    """Of the terms of all segments together; what is gone counts until they are merged."""

    parts: tuple[LexicalIndex, ...]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def frequency(self, term: str) -> int:
        return sum(part.frequency(term) for part in self.parts)

    def idf(self, term: str) -> float:
        return idf_of(self.frequency(term), len(self))

    def weights(self, terms: Sequence[str]) -> Callable[[str], float]:
        """idf over the sum of the question's, so that questions of any length compare."""
        idf = cache(self.idf)
        total = sum(map(idf, terms)) or 1.0
        return lambda term: idf(term) / total


class LocalStore:
    """See `index.store.store.Store`: one segment, or a large one and a small one of what is newer."""

    def __init__(self, segments: Sequence[Segment], texts: Texts, questions: Vectors) -> None:
        self.segments, self.texts, self.questions = tuple(segments), texts, questions
        self.passages = _Frequencies(tuple(segment.passages for segment in segments))
        self.articles = _Frequencies(tuple(segment.articles for segment in segments))
        self._firsts = np.cumsum([0, *(len(segment.dense) for segment in segments)])
        self._hidden = lru_cache(MASKS)(partial(_hidden, texts, self._firsts.tolist()))

    def candidates(
        self, vector: Vectors, terms: Sequence[str], withheld: Collection[str], depth: int
    ) -> Candidates:
        hidden = self._hidden(frozenset(withheld))
        words = self._words(terms, hidden)
        by_words = [best(one.matched, depth) for one in words]
        matched = [one.matched[rows] for one, rows in zip(words, by_words, strict=True)]
        rows = np.union1d(self._near(vector, depth, hidden)[0], self._top(by_words, matched, depth)[0])
        parts = self._split(rows)
        of_segments = list(zip(self.segments, words, parts, strict=True))
        return Candidates(
            rows,
            _joined(segment.dense.scores(vector, own) for segment, _, own in of_segments),
            _joined(segment.nearest(vector, own) for segment, _, own in of_segments),
            _joined(one.lexical[own] for _, one, own in of_segments),
            _joined(one.whole[own] for _, one, own in of_segments),
            max(float(one.lexical.max(initial=0.0)) for one in words),
        )

    def nearest(self, vector: Vectors, k: int) -> tuple[Scores, Scores]:
        rows, scores = self._near(vector, k, self._hidden(frozenset()))
        order = np.argsort(rows)
        near = (
            s.nearest(vector, own) for s, own in zip(self.segments, self._split(rows[order]), strict=True)
        )
        return scores[order], _joined(near)

    def scores(self, vector: Vectors, rows: Numbers) -> list[Scores]:
        return [
            found
            for segment, own in zip(self.segments, self._split(rows), strict=True)
            for found in segment.scores(vector, own)
        ]

    def match(self, terms: Sequence[str], position: int | None = None) -> tuple[float, float]:
        weights = self.articles.weights(terms)
        scores = _joined(segment.articles.scores(terms, weights) for segment in self.segments)
        scores[self.texts.gone] = 0
        return 0.0 if position is None else float(scores[position]), float(scores.max())

    def _words(self, terms: Sequence[str], hidden: Sequence[Hidden | None]) -> list[Words]:
        weights = self.passages.weights(terms), self.articles.weights(terms)
        return [
            segment.words(terms, weights, mask) for segment, mask in zip(self.segments, hidden, strict=True)
        ]

    def _near(self, vector: Vectors, k: int, hidden: Sequence[Hidden | None]) -> tuple[Numbers, Scores]:
        """Rows and scores of the k passages nearest to a vector."""
        found = [s.dense.search(vector, k, mask) for s, mask in zip(self.segments, hidden, strict=True)]
        return self._top([rows for rows, _ in found], [scores for _, scores in found], k)

    def _top(self, rows: Sequence[Numbers], scores: Sequence[Scores], k: int) -> tuple[Numbers, Scores]:
        """The k best of what the segments found, by the rows of all."""
        moved = _joined(own + first for own, first in zip(rows, self._firsts[:-1], strict=True))
        together = _joined(scores)
        chosen = np.argsort(-together, kind="stable")[:k]
        return moved[chosen], together[chosen]

    def _split(self, rows: Numbers) -> list[Numbers]:
        """Rows in order, as each segment counts them."""
        edges = np.searchsorted(rows, self._firsts)
        return [
            rows[start:end] - first
            for start, end, first in zip(edges[:-1], edges[1:], self._firsts[:-1], strict=True)
        ]


def _hidden(texts: Texts, firsts: Sequence[int], withheld: frozenset[str]) -> list[Hidden | None]:
    """What is withheld or gone of each segment, None where nothing is."""
    mask = np.zeros(firsts[-1], dtype=np.bool_)
    mask[texts.rows_of([*texts.gone.tolist(), *texts.positions(withheld)])] = True
    parts = [mask[first:end] for first, end in pairwise(firsts)]
    return [Hidden(part) if part.any() else None for part in parts]


def _joined(parts: Iterable[NDArray[Number]]) -> NDArray[Number]:
    found = list(parts)
    return found[0] if len(found) == 1 else np.concatenate(found)
