"""Baselines: Yuanwen's passages, title before each, ranked by the vectors alone or by the words alone.

The name of the job's file says which: "vectors" or "words" (BM25 on character pairs).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.terms import terms, to_simplified
from tests.quality.peers.contract import DEPTH, Job, Passage, Prepared, Ranking, serve
from tests.quality.peers.yuanwen import built


def prepare(job: Job) -> Prepared:
    path = Path(sys.argv[1])
    embedder, snapshot = built(job, path.parent)
    (segment,) = snapshot.store.segments

    def by_vectors(question: str) -> list[int]:
        vector = embedder.embed_questions([to_simplified(question)])[0]
        return [int(i) for i in segment.dense.search(vector, DEPTH)[0]]

    def by_words(question: str) -> list[int]:
        return [int(i) for i in np.argsort(-segment.passages.scores(terms(question)), kind="stable")[:DEPTH]]

    rank: Callable[[str], list[int]] = by_words if "words" in path.stem else by_vectors

    def search(question: str) -> Ranking:
        found = [snapshot.texts.passage(position) for position in rank(question)]
        return Ranking([Passage(article.id, passage.text) for article, passage in found])

    return Prepared(search, is_fresh=False)


if __name__ == "__main__":
    serve(prepare)
