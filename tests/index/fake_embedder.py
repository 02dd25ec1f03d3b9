"""An embedder whose vectors can be worked out by hand, and an index over given articles."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from corpus.article import Article
from index.build import build
from index.models.embedder import Vectors
from index.search import Searcher
from index.store.snapshot import load_current

__all__ = ["TERMS", "FakeEmbedder", "published_searcher", "quiet", "searcher_over"]

TERMS = ("诈骗", "火灾", "医保", "基站", "scam", "fire")


class FakeEmbedder:
    """Counts the TERMS of a text and brings the counts to length 1; a text with none gets the last axis.

    "诈骗、诈骗、火灾" -> (2, 1, 0, 0, 0, 0, 0) / sqrt(5);  "天气" -> (0, 0, 0, 0, 0, 0, 1)
    `questions` and `passages` hold what it was asked to embed. `delay` seconds pass for each passage;
    from the passage that holds `poison` on it fails.
    """

    dimension = len(TERMS) + 1

    def __init__(self, name: str = "fake", delay: float = 0.0, poison: str | None = None) -> None:
        self.name, self.delay, self.poison = name, delay, poison
        self.questions: list[str] = []
        self.passages: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.questions += texts
        return _vectors(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            time.sleep(self.delay)
            if self.poison is not None and self.poison in text:
                raise MemoryError("the embedder fails")
            self.passages.append(text)
        return _vectors(texts)


def quiet(done: int, total: int) -> None:
    """A build's progress that nobody watches."""


@contextmanager
def published_searcher(state: Path, embedder: FakeEmbedder | None = None) -> Iterator[Searcher]:
    """A searcher over the index that is published under `state`."""
    embedder = embedder or FakeEmbedder()
    snapshot = load_current(state, embedder.name)
    with closing(snapshot.texts):
        yield Searcher(snapshot, embedder)


@contextmanager
def searcher_over(
    articles: Sequence[Article], state: Path, embedder: FakeEmbedder | None = None
) -> Iterator[Searcher]:
    """Builds the articles' index under `state`, and a searcher over it."""
    embedder = embedder or FakeEmbedder()
    build(list(articles), embedder, state, quiet)
    with published_searcher(state, embedder) as searcher:
        yield searcher


def _vectors(texts: Sequence[str]) -> Vectors:
    counts = np.array([[text.lower().count(term) for term in TERMS] for text in texts], dtype=np.float32)
    none = (counts.sum(axis=1, keepdims=True) == 0).astype(np.float32)
    vectors = np.hstack([counts, none])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
