"""BM25 over folded terms. The one importer of bm25s."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.folding import terms

__all__ = ["LexicalIndex"]

logging.getLogger(bm25s.__name__).setLevel(logging.NOTSET)  # it asks for debugging when it is imported


class LexicalIndex:
    """BM25 in Lucene's form (Kamphuis et al. 2020), k1 1.5 and b .75, over `folding.terms`."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25
        self._frequencies = np.diff(bm25.scores["indptr"])
        self._count = int(bm25.scores["num_docs"])

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Indexes texts in the given order; there must be at least one term among them."""
        bm25 = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
        bm25.index([terms(text) for text in texts], show_progress=False)
        return cls(bm25)

    def save(self, folder: Path) -> None:
        self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Raises OSError or ValueError where the files are not as they were written."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def __len__(self) -> int:
        return self._count

    def scores(self, question_terms: list[str]) -> NDArray[np.float32]:
        """Shape (n_texts,): the BM25 score of each text, 0 where no term is shared."""
        known = self._bm25.get_tokens_ids(question_terms)
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(known), dtype=np.float32)

    def frequency(self, term: str) -> int:
        """How many of the texts hold the term."""
        token = self._bm25.vocab_dict.get(term)
        return 0 if token is None else int(self._frequencies[token])

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + .5) / (df + .5)), Lucene's weight; the largest for an unknown term."""
        df = self.frequency(term)
        return math.log1p((self._count - df + 0.5) / (df + 0.5))
