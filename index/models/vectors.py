"""Vectors of texts, and the one of a text that was embedded in parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Vectors", "mean_by_text"]

Vectors = NDArray[np.float32]
"""Shape (n_texts, dimension); rows have length 1, so that an inner product is the cosine."""


def mean_by_text(vectors: Vectors, counts: Sequence[int]) -> Vectors:
    """One vector of length 1 for each text of counts[i] parts; bfloat16 leaves lengths of .997 to 1.003."""
    if not counts:
        return vectors
    starts = np.cumsum([0, *counts[:-1]])
    sums = np.add.reduceat(vectors, starts, axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-12), dtype=np.float32)
