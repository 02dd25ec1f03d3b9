"""Division of a library: what stays in the large base of the served index, and what is written beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.asked import pinned
from index.duplicates import Relation, related, related_to
from index.store.arrays import write_array
from index.store.dense import is_large
from index.store.local import LocalStore
from index.store.segment import Segment
from index.store.snapshot import BASE, DELTA, ORDER, link
from index.store.text_file import Curated

__all__ = ["Division", "divide"]

Numbers = NDArray[np.int64]

MOST_NEWER = 25_000
"""Passages beside a base, if articles are as long as there, until all is written anew: so many are compared
in 2 ms, and written with each change in some seconds. A service merges them long before."""
MOST_GONE = 0.25
"""Share of a base's articles that may be gone before all is written anew."""


@dataclass(frozen=True)
class Division:
    """The articles of a library that are written to a new segment, and where all are found then.

    `written` are their places in the library; `order` are the positions of all its articles. `base` stays
    as it is, None where all are written. `served` is the index as it was, `former` the segment in whose place
    the new one comes.
    """

    served: LocalStore | None
    base: Segment | None
    written: Numbers
    order: Numbers
    former: Segment | None

    @property
    def n_kept(self) -> int:
        """Passages of the base whose articles are still there."""
        if self.base is None:
            return 0
        counts = np.bincount(self.base.texts.owners, minlength=len(self.base.articles))
        return int(counts[self.order[self.order < len(counts)]].sum())

    def folder(self, draft: Path) -> Path:
        """Prepares the folder of a snapshot; where the new segment is to be written."""
        target = draft / (BASE if self.base is None else DELTA)
        if self.base is not None:
            link(self.base, draft / BASE)
        target.mkdir()
        if self.base is not None:
            write_array(target / ORDER, self.order)
        return target

    def questions(self, digests: Sequence[bytes], articles: Mapping[int, Article]) -> list[Curated]:
        """What editors have put to the articles of the library; `articles` are the new ones of the segment.

        A pin whose sentence is gone is none.
        """
        known = self.served.texts.digests() if self.served else {}
        moved = {known[digest]: int(self.order[n]) for n, digest in enumerate(digests) if digest in known}
        asked = self.served.texts.questions() if self.served else []
        kept = [one._replace(article=moved[one.article]) for one in asked if one.article in moved]
        for n, article in articles.items():
            place = int(self.written[n])
            if digests[place] not in known:
                kept += _curated(int(self.order[place]), article)
        return sorted(kept)

    def relations(
        self, digests: Sequence[bytes], article_at: Callable[[int], Article], cache: Path
    ) -> list[Relation]:
        """The copies and editions among all articles, by their positions."""
        if self.served is None or not is_large(len(self.served.segments[0].dense)):
            return related(digests, article_at, cache)
        known = self.served.texts.digests()
        moved = {known[digest]: int(self.order[n]) for n, digest in enumerate(digests) if digest in known}
        kept = [
            Relation(moved[r.one], moved[r.other], r.is_copy)
            for r in self.served.texts.relations()
            if r.one in moved and r.other in moved
        ]
        new = [n for n, digest in enumerate(digests) if digest not in known]
        found = related_to(new, digests, article_at, cache)
        return kept + [Relation(int(self.order[r.one]), int(self.order[r.other]), r.is_copy) for r in found]


def divide(digests: Sequence[bytes], served: LocalStore | None) -> Division:
    """Divides a library, by its articles' digests: a small one is written whole each time."""
    everything = np.arange(len(digests))
    whole = Division(served, None, everything, everything, served.segments[0] if served else None)
    if served is None or not is_large(len(served.segments[0].dense)):
        return whole
    base = served.segments[0]
    known = base.texts.digests()
    order = np.fromiter((known.get(digest, -1) for digest in digests), dtype=np.int64, count=len(digests))
    written = np.flatnonzero(order < 0)
    per_article = len(base.dense) / len(known)
    n_gone = len(known) - (len(digests) - len(written))
    if len(written) * per_article > MOST_NEWER or n_gone > MOST_GONE * len(known):
        return whole
    order[written] = len(known) + np.arange(len(written))
    return Division(served, base, written, order, next(iter(served.segments[1:]), None))


def _curated(position: int, article: Article) -> list[Curated]:
    found = []
    for one in article.asked:
        span = pinned(article.body, one.sentence)
        if span or not one.sentence:
            found.append(Curated(position, one.question, span.start if span else -1, True))
    return found + [Curated(position, question, -1, False) for question in article.not_asked]
