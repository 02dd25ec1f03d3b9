"""Supersession of articles, by `supersedes` in front matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from corpus.article import Article

__all__ = ["circles", "superseding"]


def superseding(articles: Iterable[Article]) -> dict[str, Article]:
    """Map the id of each superseded article to the one in force.

    Where c supersedes b and b supersedes a, that is c for both. Where several supersede one it is the
    newest of them, without dates the last one. Articles that lead back to themselves are in force all
    alike: nobody knows which is the last. Ids of articles that are not given may be among the keys.
    """
    newer = _newer(articles)
    ends = {old: _end(old, newer) for old in newer}
    return {old: end for old, end in ends.items() if end is not None}


def circles(articles: Iterable[Article]) -> list[list[str]]:
    """Circles of supersession: ids, each superseded by the next, the last by the first."""
    graph = {article.id: list(article.supersedes) for article in articles}
    found = []
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1]
            graph[circle[1]].remove(circle[0])  # the next search finds another one
            found.append(circle[:-1])
        else:
            return found


def _newer(articles: Iterable[Article]) -> dict[str, Article]:
    """For each superseded id the newest article that names it."""
    found: dict[str, Article] = {}
    for article in articles:
        for old in article.supersedes:
            other = found.get(old)
            if other is None or other.published is None or article.day >= other.day:
                found[old] = article
    return found


def _way(start: str, newer: Mapping[str, Article]) -> list[str]:
    """The ids from `start` on, each superseded by the next, until the end or the first one again."""
    way, place = {start: None}, start
    while (article := newer.get(place)) and article.id not in way:
        place = article.id
        way[place] = None
    return list(way)


def _end(start: str, newer: Mapping[str, Article]) -> Article | None:
    """The last article of a chain of supersessions; None for a circle."""
    way = _way(start, newer)
    return None if way[-1] in newer else newer[way[-2]]
