"""Assembly of a new index from the parts of the former one and new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.asked import pinned
from corpus.passages import Passage, passages
from index.duplicates import Relation
from index.models.embedder import Vectors
from index.store.dense import DenseIndex
from index.store.lexical import LexicalIndex
from index.store.local import LocalStore
from index.store.snapshot import ARTICLES, DENSE, PASSAGES, QUESTIONS, SENTENCES, TEXTS, SnapshotError
from index.store.texts import Carried, Curated, write_texts

__all__ = ["Assembly", "assemble"]

Numbers = NDArray[np.int64]
NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Assembly:
    """An index in the making. A place is a number among the new index's articles, passages or sentences.

    `articles` and `passages` are the new ones by their places. The three arrays hold, for each article,
    passage and sentence of `former`, its place in the new index, or -1. `questions` are all that editors
    have put to the articles.
    """

    former: LocalStore | None
    articles: Mapping[int, Article]
    passages: Mapping[int, Passage]
    article_places: Numbers
    passage_places: Numbers
    sentence_places: Numbers
    first_sentences: Numbers
    questions: Sequence[Curated]

    @property
    def n_passages(self) -> int:
        return len(self.first_sentences) - 1

    @property
    def texts(self) -> list[str]:
        """Texts to embed: the new passages, then their sentences."""
        cut = self.passages.values()
        return self._passage_texts() + [sentence for p in cut for sentence in p.sentence_texts]

    def write(
        self,
        folder: Path,
        vectors: Vectors,
        question_vectors: Vectors,
        relations: Sequence[Relation] = (),
        withdrawn: Sequence[Article] = (),
    ) -> None:
        """Writes the files of a snapshot; `vectors` are those of `texts`, `question_vectors` of `questions`.

        See `write_texts` for the rest.
        """
        former, n_new = self.former, len(self.passages)
        rows = np.fromiter(self.passages, dtype=np.int64, count=n_new)
        lengths = np.diff(self.first_sentences)[rows]
        sentences = _ranges(self.first_sentences[rows], lengths)
        words = _words(former.passages if former else None, self.passage_places, rows, self._passage_texts())
        if not words.has_terms:
            raise SnapshotError("no article holds a text that could be indexed")
        words.save(folder / PASSAGES)
        places = np.fromiter(self.articles, dtype=np.int64, count=len(self.articles))
        whole = [f"{a.heading}\n{a.body}" for a in self.articles.values()]
        _words(former.articles if former else None, self.article_places, places, whole).save(
            folder / ARTICLES
        )
        for name, dense, moved, new, own in (
            (DENSE, former.dense if former else None, self.passage_places, rows, vectors[:n_new]),
            (
                SENTENCES,
                former.sentences if former else None,
                self.sentence_places,
                sentences,
                vectors[n_new:],
            ),
        ):
            DenseIndex.merged(dense, _sources(moved, new), own).save(folder / name)
        with (folder / QUESTIONS).open("wb") as file:
            np.save(file, question_vectors)
        carried = Carried(former.texts.path, self.article_places, self.passage_places) if former else None
        write_texts(
            folder / TEXTS, self.articles, self.passages, relations, withdrawn, carried, self.questions
        )

    def _passage_texts(self) -> list[str]:
        return [passage.titled for passage in self.passages.values()]


def _words(
    former: LexicalIndex | None, places: Numbers, new_places: Numbers, texts: Sequence[str]
) -> LexicalIndex:
    return (former or LexicalIndex.build([])).changed(places, texts, new_places)


def assemble(
    digests: Sequence[bytes], article_at: Callable[[int], Article], former: LocalStore | None
) -> Assembly:
    """The index of articles by their digests; those that `former` does not hold are read and cut."""
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
        _questions(former, article_places, new),
    )


def _questions(former: LocalStore | None, places: Numbers, articles: Mapping[int, Article]) -> list[Curated]:
    """Those of articles that stay, and of the new ones; a pin whose sentence is gone is none."""
    asked = former.texts.questions() if former else []
    kept = [one._replace(article=int(places[one.article])) for one in asked if places[one.article] >= 0]
    for place, article in articles.items():
        for one in article.asked:
            span = pinned(article.body, one.sentence)
            if span or not one.sentence:
                kept.append(Curated(place, one.question, span.start if span else -1, True))
        kept += [Curated(place, question, -1, False) for question in article.not_asked]
    return sorted(kept)


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
