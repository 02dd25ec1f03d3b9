"""The result of one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, Self

from pydantic import TypeAdapter

from index.terms import fold

__all__ = [
    "MOST_CHARACTERS",
    "MOST_QUOTES",
    "QuotedText",
    "Row",
    "Variant",
    "answer_recall",
    "first_rank",
    "holds_answer",
    "shown",
]

Variant = Literal["asked", "gold-removed"]


@dataclass(frozen=True)
class QuotedText:
    """`text` is the article's body from `start` to `end`, `mark` the sentence in it that is shown first."""

    article: str
    title: str
    start: int
    end: int
    text: str
    mark: str


@dataclass(frozen=True)
class Row:
    """A question as it was asked, what would be right, and what came.

    `variant`: "asked", or "gold-removed" for the second asking with all right articles withheld; that
    one is unanswerable, or, where another article's quotes hold a gold answer all the same, unknown to be
    so (`answerable` None). `ranked` are the ids of the first ten articles, best first; `rank` is the place
    of the first right one among them. `quotes` are those that were chosen, whatever the verdict.
    `quotes_answer` says whether they answer: a gold answer is inside, or without gold answers a
    right article is quoted; always false for an unanswerable question, None where nothing is known.
    `mark_answers`: the sentence marked in the first quote holds a gold answer; `padding` is the share,
    0 to 1, of the quotes that hold none. `fold` counts the characters of that sentence, which a visitor sees
    before anything is unfolded. All three are None where nothing is quoted, the first two also without gold
    answers.
    `hit`: what the visitor got is right: shown quotes that answer, or no "answered" where there is
    no answer. `search_ms` is the time of search and quoting with the question's vector at hand;
    `latency_ms` that of a whole question as a visitor waits for it, measured on a sample of them.
    """

    id: str
    variant: Variant
    question: str
    history: tuple[str, ...]
    language: str
    category: str
    kind: str
    answerable: bool | None
    right: tuple[str, ...]
    answers: tuple[str, ...]
    meant: str
    verdict: str
    confidence: float
    ranked: tuple[str, ...]
    rank: int | None
    quotes: tuple[QuotedText, ...]
    answer_in_quotes: bool | None
    answer_char_recall: float | None
    quotes_answer: bool | None
    mark_answers: bool | None
    padding: float | None
    fold: int | None
    hit: bool | None
    search_ms: float
    latency_ms: float | None

    @property
    def key(self) -> tuple[str, str]:
        """Key of a row within its run."""
        return self.id, self.variant

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, line: bytes) -> Self:
        """The row that `to_json` gave. Raises pydantic.ValidationError."""
        return TypeAdapter(cls).validate_json(line)


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
