"""Whether quotes hold what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from index.folding import fold

__all__ = ["MOST_CHARACTERS", "MOST_QUOTES", "answer_recall", "first_rank", "holds_answer", "shown"]

MOST_QUOTES = 3
MOST_CHARACTERS = 600


def shown(texts: Sequence[str]) -> list[str]:
    """The first MOST_QUOTES texts, cut where they pass MOST_CHARACTERS in all: what counts as quoted."""
    kept, room = [], MOST_CHARACTERS
    for text in texts[:MOST_QUOTES]:
        kept.append(text[:room])
        room -= len(kept[-1])
    return [text for text in kept if text]


def holds_answer(quotes: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether a quote holds one of the answers whole, both folded and without white space.

    (["投诉电话：１２３４５。"], ["电话:12345"]) -> True. An answer that two quotes share is not held.
    """
    folded = [_folded(quote) for quote in shown(quotes)]
    return any(_folded(answer) in quote for answer in answers for quote in folded)


def answer_recall(quotes: Sequence[str], answers: Sequence[str]) -> float:
    """The share, 0 to 1, of the best answer's characters that one quote holds in order.

    Both are folded and without white space. In order: the blocks of difflib's SequenceMatcher, which
    takes the longest common block, then those before and after it, so that a long quote which has an
    answer's characters scattered about counts less than one that has its words.
    """
    folded = [_folded(quote) for quote in shown(quotes)]
    return max((_recall(quote, _folded(answer)) for answer in answers for quote in folded), default=0.0)


def _recall(quote: str, answer: str) -> float:
    if not answer or answer in quote:
        return 1.0
    blocks = SequenceMatcher(None, quote, answer, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(answer)


def first_rank(ranked: Sequence[str], right: Sequence[str]) -> int | None:
    """The place, from 1, of the first right article; None where none is ranked."""
    return next((place for place, article in enumerate(ranked, start=1) if article in right), None)


def _folded(text: str) -> str:
    return "".join(fold(text).split())
