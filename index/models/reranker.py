"""A question and a text read together: how well the text answers it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from index.models.bundled_reranker import BundledReranker
from index.models.loading import BUNDLED, NO_RERANKER, ModelThread, cross_encoder, native_precision
from index.terms import Script

__all__ = ["Reranker", "load_reranker"]

SURE = 1e-6  # how near to 0 or 1 a probability is taken


class Reranker(Protocol):
    """Interface of a re-ranking model."""

    name: str
    scripts: frozenset[Script]
    """Of the questions that it reads texts for."""

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n_texts,): the log-odds that each text answers the question."""


def load_reranker(model: str, state: Path, thread: ModelThread) -> Reranker | None:
    """The model that the setting names: "bundled", "none", a folder, or a hub name.

    A cross-encoder computes in `thread`. Raises ModelError.
    """
    if model == NO_RERANKER:
        return None
    if model == BUNDLED:
        return BundledReranker(state)
    return CrossEncoderReranker(model, thread)


class CrossEncoderReranker:
    """A cross-encoder of one label, as sentence-transformers loads it."""

    scripts: frozenset[Script] = frozenset(get_args(Script))

    def __init__(self, model: str, thread: ModelThread) -> None:
        self.name = model
        self._thread = thread
        self._model = thread.run(cross_encoder, model, native_precision())

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Reranker."""
        pairs = [(question, text) for text in texts]
        found = self._thread.run(self._model.predict, pairs, show_progress_bar=False)
        odds = np.clip(np.asarray(found, dtype=np.float64), SURE, 1 - SURE)
        return np.log(odds / (1 - odds)).astype(np.float32)
