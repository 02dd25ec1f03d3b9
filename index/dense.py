"""The vectors of passages. The one importer of faiss."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedder import Vectors

__all__ = ["DenseIndex"]


class DenseIndex:
    """Exact inner-product search; with vectors of length 1 a score is the cosine, -1 to 1."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Raises RuntimeError where the file is not one that `save` wrote."""
        return cls(faiss.read_index(str(path)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def mean(self) -> Vectors:
        """The mean of all vectors, shape (dimension,)."""
        return np.asarray(self._index.reconstruct_n(0, len(self)).mean(axis=0), dtype=np.float32)

    def search(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids and scores, each of shape (min(k, n),), best first, for a vector of shape (dimension,)."""
        scores, ids = self._index.search(vector[None, :], min(k, len(self)))
        return ids[0], scores[0]

    def scores(self, vector: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages `ids`, shape (n_ids,)."""
        return np.asarray(self._index.reconstruct_batch(ids) @ vector, dtype=np.float32)
