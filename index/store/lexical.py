"""BM25 over folded terms: an inverted index of impacts in arrays that are read where they lie on disk."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from index.store.arrays import read_array, write_array
from index.terms import terms

__all__ = ["LexicalIndex", "Postings", "idf_of", "joined", "key_of"]

K1, B = 1.5, 0.75
MOST = np.iinfo(np.uint16).max  # a term that is counted so often scores as if it were counted for ever
AT_ONCE = 20_000  # texts that are counted together, and
POSTINGS = 4_000_000  # postings that are moved together: what either takes of memory stays below 300 MB

Numbers = NDArray[np.int64]


class Postings(NamedTuple):
    """Texts and counts term by term: those of keys[i] stand from starts[i] to starts[i + 1]; keys ascend."""

    keys: NDArray[np.uint64]
    starts: Numbers
    texts: NDArray[np.int32]
    counts: NDArray[np.uint16]


class LexicalIndex:
    """BM25 in Lucene's form (Kamphuis et al. 2020), k1 1.5 and b .75, over `folding.terms`.

    Kept are impacts (Anh et al. 2001): what a term counts for a text but for its idf. A term is known by 64
    bits of its BLAKE2b: of a million terms two are taken for one with a probability of 3e-8, and nothing has
    to be parsed when an index is loaded.
    """

    def __init__(
        self,
        postings: Postings,
        lengths: NDArray[np.int32],
        average: float | None = None,
        impacts: NDArray[Any] | None = None,
    ) -> None:
        """`average` is the mean of `lengths`, or that of an index which this one is searched beside."""
        self._postings, self._lengths = postings, lengths
        self.average = average if average is not None else float(lengths.mean()) if len(lengths) else 1.0
        self._impacts = _impacts(postings, lengths, self.average) if impacts is None else impacts
        self._scale = 1 / MOST if self._impacts.dtype == np.uint16 else 1.0

    @classmethod
    def build(cls, texts: Sequence[str], average: float | None = None) -> LexicalIndex:
        """Indexes texts in the given order."""
        return cls(_NONE, np.zeros(0, np.int32)).changed(
            np.zeros(0, np.int64), texts, np.arange(len(texts)), average
        )

    def changed(
        self, places: Numbers, texts: Sequence[str], new_places: Numbers, average: float | None = None
    ) -> LexicalIndex:
        """The index of other texts, of which this one holds many.

        places[i] is where this index's text i stands in the new one, -1 where it is gone;
        new_places[j] is where texts[j] stands. Together they fill 0 to n - 1.
        """
        lengths = np.empty(int((places >= 0).sum()) + len(texts), dtype=np.int32)
        lengths[places[places >= 0]] = self._lengths[places >= 0]
        parts = [_moved(self._postings, places)]
        for first in range(0, len(texts), AT_ONCE):
            at = new_places[first : first + AT_ONCE]
            counted, lengths[at] = _counted(texts[first : first + AT_ONCE])
            parts.append(counted._replace(texts=at[counted.texts].astype(np.int32)))
        return LexicalIndex(joined(parts), lengths, average)

    def save(self, folder: Path, is_large: bool = False) -> None:
        """Writes a new folder; the impacts of a large index as 16 bits. Raises OSError."""
        folder.mkdir()
        for name, values in self._postings._asdict().items():
            write_array(folder / f"{name}.npy", values)
        write_array(folder / "lengths.npy", self._lengths)
        write_array(folder / "average.npy", np.array([self.average]))
        impacts = np.rint(self._impacts * np.float32(MOST)).astype(np.uint16) if is_large else self._impacts
        write_array(folder / "impacts.npy", impacts)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Raises OSError, EOFError or ValueError where `save` has not written it."""
        held = {name: read_array(folder / f"{name}.npy") for name in (*Postings._fields, *OTHERS)}
        postings = Postings(*(held[name] for name in Postings._fields))
        return cls(postings, held["lengths"], float(held["average"][0]), held["impacts"])

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def has_terms(self) -> bool:
        return len(self._postings.texts) > 0

    def scores(
        self, question_terms: Sequence[str], idf: Callable[[str], float] | None = None
    ) -> NDArray[np.float32]:
        """The BM25 score of each text, 0 where no term is shared; by another `idf`, where one is given.

        Shape (n_texts,).
        """
        weights: list[float] = []
        spans: list[slice] = []
        for term, times in Counter(question_terms).items():
            start, end = self._span(term)
            if end > start:
                weights.append((idf or self.idf)(term) * times * self._scale)
                spans.append(slice(start, end))
        if not spans:
            return np.zeros(len(self), dtype=np.float32)
        starts = np.cumsum([0, *(span.stop - span.start for span in spans)], dtype=np.int32)
        texts = np.concatenate([self._postings.texts[span] for span in spans])
        impacts = np.concatenate([self._impacts[span] for span in spans]).astype(np.float32, copy=False)
        # A column a term: the product runs over the postings in C.
        matrix = csc_array((impacts, texts, starts), shape=(len(self), len(spans)))
        return np.asarray(matrix @ np.array(weights, dtype=np.float32))

    def frequency(self, term: str) -> int:
        """Document frequency: the number of texts that hold the term."""
        start, end = self._span(term)
        return end - start

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + .5) / (df + .5)), Lucene's weight; the largest for an unknown term."""
        return idf_of(self.frequency(term), len(self))

    def _span(self, term: str) -> tuple[int, int]:
        key, keys, starts = key_of(term), self._postings.keys, self._postings.starts
        at = int(np.searchsorted(keys, key))
        if at == len(keys) or keys[at] != key:
            return 0, 0
        return int(starts[at]), int(starts[at + 1])


