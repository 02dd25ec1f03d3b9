"""Recency: newer articles first among equals, and those of a year that the question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.article import Article
from index.hit import Hit
from index.query.query import Query
from index.terms import fold

__all__ = [
    "ASKED_BAND",
    "BAND",
    "EDITION_BAND",
    "asked_years",
    "asks_for_newest",
    "rank_by_recency",
    "years_of",
]

BAND = 0.04
"""Fused scores (log-odds included) that differ by less tell nothing of two articles."""
ASKED_BAND = 0.1
"""The same where the question names a year or asks for the newest."""
EDITION_BAND = 0.15
"""The same between editions of one notice. All three: docs/measurements.md, Constants."""

# "2023年", "in 2023", "2023-24"; no "2023元", "12023" or "2023.5".
YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d.%]|\s*[元万亿米人个户名家次吨件])")
SPOKEN = (
    (re.compile(r"今年|本年|\bthis year\b"), 0),
    (re.compile(r"去年|上一?年度|\blast year\b"), -1),
    (re.compile(r"前年"), -2),
    (re.compile(r"明年|下一?年度|\bnext year\b"), 1),
)
NEWEST = re.compile(
    r"最新|最近|近期|目前|现在|现行|如今|当前|\b(?:latest|newest|now|nowadays|current|currently|recent|recently)\b"
)


def asked_years(query: Query, today: date) -> frozenset[int]:
    """The years that a question names: "2023年和今年的标准" in 2026 -> {2023, 2026}."""
    spoken = {today.year + step for words, step in SPOKEN if words.search(query.folded)}
    return frozenset(spoken | set(map(int, YEAR.findall(query.folded))))


def asks_for_newest(query: Query) -> bool:
    """Whether a question asks how things are now: "现在的标准是多少?"."""
    return NEWEST.search(query.folded) is not None


def years_of(article: Article) -> frozenset[int]:
    """The years that an article is about: those its heading names, else that of its date.

    A notice of 2024's rate may be published in 2023.
    """
    named = frozenset(map(int, YEAR.findall(fold(article.heading))))
    return named or frozenset([article.published.year] if article.published else [])


def rank_by_recency(
    query: Query, hits: Sequence[Hit], today: date, editions: Callable[[str], Collection[str]]
) -> list[Hit]:
    """The hits, best first, with articles that answer equally well put in order of their dates, newest first.

    Equally well: the scores of their best hits differ by BAND at most; by ASKED_BAND where the question
    names a year or asks for the newest, by EDITION_BAND where both are editions of one notice (`editions`:
    an article's id to those of its other editions). Where a year is named, its articles go first, and
    where this year has none, the newest. Articles change places and take the scores of their places;
    those without a date keep theirs. Of an article's hits only the best one moves.
    """
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.article.id, hit)
    years, newest = asked_years(query, today), asks_for_newest(query)
    band = ASKED_BAND if years or newest else BAND
    places = {id(hit): place for place, hit in enumerate(hits)}
    found = list(hits)
    for group in _groups(list(best.values()), band, editions):
        dated = [hit for hit in group if hit.article.published]
        for taken, hit in zip(dated, _ordered(dated, years, today), strict=True):
            found[places[id(taken)]] = replace(hit, score=taken.score)
    return found


def _groups(best: list[Hit], band: float, editions: Callable[[str], Collection[str]]) -> Iterator[list[Hit]]:
    """Articles that answer as well as the best of those that are left, by their best hits."""
    while best:
        leader, related = best[0], editions(best[0].article.id)
        group = [
            hit
            for hit in best
            if leader.score - hit.score <= (EDITION_BAND if hit.article.id in related else band)
        ]
        yield group
        taken = {hit.article.id for hit in group}
        best = [hit for hit in best if hit.article.id not in taken]


def _ordered(dated: list[Hit], years: Collection[int], today: date) -> list[Hit]:
    of_year = [hit for hit in dated if not years_of(hit.article).isdisjoint(years)]
    if of_year:
        return [*of_year, *(hit for hit in dated if hit not in of_year)]
    if years and today.year not in years:
        return dated
    return sorted(dated, key=lambda hit: hit.article.published or today, reverse=True)
