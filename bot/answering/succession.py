"""Standing of an article among the others: what supersedes it, and where copies of it were published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Article
from corpus.library.supersession import superseding
from index.hit import Hit
from index.recency import years_of
from index.store.texts import Texts

__all__ = ["ALONE", "Standing", "Standings"]

NEAR = 0.5
"""How far the article in force may stand behind the one that it supersedes, in fused scores, to go before
it: where both match. It is how far a quote may stand behind the best one (bot/quote.py)."""


@dataclass(frozen=True)
class Standing:
    """`superseded_by` is the article in force now, None where the article itself is; `also_in` are copies.

    `was_valid_until` is the last day of an article that is no longer valid, None for all others.
    """

    superseded_by: Article | None = None
    also_in: tuple[Article, ...] = ()
    was_valid_until: date | None = None


ALONE = Standing()


class Standings:
    """Standings of the articles of one snapshot."""

    def __init__(
        self, articles: Mapping[str, Article], texts: Texts, today: Callable[[], date] = date.today
    ) -> None:
        """`articles` are those that are shown: some of the snapshot's may have been withdrawn since."""
        self._today = today
        self._in_force = superseding(newer for newer in texts.superseding() if newer.id in articles)
        self._articles, self._texts = articles, texts

    def of(self, article_id: str, withheld: Collection[str] = ()) -> Standing:
        """The standing of an article, as if there were none of the articles withheld; copies newest first."""
        newer = self._in_force.get(article_id)
        copies = self._texts.others(article_id, self._texts.copies)
        shown = [copy for copy in copies if copy.id in self._articles and copy.id not in withheld]
        shown.sort(key=lambda copy: copy.day, reverse=True)
        return Standing(
            None if newer is None or newer.id in withheld else newer, tuple(shown), self._expired(article_id)
        )

    def _expired(self, article_id: str) -> date | None:
        last = article.valid_until if (article := self._articles.get(article_id)) else None
        return last if last and last < self._today() else None

    def valid_first(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, best first, with those of articles that are no longer valid behind all that match too."""
        reach = hits[0].score - NEAR if hits else 0.0
        return sorted(hits, key=lambda hit: hit.score < reach or self._expired(hit.article.id) is not None)

    def editions(self, article_id: str) -> set[str]:
        """The ids of the other editions of a notice."""
        return {article.id for article in self._texts.others(article_id, self._texts.editions)}

    def one_edition(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits without other editions of the first one's notice: they answer too, and are no rivals."""
        others = self.editions(hits[0].article.id) if hits else set()
        return [hit for hit in hits if hit.article.id not in others]

    def in_force_first(self, hits: Sequence[Hit], years: Collection[int] = ()) -> list[Hit]:
        """The hits, best first, with an article that supersedes another before it where both match.

        Not where the other alone is about one of the `years` that are asked for.
        """
        found = list(hits)
        for hit in hits:
            newer = self._in_force.get(hit.article.id)
            if newer is not None and not years_of(hit.article).difference(years_of(newer)).intersection(
                years
            ):
                found = _before(found, newer.id, hit.article.id)
        return found


def _before(hits: list[Hit], newer: str, older: str) -> list[Hit]:
    """The best hit of `newer` moved to the place and score of the best one of `older`, if it stands near."""
    places = {article: place for place, article in reversed(list(enumerate(h.article.id for h in hits)))}
    if newer not in places or places[newer] < places[older]:
        return hits
    first, moved = hits[places[older]], hits[places[newer]]
    if first.score - moved.score > NEAR:
        return hits
    rest = [hit for hit in hits if hit is not moved]
    return [*rest[: places[older]], replace(moved, score=first.score), *rest[places[older] :]]
