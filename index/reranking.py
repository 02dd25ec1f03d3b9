"""Re-ranking: the best hits reordered by a model that reads each beside the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.hit import Hit, best_window
from index.models.reranker import Reranker
from index.query.query import Query
from index.terms import to_simplified

__all__ = ["LEAST", "READ", "TEXT", "reranked", "text_read"]

READ = 4
"""Hits that are read at most; one more costs twelve layers of what it is long, and of six texts
instead of four English questions gain nothing (xquad-dev R@1 .865 on articles that were not learned)."""
NEAR = 0.2
"""Only hits whose fused scores are within NEAR of the first one's are read: no other one would overtake it,
and where the first stands alone nothing is read."""
WINDOW = 110  # characters of a passage that are read, and
TEXT = 170  # of these with the heading
WEIGHT = 0.03
"""What one unit of log-odds counts beside a fused score. Article R@1 of English questions on Chinese articles
that were not learned (xquad-dev, 96): .823 without, .875 with."""
LEAST = -1.5
"""Log-odds count as no less. The bundled weights learned from questions of fact: of a text that answers one
in people's own words they often say -4, so that they speak for a text is worth more than that they do not."""


def reranked(query: Query, hits: Sequence[Hit], reranker: Reranker, idf: Callable[[str], float]) -> list[Hit]:
    """The hits that are read, in the order of their scores with WEIGHT * log-odds added, at least LEAST.

    The others follow as they were.
    """
    read = [hit for hit in hits[:READ] if hit.score >= hits[0].score - NEAR]
    if len(read) < 2:
        return list(hits)
    texts = [to_simplified(text_read(query, hit, idf)) for hit in read]
    logits = reranker.logits(query.simplified, texts).tolist()
    scored = [
        replace(
            hit,
            score=hit.score + WEIGHT * max(LEAST, logit),
            signals=replace(hit.signals, read=logit),
        )
        for hit, logit in zip(read, logits, strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score) + list(hits[len(read) :])


def text_read(query: Query, hit: Hit, idf: Callable[[str], float]) -> str:
    """The heading and the best window of a passage, in its own characters."""
    return f"{hit.article.heading}\n{best_window(query, hit, idf, WINDOW)}"[:TEXT]
