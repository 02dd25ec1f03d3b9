"""The best hits put into a new order by a model that reads each beside the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.folding import to_simplified
from index.hit import Hit
from index.reranker import Reranker
from index.windows import best_window

__all__ = ["READ", "TEXT", "reranked", "text_read"]

READ = 4  # hits that are read at most; one more costs what it is long
NEAR = 0.2
"""Only hits whose fused scores are within NEAR of the first one's are read: no other one would overtake it,
and where the first stands alone nothing is read. Of ncp-dev's questions 2.2 hits are read on average, of
drcd-dev's .9, of xquad-dev's 3.7; with every hit read the figures below are the same."""
WINDOW = 110  # characters of a passage that are read, and
TEXT = 170  # of these with the heading
WEIGHT = 0.03
"""What one unit of log-odds counts beside a fused score. Article R@1 on articles that the re-ranker has not
learned from, without it, with .03 and with .1: drcd-dev (458 questions) .961, .980, .978; ncp-dev, in halves
(326), .926, .932, .920; cmrc-trial (161) .988, .988, .988; xquad-dev, English questions on Chinese articles
(96), .823, .865, .833. Six texts instead of four: .980, .936, .988, .865."""
LEAST = -1.5
"""Log-odds count as no less. It learned from questions of fact: of a text that answers one in people's own
words it often says -4, so that it speaks for a text is worth more than that it does not. Without LEAST .37 of
the project's own English questions seem less sure than a tenth of strange ones, with it .09; the AUROC of
their quotes against withheld articles' is .89 and .92, on ncp-dev .911 and .909."""


def reranked(
    question: str, hits: Sequence[Hit], reranker: Reranker, idf: Callable[[str], float]
) -> list[Hit]:
    """The hits that are read, in the order of their scores with WEIGHT * log-odds added, at least LEAST.

    The others follow as they were.
    """
    read = [hit for hit in hits[:READ] if hit.score >= hits[0].score - NEAR]
    if len(read) < 2:
        return list(hits)
    texts = [to_simplified(text_read(question, hit, idf)) for hit in read]
    logits = reranker.logits(to_simplified(question), texts).tolist()
    scored = [
        replace(hit, score=hit.score + WEIGHT * max(LEAST, logit), signals=replace(hit.signals, read=logit))
        for hit, logit in zip(read, logits, strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score) + list(hits[len(read) :])


def text_read(question: str, hit: Hit, idf: Callable[[str], float]) -> str:
    """The heading and the best window of a passage, in its own characters."""
    return f"{hit.article.heading}\n{best_window(question, hit, idf, WINDOW)}"[:TEXT]
