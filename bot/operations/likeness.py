"""Clustering of questions: each joins the group whose first question is nearest, if that is near enough."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALIKE", "Leaders"]

ALIKE = 0.94
"""Cosine from which two questions are taken for the same; of 18,063 pairs of people's own questions about
different things two are that near (bundled model)."""


class Leaders:
    """The vectors of the questions that began a group, by the group's number, in growing order."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._vectors: NDArray[np.float32] = np.empty((0, 0), np.float32)

    @property
    def last(self) -> int:
        """The largest number, 0 where there is none."""
        return self._ids[-1] if self._ids else 0

    def add(self, group_id: int, vector: bytes) -> None:
        """`vector` as `packed` gives it; an unlike length begins anew: another model makes others."""
        unpacked = np.frombuffer(vector, np.float16).astype(np.float32)
        if self._vectors.shape[1:] != unpacked.shape:
            self._ids, self._vectors = [], np.empty((0, len(unpacked)), np.float32)
        count = len(self._ids)
        if count == len(self._vectors):  # room for as many again
            more = np.empty((max(count, 64), len(unpacked)), np.float32)
            self._vectors = np.concatenate([self._vectors, more])
        self._vectors[count] = unpacked
        self._ids.append(group_id)

    def nearest(self, vector: NDArray[np.float32]) -> int:
        """The group that the vector belongs to, 0 where none is near enough."""
        if not self._ids or self._vectors.shape[1:] != vector.shape:
            return 0
        nearness = self._vectors[: len(self._ids)] @ vector
        best = int(nearness.argmax())
        return self._ids[best] if nearness[best] >= ALIKE else 0


def packed(vector: NDArray[np.float32]) -> bytes:
    """A vector as it is kept, two bytes a number."""
    return vector.astype(np.float16).tobytes()
