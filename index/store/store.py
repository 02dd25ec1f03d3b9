"""The seam between search and index: what a question needs, wherever the index lies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors
from index.store.texts import Texts

__all__ = ["Candidates", "Frequencies", "Numbers", "Scores", "Store"]

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]


class Frequencies(Protocol):
    """Document frequencies of terms among the passages, or among the articles."""

    def __len__(self) -> int:
        """The number of texts."""

    def frequency(self, term: str) -> int:
        """The number of texts that hold a term."""

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + .5) / (df + .5)), Lucene's weight; the largest for an unknown term."""


class Candidates(NamedTuple):
    """Passages that may answer, by their rows in order; each array of shape (n_candidates,).

    `passages` and `sentences` are the inner products of the question's vector with a passage's and with that
    of its nearest sentence; `lexical` and `whole` the BM25 scores of a passage and of its article over the
    sum of the question's idf. `best_lexical` is the largest `lexical` of all passages that are shown.
    """

    rows: Numbers
    passages: Scores
    sentences: Scores
    lexical: Scores
    whole: Scores
    best_lexical: float


class Store(Protocol):
    """A published index as search sees it; it never changes, and several threads may ask it.

    A passage is known by its row, an article by its position. `candidates` gives the union of the best by
    vectors and the best by words, with every score that `index.search` fuses; nothing else is read for a
    question but `scores` of the few passages that are shown, their texts, and the document frequencies of
    terms, which must be at hand: spelling asks for them many times a question. Articles are withheld by their
    ids: as if they were not there. Vectors of length 1 are expected, so that a score is a cosine.
    """

    @property
    def texts(self) -> Texts: ...

    @property
    def passages(self) -> Frequencies: ...

    @property
    def articles(self) -> Frequencies: ...

    @property
    def questions(self) -> Vectors:
        """The vectors of what editors have put to the articles, see `Texts.questions`."""

    def candidates(
        self, vector: Vectors, terms: Sequence[str], withheld: Collection[str], depth: int
    ) -> Candidates:
        """The `depth` best passages by vector and by words together; none where all are withheld."""

    def nearest(self, vector: Vectors, k: int) -> tuple[Scores, Scores]:
        """`passages` and `sentences` as in Candidates, of the k passages nearest to a vector."""

    def scores(self, vector: Vectors, rows: Numbers) -> list[Scores]:
        """For each passage the inner products with its sentences' vectors."""

    def match(self, terms: Sequence[str], position: int | None = None) -> tuple[float, float]:
        """`whole` of an article (0 without one), and of the article that holds most of the terms."""
