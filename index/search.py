"""A question to ranked passages: dense and lexical scores fused, the best ones re-ranked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from functools import lru_cache, partial

import numpy as np

from corpus.passages import Passage
from index.hit import REACH, Hit, MatchedSentence, Signals
from index.models.embedder import Embedder, Vectors
from index.models.reranker import Reranker
from index.query.hubness import everyday_vectors, mean_question_vectors
from index.query.query import Query
from index.reranking import READ, reranked
from index.store.snapshot import Snapshot
from index.store.store import Scores
from index.store.texts import Related
from index.terms import Script, script

__all__ = ["EQUAL", "Searcher", "distinct", "fuse"]

EQUAL = 0.05
"""Fused scores of copies that differ by less tell nothing: by that much a headline moves them (ncp-dev)."""


def distinct(
    owners: Sequence[int], scores: Sequence[float], copies: Related, day: Callable[[int], int]
) -> list[int]:
    """Indices of a ranking after deduplication: one of each article's copies is left; in order.

    `owners` are the articles of the ranked passages, best first. The best copy stays, and where others
    are as good (EQUAL) the newest of them: it is the likeliest to be right still. `day` numbers an
    article's date, 0 where it has none; an article without a date gives way to none.
    """
    best = dict(zip(reversed(owners), reversed(scores), strict=True))  # each article's first score
    dropped: set[int] = set()
    for owner in dict.fromkeys(owners):
        rivals = [other for other in sorted(copies.get(owner, ())) if other in best and other not in dropped]
        if owner in dropped or not rivals:
            continue
        equal = [owner, *(other for other in rivals if best[other] >= best[owner] - EQUAL)]
        chosen = max(equal, key=day) if day(owner) else owner
        dropped |= {owner, *rivals} - {chosen}
    return [place for place, owner in enumerate(owners) if owner not in dropped]


CANDIDATES = 100  # passages taken from each ranking before they are fused
DENSE_WEIGHT = 4.0
PASSAGE_SHARE = np.float32(0.5)
"""What a passage's vector counts in a dense score, the rest its nearest sentence's; .35 to .65 do alike."""
BACKGROUND = 0.1
"""The tenth of everyday questions that finds least has no answer here; what it finds is the level from which
the scores of this corpus count (a cohort, as in speaker verification: Auckenthaler et al. 2000)."""
LOOKED_AT = 10  # passages whose sentences are looked at for that
TRUSTED = 0.15  # normalised BM25 of the best passage from which on shared words are trusted in full

VECTORS = 64
"""Questions whose vectors are kept: one is asked for several times while it is answered."""


class Searcher:
    """Finds passages in one snapshot; may be used from several threads."""

    def __init__(self, snapshot: Snapshot, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self.snapshot = snapshot
        self._vector = lru_cache(VECTORS)(partial(_embedded, embedder))
        self.model = embedder.name
        self._reranker = reranker
        everyday = everyday_vectors(embedder)
        self._common = mean_question_vectors(everyday)
        self._everyday = {name: vectors - self._common[name] for name, vectors in everyday.items()}
        self._background = self._backgrounds()
        self._curated = self._comparable(snapshot)

    def onto(self, snapshot: Snapshot) -> Searcher:
        """A searcher over another snapshot of the same model; nothing is embedded for it."""
        other = copy(self)
        other.snapshot = snapshot
        if snapshot.store is not self.snapshot.store:
            other._background = other._backgrounds()
            other._curated = other._comparable(snapshot)
        return other

    def _comparable(self, snapshot: Snapshot) -> Scores:
        """The questions of editors as `likeness` compares them, shape (n_questions, dimension)."""
        vectors = snapshot.store.questions.copy()
        for row, question in enumerate(snapshot.texts.questions()):
            vectors[row] -= self._common[script(question.text)]
        return np.asarray(
            vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32
        )

    def search(self, query: Query, k: int, withheld: Collection[str] = ()) -> list[Hit]:
        """At most k hits, best first, none from the articles whose ids are withheld.

        Of articles that are copies of each other one is among the hits.
        """
        if self._reranker is None or query.script not in self._reranker.scripts:
            return self.fused(query, k, withheld)
        # Copies among those that are read cost a place, and not the right order of the others.
        hits = self.fused(query, k + READ, withheld, with_copies=READ)
        return self._distinct(reranked(query, hits, self._reranker, self.snapshot.passages.idf))[:k]

    def fused(self, query: Query, k: int, withheld: Collection[str] = (), with_copies: int = 0) -> list[Hit]:
        """Hits of `search` before re-ranking; the first `with_copies` may be copies."""
        texts = self.snapshot.texts
        vector = self._centered(query)
        found = self.snapshot.store.candidates(
            vector, query.terms, self.snapshot.withheld.union(withheld), CANDIDATES
        )
        dense = _dense(found.passages, found.sentences)
        fused = fuse(dense, found.lexical + found.whole, found.best_lexical)
        order = np.argsort(-fused, kind="stable")
        stay = self._stay(texts.owners[found.rows[order]].tolist(), fused[order].tolist())
        chosen = order[sorted({*range(min(with_copies, len(order))), *stay})][:k]
        around = self._around(vector, found.rows[chosen].tolist())
        hits = []
        for i in chosen.tolist():
            row = int(found.rows[i])
            article, passage = texts.passage(row)
            signals = Signals(
                float(dense[i]),
                self._background[query.script],
                float(found.lexical[i]),
                float(found.whole[i]),
            )
            hits.append(Hit(article, passage, float(fused[i]), signals, around[row]))
        return hits

    def vector(self, query: Query) -> Vectors:
        """A question's vector as the model gives it, shape (dimension,); not to be written to."""
        return self._vector(query.simplified)

    def _centered(self, query: Query) -> Scores:
        """A question's vector, without its mark, less what all questions have in common."""
        return self._vector(query.embedded) - self._common[query.script]

    def likeness(self, query: Query) -> Scores:
        """The cosines of a question with those that editors have put to the articles, -1 to 1.

        What all questions have in common counts on neither side. Shape (n_questions,), in the order of
        `Texts.questions`.
        """
        vector = self._centered(query)
        length = np.float32(np.linalg.norm(vector)) or np.float32(1.0)
        return np.asarray(np.einsum("nd,d->n", self._curated, vector / length), dtype=np.float32)

    def sentences_of(self, query: Query, position: int) -> list[tuple[Passage, MatchedSentence]]:
        """All sentences of the article at a position, in reading order, each with its passage."""
        texts = self.snapshot.texts
        rows = texts.rows_of([position])
        scores = self.snapshot.store.scores(self._centered(query), rows)
        return [
            (passage, MatchedSentence(start, end, score, is_own=True))
            for passage, found in zip((texts.passage(row)[1] for row in rows.tolist()), scores, strict=True)
            for (start, end), score in zip(passage.sentences, found.tolist(), strict=True)
        ]

    def _distinct(self, hits: list[Hit]) -> list[Hit]:
        owners = [self.snapshot.texts.positions([hit.article.id])[0] for hit in hits]
        return [hits[place] for place in self._stay(owners, [hit.score for hit in hits])]

    def _stay(self, owners: list[int], scores: list[float]) -> list[int]:
        """Indices of the hits kept after deduplication."""
        return distinct(owners, scores, self.snapshot.texts.copies, self.snapshot.texts.day)

    def _around(self, vector: Scores, rows: Sequence[int]) -> dict[int, tuple[MatchedSentence, ...]]:
        """For each passage its sentences and those of the passages around it in its section."""
        texts = self.snapshot.texts
        near = {row: texts.section(row, REACH) for row in rows}
        together = sorted({at for section in near.values() for at in section})
        scores = self.snapshot.store.scores(vector, np.array(together, dtype=np.int64))
        found = {at: own.tolist() for at, own in zip(together, scores, strict=True)}
        return {
            row: tuple(
                MatchedSentence(start, end, score, at == row)
                for at in section
                for (start, end), score in zip(texts.passage(at)[1].sentences, found[at], strict=True)
            )
            for row, section in near.items()
        }

    def word_match(self, words: Sequence[str], article_id: str) -> float:
        """BM25 score of an article over the best article's, 0 to 1; 0 where it holds none of the words."""
        here, best = self.snapshot.store.match(
            words, next(iter(self.snapshot.texts.positions([article_id])), None)
        )
        return here / (best or 1.0)

    def words_found(self, query: Query) -> float:
        """Normalised BM25 of the article that holds most of a question's words."""
        return self.snapshot.store.match(query.terms)[1]

    def _backgrounds(self) -> dict[Script, float]:
        """What the everyday questions that find least here find all the same: see BACKGROUND."""
        return {
            name: float(np.quantile([self._best_dense(vector) for vector in vectors], BACKGROUND))
            for name, vectors in self._everyday.items()
        }

    def _best_dense(self, vector: Scores) -> float:
        return float(_dense(*self.snapshot.store.nearest(vector, LOOKED_AT)).max())


def _embedded(embedder: Embedder, text: str) -> Vectors:
    return np.asarray(embedder.embed_questions([text])[0])


def _dense(passages: Scores, sentences: Scores) -> Scores:
    return np.asarray(PASSAGE_SHARE * passages + (1 - PASSAGE_SHARE) * sentences, dtype=np.float32)


def fuse(dense: Scores, matched: Scores, best_lexical: float) -> Scores:
    """DENSE_WEIGHT * dense + trust * matched, shape (n_candidates,), float32.

    Trust in the words follows from the best of them: an English question over Chinese articles
    shares a few stray letters and figures at most, and what they match is noise.
    """
    trust = min(1.0, best_lexical / TRUSTED) ** 2
    return np.asarray(DENSE_WEIGHT * dense + trust * matched, dtype=np.float32)
