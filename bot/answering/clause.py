"""The clause of a long sentence that answers, to be set in stronger type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.answering.question import Question
from bot.answering.wanted import lacks
from corpus.sentences import Span
from index.terms import terms

__all__ = ["LONG", "answering_clause"]

LONG = 120
"""Characters from which on a sentence is too long to be taken in at a glance."""

CLAUSES = 2  # neighbors taken together at most: "个人缴费400元，财政补助700元"
MOST = 0.6  # share of the sentence that stands out at most: bold throughout is bold nowhere
LENGTH_COST = 0.3  # of a clause as long as the sentence, beside 1.0 for all of the question's words
FORM_GAIN = 0.5  # of a clause with a thing of the wanted kind: a number, a date, a sum
CLAUSE = re.compile(r"[^\s，；：,;:](?:[^，；：,;:]|(?<=\d)[,:](?=\d))*[，；：,;:]*")


def answering_clause(question: Question, sentence: str, idf: Callable[[str], float]) -> Span | None:
    """Where the clause stands in the sentence; None where it has at most LONG characters or no clause fits.

    A clause counts by the share of the question's words in it, weighed by `idf`, and by what is asked for:
    ("多少钱?", "……，个人每年缴纳400元，……", idf) -> Span of "个人每年缴纳400元，".
    """
    if len(sentence) <= LONG:
        return None
    asked = set(question.terms)
    weights = {term: idf(term) for term in asked}
    total = sum(weights.values()) or 1.0

    def fit(span: Span) -> float:
        text = sentence[span.start : span.end]
        share = sum(weights[term] for term in asked.intersection(terms(text))) / total
        has_form = bool(question.wanted_forms) and not lacks(question.wanted_forms, text)
        return share + FORM_GAIN * has_form

    spans = [span for span in _runs(_clauses(sentence)) if span.end - span.start <= MOST * len(sentence)]
    fits = {span: fit(span) for span in spans}
    if not any(fits.values()):
        return None
    return max(spans, key=lambda span: fits[span] - LENGTH_COST * (span.end - span.start) / len(sentence))


def _clauses(sentence: str) -> list[Span]:
    return [Span(*match.span()) for match in CLAUSE.finditer(sentence)]


def _runs(clauses: Sequence[Span]) -> Iterator[Span]:
    """Every clause, and every one with its neighbors."""
    for first in range(len(clauses)):
        for last in range(first, min(first + CLAUSES, len(clauses))):
            yield Span(clauses[first].start, clauses[last].end)
