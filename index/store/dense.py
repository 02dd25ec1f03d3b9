"""The vectors of passages. The one importer of faiss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors

__all__ = ["DenseIndex"]

CHUNK = 65_536  # vectors that are copied at a time: 100 MB of 384 dimensions

THREADS = 1
"""More wait for each other by spinning: on two busy cores a search of 20,000 vectors took two threads 11 to
17 ms of processor time, and 26 to 63 ms; one thread 1.5 to 2, and 5 to 7. BLAS's threads do the same."""


class DenseIndex:
    """Exact inner-product search; with vectors of length 1 a score is the cosine, -1 to 1."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    @classmethod
    def merged(cls, former: DenseIndex | None, sources: NDArray[np.int64], new: Vectors) -> DenseIndex:
        """Vector i is that of `former` at sources[i], or where that is negative new[-1 - sources[i]]."""
        index = faiss.IndexFlatIP(new.shape[1])
        for start in range(0, len(sources), CHUNK):
            part = sources[start : start + CHUNK]
            vectors = np.empty((len(part), new.shape[1]), dtype=np.float32)
            vectors[part < 0] = new[-1 - part[part < 0]]
            if former is not None:
                vectors[part >= 0] = former._vectors()[part[part >= 0]]
            index.add(vectors)
        return cls(index)

    def save(self, path: Path) -> None:
        """Raises OSError where it cannot be written."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written: {error}") from error

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Raises RuntimeError where the file is not one that `save` wrote."""
        return cls(faiss.read_index(str(path)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def _vectors(self) -> Vectors:
        """All vectors, shape (n, dimension), where they lie: copied they would fill the memory twice."""
        count = len(self) * self.dimension
        return np.asarray(faiss.rev_swig_ptr(self._index.get_xb(), count)).reshape(-1, self.dimension)

    def mean(self) -> Vectors:
        """The mean of all vectors, shape (dimension,)."""
        return np.asarray(self._vectors().mean(axis=0), dtype=np.float32)

    def search(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids and scores, each of shape (min(k, n),), best first, for a vector of shape (dimension,)."""
        faiss.omp_set_num_threads(THREADS)  # it counts for the thread that says it
        scores, ids = self._index.search(vector[None, :], min(k, len(self)))
        return ids[0], scores[0]

    def scores(self, vector: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages `ids`, shape (n_ids,)."""
        found = np.einsum("nd,d->n", self._vectors()[ids], vector)  # a matrix product would go to BLAS
        return np.asarray(found, dtype=np.float32)
