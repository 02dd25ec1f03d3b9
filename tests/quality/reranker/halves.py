"""Re-rankers that are new to what they read: each half of the news is asked of what learned the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.evaluate.question import Question
from index.bundled_reranker import WEIGHTS, BundledReranker
from index.hub import ModelThread, native_precision
from tests.quality.reranker.pairs import half

__all__ = ["NEWS", "Halves", "weights_without"]

NEWS = "ncp-dev"
"""The question set that is learned last, in halves too: what most publishers have is like it."""


def weights_without(state: Path, left_out: int) -> Path:
    """Where the training leaves the weights of a re-ranker that has not read that half of the news."""
    return state / "reranker" / f"without-{left_out}.safetensors"


class Halves:
    """A `Reranker` that reads with the weights that `turn_to` chose last."""

    name = "halves"

    def __init__(self, state: Path, thread: ModelThread, news: Sequence[Question]) -> None:
        """`news` are NEWS's questions. Raises FileNotFoundError where `state` has no weights for them."""
        self._half = {question.id: half(question.articles[0]) for question in news}
        paths = {None: WEIGHTS, 0: weights_without(state, 0), 1: weights_without(state, 1)}
        self._rerankers = {
            left_out: BundledReranker(state, native_precision(), thread, path)
            for left_out, path in paths.items()
        }
        self._turned_to: int | None = None

    def turn_to(self, question: Question) -> None:
        """From now on reads with weights that have not learned from this question of the news."""
        self._turned_to = self._half.get(question.id)

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See index.reranker.Reranker."""
        return self._rerankers[self._turned_to].logits(question, texts)
