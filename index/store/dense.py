"""The vectors of passages and sentences. The one importer of faiss."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors
from index.store.arrays import read_array, write_pieces

__all__ = ["DenseIndex", "Hidden", "is_large"]

CHUNK = 16_384  # vectors that are copied at a time: 25 MB of 384 dimensions

LARGE = 50_000
"""Passages from which on vectors are kept in half precision and looked for in lists: below, to compare all is
as fast (docs/measurements.md, A million passages)."""
MOST_LISTS = 2048
TRAINED_ON = 64  # vectors a list
PROBED = 128
"""Lists that are looked into. Of 100,000 passages 64 of them hold .966 of the ten nearest and .92 of the
hundred, 128 .990 and .97, in .7 ms for .5 (docs/measurements.md, A million passages)."""
RESCORED = 400  # the best of them that are compared once more, exactly

THREADS = 1
"""More wait for each other by spinning: on two busy cores a search of 20,000 vectors took two threads 11 to
17 ms of processor time, and 26 to 63 ms; one thread 1.5 to 2, and 5 to 7. BLAS's threads do the same."""


def is_large(n_passages: int) -> bool:
    """Whether an index of so many passages is kept as a large one, see LARGE."""
    return n_passages >= LARGE


class Hidden:
    """Passages of one index that are as if they were not there; made once for many questions."""

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        """`mask`, shape (n_passages,), is true where one is hidden."""
        self.rows = np.flatnonzero(mask)
        self._shown = np.packbits(~mask, bitorder="little")
        selector: Any = faiss.IDSelectorBitmap  # the stubs know of none that is made of an array
        self.selector = selector(self._shown)


class DenseIndex:
    """Inner-product search; with vectors of length 1 a score is the cosine, -1 to 1.

    It is exact but for LARGE indexes, where the lists of a quantiser (IVF, Jegou et al. 2011; 8 bits a
    dimension) choose what is compared exactly: of the ten best they find .99.
    """

    def __init__(self, vectors: NDArray[Any], lists: Any = None) -> None:
        """`vectors` are of float32, or of float16 where there are lists."""
        self._vectors, self._lists = vectors, lists

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        return cls(np.ascontiguousarray(vectors, dtype=np.float32))

    def save(self, path: Path) -> None:
        """Raises OSError where it cannot be written."""
        self.write(path, self, np.arange(len(self)), self._vectors[:0], large=False)

    @classmethod
    def write(
        cls, path: Path, former: DenseIndex | None, sources: NDArray[np.int64], new: Vectors, large: bool
    ) -> None:
        """Writes vectors: number i is that of `former` at sources[i], or where that is negative
        new[-1 - sources[i]]. Of a large index they are of half precision. Raises OSError."""

        def pieces() -> Iterator[NDArray[Any]]:
            for start in range(0, len(sources), CHUNK):
                part = sources[start : start + CHUNK]
                vectors = np.empty((len(part), new.shape[1]), dtype=np.float32)
                vectors[part < 0] = new[-1 - part[part < 0]]
                if former is not None:
                    vectors[part >= 0] = former._vectors[part[part >= 0]]
                yield vectors

        dtype = np.float16 if large else np.float32
        write_pieces(path, (len(sources), new.shape[1]), dtype, pieces())

    @classmethod
    def write_lists(cls, path: Path, of: Path) -> None:
        """Writes the lists of a large index whose vectors were written to `of`. Raises OSError."""
        vectors = cls.load(of)._vectors
        count, dimension = vectors.shape
        n_lists = max(1, min(MOST_LISTS, int(4 * sqrt(count)), count // TRAINED_ON))
        index = faiss.index_factory(dimension, f"IVF{n_lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        sample = np.random.default_rng(0).choice(count, min(count, n_lists * TRAINED_ON), replace=False)
        index.train(vectors[np.sort(sample)].astype(np.float32))
        for start in range(0, count, CHUNK):
            index.add(vectors[start : start + CHUNK].astype(np.float32))
        try:
            faiss.write_index(index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written: {error}") from error

    @classmethod
    def load(cls, path: Path, lists: Path | None = None) -> DenseIndex:
        """Raises OSError, EOFError, ValueError or RuntimeError where a file is not as it was written."""
        vectors = read_array(path)
        if vectors.ndim != 2 or vectors.dtype not in (np.float16, np.float32):
            raise ValueError(f"{path} holds no vectors")
        if lists is None or not lists.exists():
            return cls(vectors)
        index: Any = faiss.read_index(str(lists), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        if index.ntotal != len(vectors):
            raise ValueError(f"{lists} is of other vectors than {path}")
        inverted: Any = faiss.downcast_InvertedLists(index.invlists)
        inverted.prefetch_nthread = 0  # it would make threads for every question
        return cls(vectors, index)

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    def search(
        self, vector: Vectors, k: int, hidden: Hidden | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids and scores, each of shape (min(k, n_shown),), best first; `vector` has shape (dimension,)."""
        faiss.omp_set_num_threads(THREADS)  # it counts for the thread that says it
        if self._lists is not None:
            return self._listed(vector, k, hidden)
        among = min(k + (len(hidden.rows) if hidden else 0), len(self))
        if not among:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores, ids = faiss.knn(vector[None, :], self._vectors, among, metric=faiss.METRIC_INNER_PRODUCT)
        shown = ~np.isin(ids[0], hidden.rows) if hidden else np.ones(among, dtype=np.bool_)
        return ids[0][shown][:k], scores[0][shown][:k]

    def _listed(
        self, vector: Vectors, k: int, hidden: Hidden | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        parameters: Any = faiss.SearchParametersIVF
        chosen = parameters(nprobe=PROBED, sel=hidden.selector if hidden else None)
        found = self._lists.search(vector[None, :], max(k, RESCORED), params=chosen)[1][0]
        ids = np.sort(found[found >= 0])
        scores = self.scores(vector, ids)
        best = np.argsort(-scores, kind="stable")[:k]
        return ids[best], scores[best]

    def scores(self, vector: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages `ids`, shape (n_ids,)."""
        near = self._vectors[ids].astype(np.float32, copy=False)
        return np.asarray(np.einsum("nd,d->n", near, vector), dtype=np.float32)  # a product would go to BLAS
