"""From rankings to figures. Each function takes one question and gives 0 to 1."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from tests.quality.peers.contract import Result
from tests.quality.peers.sets import Question

__all__ = ["ROOM", "Figures", "figures", "has_answer", "hit_at", "ndcg_at", "within"]

ROOM = 600  # characters that are shown for one question, see bot/quote.py


@dataclass(frozen=True)
class Figures:
    """Means over a set's questions.

    `recall_at_1`, `recall_at_5`: a right article is among the first. `answer_shown`: a gold answer is
    in the first ROOM characters that are shown; `answer_whole`: in the top three passages, however
    long, or in what is shown. `ms`, `cpu_ms`: the medians. `index_seconds`: processor
    time, None where it was not measured.
    """

    questions: int
    recall_at_1: float
    recall_at_5: float
    ndcg_at_10: float
    answer_shown: float
    answer_whole: float
    ms: float
    cpu_ms: float
    index_seconds: float | None


def figures(questions: Sequence[Question], result: Result) -> Figures:
    """Raises ValueError where the result is not one of these questions."""
    pairs = list(zip(questions, result.found, strict=True))

    def mean(values: Iterable[float]) -> float:
        return statistics.fmean(values)

    return Figures(
        questions=len(pairs),
        recall_at_1=mean(hit_at(1, found.articles, asked.right) for asked, found in pairs),
        recall_at_5=mean(hit_at(5, found.articles, asked.right) for asked, found in pairs),
        ndcg_at_10=mean(ndcg_at(10, found.articles, asked.right) for asked, found in pairs),
        answer_shown=mean(has_answer(within(found.shown, ROOM), asked.answers) for asked, found in pairs),
        answer_whole=mean(has_answer(found.passages + found.shown, asked.answers) for asked, found in pairs),
        ms=statistics.median(found.ms for _, found in pairs),
        cpu_ms=statistics.median(found.cpu_ms for _, found in pairs),
        index_seconds=result.index_seconds,
    )


def hit_at(k: int, ranking: Sequence[str], right: Collection[str]) -> float:
    """1 where one of the first k articles is right: several may be, as reprints are."""
    return float(any(article in right for article in ranking[:k]))


def ndcg_at(k: int, ranking: Sequence[str], right: Collection[str]) -> float:
    """Normalised discounted cumulative gain, each right article counting 1 (Järvelin & Kekäläinen 2002)."""

    def gain(is_right: Callable[[int], bool]) -> float:
        return sum(1 / math.log2(rank + 2) for rank in range(k) if is_right(rank))

    found = gain(lambda rank: rank < len(ranking) and ranking[rank] in right)
    return found / gain(lambda rank: rank < len(right))


def within(texts: Iterable[str], room: int) -> list[str]:
    """The texts, cut where `room` characters in all are full."""
    kept = []
    for text in texts:
        kept.append(text[:room])
        room -= len(kept[-1])
    return kept


def has_answer(texts: Iterable[str], answers: Collection[str]) -> float:
    """1 where a gold answer is inside a text; white space does not count, as some toolkits change it."""
    squeezed = ["".join(text.split()) for text in texts]
    return float(any("".join(answer.split()) in text for answer in answers for text in squeezed))
