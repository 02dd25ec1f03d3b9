"""Classifier of a visitor's line by its vector: somebody in need, idle talk, or a question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from corpus.sentences import sentences
from index.models.embedder import Vectors
from index.query.query import Query
from index.search import Searcher

__all__ = ["IDLE", "ORDINARY", "SHIPPED", "LineKinds", "Lines"]

SHIPPED = Path(__file__).with_name("line_kinds.json")
ORDINARY, IDLE = "ordinary", "idle"
"""The kinds of a question, and of what asks nothing of articles; the others are the ids of cards."""

SENTENCE_ENOUGH = 0.9
"""The probability from which on one sentence of a longer line tells what the line is."""


@dataclass(frozen=True)
class LineKinds:
    """A softmax regression on a line's vector; bot/evaluate/fit_line_kinds.py fits it.

    `weights` has the shape (dimension, n_kinds), `biases` (n_kinds,). `model` is the name of the model whose
    vectors it was fitted to, without the precision in which that computes.
    """

    model: str
    names: tuple[str, ...]
    weights: Vectors
    biases: Vectors

    @classmethod
    def load(cls, model: str, path: Path = SHIPPED) -> Self | None:
        """The shipped one; None for vectors of another model, of which it knows nothing."""
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["model"] != model.partition("+")[0]:
            return None
        weights, biases = (np.asarray(values[name], dtype=np.float32) for name in ("weights", "biases"))
        return cls(values["model"], tuple(values["names"]), weights, biases)

    def of(self, vector: Vectors) -> Mapping[str, float]:
        """The probability, 0 to 1, of each kind for a line's vector, shape (dimension,)."""
        scores = vector @ self.weights + self.biases
        likely = np.exp(scores - scores.max())
        return dict(zip(self.names, (likely / likely.sum()).tolist(), strict=True))


class Lines:
    """Tells the kinds of lines with a searcher's model; may be used from several threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._kinds = LineKinds.load(searcher.model)

    def likely(self, line: Query) -> Mapping[str, float]:
        """How likely a line is of each kind, or surely one of its sentences; {} for an unknown model."""
        if self._kinds is None:
            return {}
        whole, parts = self._kinds.of(self._vector(line.text)), self._sentences(line.text)
        found = [self._kinds.of(self._vector(text)) for text in parts]
        return {
            kind: max(chance, *(part[kind] for part in found if part[kind] >= SENTENCE_ENOUGH), 0.0)
            for kind, chance in whole.items()
        }

    def _vector(self, text: str) -> Vectors:
        return self._searcher.vector(Query(text))

    def _sentences(self, text: str) -> list[str]:
        found = [text[start:end] for start, end in sentences(text)]
        return found if len(found) > 1 else []
