"""Ranked passages to the exact spans to show, and the sentence to mark in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.sentences import Span
from index.folding import fold, terms
from index.search import Hit

__all__ = ["MOST_SENTENCES", "Quote", "choose_quotes"]

MOST_SENTENCES = 4
LONGEST = 300  # characters of a quote, and
ROOM = 600  # of all quotes of an answer: what fits a phone's screen or two
COSINE_WEIGHT = 6.0
BEHIND = 0.5
"""How far a quote's fused score may stand behind the best one's. Measured on ncp-dev and cmrc-trial:
the gold answer is as often inside as without a limit (.80 and .91), with 2.8 and 2.3 quotes for 3."""


@dataclass(frozen=True)
class Quote:
    """Published words: `article.body[start:end] == text`, always.

    `marks` are the sentences that answer best, as offsets into the body within start..end; `score`
    is the passage's fused score, which orders the quotes of one answer.
    """

    article: Article
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]
    score: float


def choose_quotes(
    question: str, hits: Sequence[Hit], idf: Callable[[str], float], top: int
) -> tuple[Quote, ...]:
    """At most `top` quotes, best first, of one to MOST_SENTENCES whole sentences each.

    Passages far behind the best one are not quoted, and no text comes twice, also not where two
    articles hold the same words. They keep to LONGEST and ROOM, but for a longer first sentence.
    """
    quotes: list[Quote] = []
    seen: set[str] = set()
    for hit in [hits[0], *hits]:  # the best passage may have sentences left that are worth a second quote
        if hit.score < hits[0].score - BEHIND:
            break
        room = min(LONGEST, ROOM - sum(len(quote.text) for quote in quotes))
        quote = _quote(hit, _relevance(question, hit, idf), quotes, room)
        if quote is None or (quotes and len(quote.text) > room):
            continue
        if fold(quote.text) not in seen:
            seen.add(fold(quote.text))
            quotes.append(quote)
        if len(quotes) == top:
            break
    return tuple(quotes)


def _relevance(question: str, hit: Hit, idf: Callable[[str], float]) -> list[float]:
    """How well each sentence fits the question: shared terms by idf, 0 to 1, and the cosine.

    COSINE_WEIGHT: of 3 and 6, 6 picked the sentence with the gold answer more often on ncp-dev
    (.851 of 141), xquad-dev (.758 of 190) and cmrc-trial (.742 of 178); words alone: .84, .44, .74.
    """
    asked = set(terms(question))
    total = sum(map(idf, asked)) or 1.0
    return [
        sum(map(idf, asked.intersection(terms(sentence)))) / total + COSINE_WEIGHT * cosine
        for sentence, cosine in zip(hit.passage.sentence_texts, hit.sentence_scores, strict=True)
    ]


def _quote(hit: Hit, relevance: list[float], quotes: Sequence[Quote], room: int) -> Quote | None:
    """The best run of sentences that is not quoted yet, None where all of them are."""
    quoted = [(quote.start, quote.end) for quote in quotes if quote.article.id == hit.article.id]
    free = [
        not any(start < span.end and span.start < end for start, end in quoted)
        for span in hit.passage.sentences
    ]
    if not any(free):
        return None
    spans = hit.passage.sentences
    best = max((i for i in range(len(spans)) if free[i]), key=relevance.__getitem__)
    first, last = _grown(spans, relevance, free, best, room)
    start, end = spans[first].start, spans[last].end
    return Quote(hit.article, start, end, hit.article.body[start:end], (spans[best],), hit.score)


def _grown(
    spans: Sequence[Span], relevance: list[float], free: list[bool], best: int, room: int
) -> tuple[int, int]:
    """First and last sentence of a quote: the best one, and the better neighbours while there is room."""
    first = last = best
    while last - first + 1 < MOST_SENTENCES:
        neighbours = [
            i
            for i in (first - 1, last + 1)
            if 0 <= i < len(spans)
            and free[i]
            and spans[max(i, last)].end - spans[min(i, first)].start <= room
        ]
        if not neighbours:
            break
        chosen = max(neighbours, key=relevance.__getitem__)
        first, last = min(first, chosen), max(last, chosen)
    return first, last