OTHERS = ("lengths", "average", "impacts")
_NONE = Postings(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint16))


def idf_of(frequency: int, n_texts: int) -> float:
    """Lucene's weight of a term that `frequency` of `n_texts` texts hold."""
    return math.log1p((n_texts - frequency + 0.5) / (frequency + 0.5))


def _impacts(postings: Postings, lengths: NDArray[np.int32], average: float) -> NDArray[np.float32]:
    """tf / (tf + k1 * (1 - b + b * length / average)) of each posting."""
    norms = (K1 * (1 - B + B * lengths / (average or 1.0))).astype(np.float32)
    found = np.empty(len(postings.texts), dtype=np.float32)
    for first in range(0, len(found), POSTINGS):
        part = slice(first, first + POSTINGS)
        counts = postings.counts[part].astype(np.float32)
        found[part] = counts / (counts + norms[postings.texts[part]])
    return found


def key_of(term: str) -> np.uint64:
    """64 bits of a term's BLAKE2b."""
    return np.uint64(int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()))


def _counted(texts: Sequence[str]) -> tuple[Postings, NDArray[np.int32]]:
    """The postings of texts, and how many terms each has."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    flat, lengths = array("q"), array("i")
    for text in texts:
        found = terms(text)
        flat.extend([numbers[term] for term in found])
        lengths.append(len(found))
    n_terms = np.asarray(lengths, dtype=np.int32)
    keys = np.fromiter(map(key_of, numbers), dtype=np.uint64, count=len(numbers))
    order = np.argsort(keys)
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys))
    width = max(1, len(texts))
    pairs = rank[np.asarray(flat, dtype=np.int64)] * width + np.repeat(np.arange(len(texts)), n_terms)
    pairs, counts = np.unique(pairs, return_counts=True)
    starts = np.searchsorted(pairs, np.arange(len(keys) + 1) * width)
    clipped = np.minimum(counts, MOST).astype(np.uint16)
    return Postings(keys[order], starts, (pairs % width).astype(np.int32), clipped), n_terms


def _moved(postings: Postings, places: Numbers) -> Postings:
    """The postings of the texts that stay, at their new places."""
    if not len(postings.texts):
        return _NONE
    moved = places.astype(np.int32)[postings.texts]
    kept = moved >= 0
    lengths = np.add.reduceat(kept, postings.starts[:-1], dtype=np.int64)
    has_any = lengths > 0
    starts = np.concatenate([[0], np.cumsum(lengths[has_any])])
    return Postings(postings.keys[has_any], starts, moved[kept], postings.counts[kept])


def joined(parts: Sequence[Postings]) -> Postings:
    """All together. Within a term the texts stand in no order: none is needed."""
    keys = np.unique(np.concatenate([part.keys for part in parts]))
    ranks = [np.searchsorted(keys, part.keys) for part in parts]
    lengths = np.zeros(len(keys), dtype=np.int64)
    for part, at in zip(parts, ranks, strict=True):
        lengths[at] += np.diff(part.starts)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    texts = np.empty(int(starts[-1]), dtype=np.int32)
    counts = np.empty(int(starts[-1]), dtype=np.uint16)
    free = starts[:-1].copy()
    for part, at in zip(parts, ranks, strict=True):
        for first, last in _blocks(part.starts):
            block = slice(int(part.starts[first]), int(part.starts[last]))
            sizes = np.diff(part.starts[first : last + 1])
            shifts = free[at[first:last]] - part.starts[first:last]
            targets = np.repeat(shifts, sizes) + np.arange(block.start, block.stop)
            texts[targets], counts[targets] = part.texts[block], part.counts[block]
        free[at] += np.diff(part.starts)
    return Postings(keys, starts, texts, counts)


def _blocks(starts: Numbers) -> Iterator[tuple[int, int]]:
    """Runs of terms of some POSTINGS postings each: first and one after the last."""
    ends = np.searchsorted(starts, np.arange(POSTINGS, int(starts[-1]), POSTINGS))
    edges = np.unique(np.concatenate([[0], ends, [len(starts) - 1]])).tolist()
    yield from pairwise(edges)
