"""Assembly of a new segment from the parts of a former one and new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.passages import Passage, passages
from index.duplicates import Relation
from index.models.embedder import Vectors
from index.store.arrays import write_array
from index.store.dense import DenseIndex, is_large
from index.store.lexical import LexicalIndex
from index.store.segment import ARTICLES, DENSE, LISTS, PASSAGES, QUESTIONS, SENTENCES, TEXTS, Segment
from index.store.snapshot import SnapshotError
from index.store.text_file import Carried, Curated, write_texts

__all__ = ["Assembly", "assemble"]

Numbers = NDArray[np.int64]
NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Assembly:
    """A segment in the making. A place is a number among its articles, passages or sentences.

    `articles` and `passages` are the new ones by their places. The three arrays hold, for each article,
    passage and sentence of `former`, its place in the new segment, or -1.
    """

    former: Segment | None
    articles: Mapping[int, Article]
    passages: Mapping[int, Passage]
    article_places: Numbers
    passage_places: Numbers
    sentence_places: Numbers
    first_sentences: Numbers

    @property
    def n_passages(self) -> int:
        return len(self.first_sentences) - 1

    @property
    def texts(self) -> list[str]:
        """Texts to embed: the new passages, then their sentences."""
        cut = self.passages.values()
        return self._passage_texts() + [sentence for p in cut for sentence in p.sentence_texts]

    def write(self, folder: Path, vectors: Vectors, base: Segment | None = None) -> None:
        """Writes vectors and words into a folder; `vectors` are those of `texts`.

        Beside a `base` the words are weighted as there.
        """
        rows = np.fromiter(self.passages, dtype=np.int64, count=len(self.passages))
        places = np.fromiter(self.articles, dtype=np.int64, count=len(self.articles))
        whole = [f"{a.heading}\n{a.body}" for a in self.articles.values()]
        large, former = is_large(self.n_passages), self.former
        for name, index, moved, texts, new, average in (
            (
                PASSAGES,
                former.passages if former else None,
                self.passage_places,
                self._passage_texts(),
                rows,
                base.passages.average if base else None,
            ),
            (
                ARTICLES,
                former.articles if former else None,
                self.article_places,
                whole,
                places,
                base.articles.average if base else None,
            ),
        ):
            words = (index or LexicalIndex.build([])).changed(moved, texts, new, average)
            if base is None and not words.has_terms:
                raise SnapshotError("no article holds a text that could be indexed")
            words.save(folder / name, large)
        self._write_vectors(folder, vectors, rows, large)

    def _write_vectors(self, folder: Path, vectors: Vectors, rows: Numbers, large: bool) -> None:
        former, n_new = self.former, len(rows)
        sentences = _ranges(self.first_sentences[rows], np.diff(self.first_sentences)[rows])
        sources = _sources(self.passage_places, rows), _sources(self.sentence_places, sentences)
        for name, index, source, new in (
            (DENSE, former.dense if former else None, sources[0], vectors[:n_new]),
            (SENTENCES, former.sentences if former else None, sources[1], vectors[n_new:]),
        ):
            DenseIndex.write(folder / name, index, source, new, large)
        if large:
            DenseIndex.write_lists(folder / LISTS, folder / DENSE)

    def write_texts(
        self,
        folder: Path,
        relations: Sequence[Relation],
        withdrawn: Sequence[Article],
        questions: Sequence[Curated],
        question_vectors: Vectors,
    ) -> None:
        """Writes the texts, and what is known beside them; see `write_texts`."""
        former = self.former
        carried = Carried(former.texts.path, self.article_places, self.passage_places) if former else None
        write_array(folder / QUESTIONS, question_vectors)
        write_texts(folder / TEXTS, self.articles, self.passages, relations, withdrawn, carried, questions)

    def _passage_texts(self) -> list[str]:
        return [passage.titled for passage in self.passages.values()]


def assemble(
    digests: Sequence[bytes], article_at: Callable[[int], Article], former: Segment | None
) -> Assembly:
    """The segment of articles by their digests; those that `former` does not hold are read and cut."""
    known = former.texts.digests() if former else {}
    sources = np.array([known.get(digest, -1) for digest in digests], dtype=np.int64)
    new = {place: article_at(place) for place in np.flatnonzero(sources < 0).tolist()}
    cut = {place: passages(article) for place, article in new.items()}

    article_places = np.full(len(known), -1, dtype=np.int64)
    article_places[sources[sources >= 0]] = np.flatnonzero(sources >= 0)
    owners = former.texts.owners if former else NOTHING
    former_counts = np.bincount(owners, minlength=len(known))
    counts = np.zeros(len(digests), dtype=np.int64)
    counts[sources >= 0] = former_counts[sources[sources >= 0]]
    counts[list(cut)] = [len(found) for found in cut.values()]
    first_rows = np.concatenate([[0], np.cumsum(counts)])
    passage_places = _moved(article_places, former_counts, first_rows)

    placed = {
        int(first_rows[place]) + n: passage for place, found in cut.items() for n, passage in enumerate(found)
    }
    former_lengths = np.diff(former.texts.first_sentences) if former else NOTHING
    lengths = np.zeros(int(first_rows[-1]), dtype=np.int64)
    lengths[passage_places[passage_places >= 0]] = former_lengths[passage_places >= 0]
    lengths[list(placed)] = [len(passage.sentences) for passage in placed.values()]
    first_sentences = np.concatenate([[0], np.cumsum(lengths)])
    return Assembly(
        former,
        new,
        placed,
        article_places,
        passage_places,
        _moved(passage_places, former_lengths, first_sentences),
        first_sentences,
    )


def _moved(places: Numbers, counts: Numbers, firsts: Numbers) -> Numbers:
    """Where the parts go when whole i of counts[i] parts goes to places[i], and its first one to firsts."""
    starts = np.where(places >= 0, firsts[np.maximum(places, 0)], 0)
    return np.where(np.repeat(places, counts) >= 0, _ranges(starts, counts), -1)


def _ranges(starts: Numbers, lengths: Numbers) -> Numbers:
    """([5, 20], [2, 3]) -> [5, 6, 20, 21, 22]."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def _sources(places: Numbers, new: Numbers) -> Numbers:
    """For each place the former one's number, or -1 - n for the n-th new one."""
    kept = np.flatnonzero(places >= 0)
    sources = np.empty(len(kept) + len(new), dtype=np.int64)
    sources[places[kept]] = kept
    sources[new] = -1 - np.arange(len(new))
    return sources
