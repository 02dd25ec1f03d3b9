"""BM25 over folded terms, kept as counts, so that a changed text costs what that text costs."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.terms import terms

__all__ = ["LexicalIndex"]

K1, B = 1.5, 0.75
MOST = np.iinfo(np.uint16).max  # a term that is counted so often scores as if it were counted for ever

Numbers = NDArray[np.int64]


class _Postings(NamedTuple):
    """Postings: term key, text and count, in order of key and text; each of shape (n_postings,)."""

    keys: NDArray[np.uint64]
    texts: Numbers
    counts: NDArray[np.uint16]


class LexicalIndex:
    """BM25 in Lucene's form (Kamphuis et al. 2020), k1 1.5 and b .75, over `folding.terms`.

    A term is known by 64 bits of its BLAKE2b: of a million terms two are taken for one with a
    probability of 3e-8, and nothing has to be parsed when an index is loaded.
    """

    def __init__(
        self,
        keys: NDArray[np.uint64],
        starts: Numbers,
        texts: NDArray[np.int32],
        counts: NDArray[np.uint16],
        lengths: NDArray[np.int32],
    ) -> None:
        """`texts` and `counts` of the term keys[i] stand from starts[i] to starts[i + 1]."""
        self._keys, self._starts, self._texts, self._counts, self._lengths = (
            keys, starts, texts, counts, lengths,
        )  # fmt: skip
        average = lengths.mean() if len(lengths) else 1.0
        self._norms = (K1 * (1 - B + B * lengths / (average or 1.0))).astype(np.float32)

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Indexes texts in the given order."""
        return cls._of(*_counted(texts))

    @classmethod
    def _of(cls, postings: _Postings, lengths: NDArray[np.int32]) -> LexicalIndex:
        starts = np.flatnonzero(_begins(postings.keys))
        ends = np.append(starts, len(postings.keys)).astype(np.int64)
        return cls(postings.keys[starts], ends, postings.texts.astype(np.int32), postings.counts, lengths)

    def changed(self, places: Numbers, texts: Sequence[str], new_places: Numbers) -> LexicalIndex:
        """The index of other texts, of which this one holds many.

        places[i] is where this index's text i stands in the new one, -1 where it is gone;
        new_places[j] is where texts[j] stands. Together they fill 0 to n - 1.
        """
        added, added_lengths = _counted(texts)
        lengths = np.empty(int((places >= 0).sum()) + len(texts), dtype=np.int32)
        lengths[places[places >= 0]] = self._lengths[places >= 0]
        lengths[new_places] = added_lengths
        moved = places[self._texts]
        kept = moved >= 0
        former = _Postings(
            np.repeat(self._keys, np.diff(self._starts))[kept], moved[kept], self._counts[kept]
        )
        added = added._replace(texts=new_places[added.texts])
        return self._of(_merged(former, added, len(lengths)), lengths)

    def save(self, path: Path) -> None:
        with path.open("wb") as file:
            np.savez(
                file,
                keys=self._keys,
                starts=self._starts,
                texts=self._texts,
                counts=self._counts,
                lengths=self._lengths,
            )

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Raises OSError, ValueError, KeyError or zipfile.BadZipFile where `save` has not written it."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            arrays: dict[str, Any] = {name: held[name] for name in held.files}
        return cls(*(arrays[name] for name in ("keys", "starts", "texts", "counts", "lengths")))

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def has_terms(self) -> bool:
        return len(self._keys) > 0

    def scores(self, question_terms: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n_texts,): the BM25 score of each text, 0 where no term is shared."""
        found = np.zeros(len(self), dtype=np.float32)
        for term in question_terms:
            start, end = self._span(term)
            texts, counts = self._texts[start:end], self._counts[start:end].astype(np.float32)
            # A text stands once among a term's postings, so that none is lost in this sum.
            found[texts] += np.float32(self.idf(term)) * counts / (counts + self._norms[texts])
        return found

    def frequency(self, term: str) -> int:
        """Document frequency: the number of texts that hold the term."""
        start, end = self._span(term)
        return end - start

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + .5) / (df + .5)), Lucene's weight; the largest for an unknown term."""
        df = self.frequency(term)
        return math.log1p((len(self) - df + 0.5) / (df + 0.5))

    def _span(self, term: str) -> tuple[int, int]:
        key = _key(term)
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return 0, 0
        return int(self._starts[at]), int(self._starts[at + 1])


def _key(term: str) -> np.uint64:
    return np.uint64(int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()))


def _counted(texts: Sequence[str]) -> tuple[_Postings, NDArray[np.int32]]:
    """The postings of texts, and how many terms each has."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    flat, lengths = array("q"), array("i")
    for text in texts:
        found = terms(text)
        flat.extend([numbers[term] for term in found])
        lengths.append(len(found))
    n_terms = np.asarray(lengths, dtype=np.int32)
    keys = np.fromiter(map(_key, numbers), dtype=np.uint64, count=len(numbers))
    order = np.argsort(keys)
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys))
    width = max(1, len(texts))
    pairs = rank[np.asarray(flat, dtype=np.int64)] * width + np.repeat(np.arange(len(texts)), n_terms)
    pairs, counts = np.unique(pairs, return_counts=True)
    postings = _Postings(
        keys[order][pairs // width], pairs % width, np.minimum(counts, MOST).astype(np.uint16)
    )
    return postings, n_terms


def _merged(first: _Postings, second: _Postings, n_texts: int) -> _Postings:
    """Both together in order. Of a long first one that is in order not much more is done than to copy it."""
    keys = np.union1d(first.keys[_begins(first.keys)], second.keys)
    (first, places), (second, others) = (_in_order(one, keys, n_texts) for one in (first, second))
    at = np.searchsorted(places, others)
    return _Postings(
        np.insert(first.keys, at, second.keys),
        np.insert(first.texts, at, second.texts),
        np.insert(first.counts, at, second.counts),
    )


def _begins(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where another key than the one before stands."""
    return np.append(True, keys[1:] != keys[:-1])[: len(keys)]


def _in_order(postings: _Postings, keys: NDArray[np.uint64], n_texts: int) -> tuple[_Postings, Numbers]:
    """The postings, whose keys are in order, with the texts of each key in order too; and a number for each
    that grows with key and text."""
    begins = _begins(postings.keys)
    ranks = np.searchsorted(keys, postings.keys[begins])[np.cumsum(begins) - 1]
    numbers = ranks * n_texts + postings.texts
    if (numbers[1:] > numbers[:-1]).all():
        return postings, numbers
    order = np.argsort(numbers, kind="stable")
    return _Postings(postings.keys[order], postings.texts[order], postings.counts[order]), numbers[order]
