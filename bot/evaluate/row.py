"""What came of one question: a row of the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

__all__ = ["QuotedText", "Row", "Variant"]

Variant = Literal["asked", "gold-removed"]


@dataclass(frozen=True)
class QuotedText:
    """`text` is the article's body from `start` to `end`."""

    article: str
    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Row:
    """A question as it was asked, what would be right, and what came.

    `variant`: "asked", or "gold-removed" for the second asking with all right articles withheld; that
    one is unanswerable, or, where another article's quotes hold a gold answer all the same, unknown to be
    so (`answerable` None). `ranked` are the ids of the first ten articles, best first; `rank` is the place
    of the first right one among them. `quotes` are those that were chosen, whatever the verdict.
    `quotes_answer` says whether they answer: a gold answer is inside, or without gold answers a
    right article is quoted; always false for an unanswerable question, None where nothing is known.
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
    hit: bool | None
    search_ms: float
    latency_ms: float | None

    @property
    def key(self) -> tuple[str, str]:
        """What tells rows of one run apart."""
        return self.id, self.variant

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Raises KeyError or TypeError for what `to_json` did not give."""
        known = {field.name: values[field.name] for field in fields(cls)}
        tuples = {name: tuple(known[name]) for name in ("history", "right", "answers", "ranked")}
        quotes = tuple(QuotedText(**quote) for quote in known["quotes"])
        return cls(**{**known, **tuples, "quotes": quotes})
