"""Articles and passages of a snapshot, from one file or from two of which the second holds what is newer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.article import Article
from corpus.passages import Passage
from index.duplicates import Relation
from index.store.text_file import Curated, Numbers, TextFile

__all__ = ["Delta", "Related", "Texts"]

Related = Mapping[int, frozenset[int]]
"""For the position of an article those of others; articles without any are missing."""


class Delta(NamedTuple):
    """A second file of texts, whose articles and passages are numbered on from those of the first.

    Its relations, questions and withdrawn articles are those of both. `order` are the positions of the
    articles that are there in the order of the library: those of the first file that it lacks are gone.
    """

    path: Path
    order: Numbers


class Texts:
    """Reads what `write_texts` wrote; may be used from several threads."""

    def __init__(self, path: Path, delta: Delta | None = None) -> None:
        """Raises sqlite3.DatabaseError where a file is not as it was written."""
        self.files = (TextFile(path), *([TextFile(delta.path)] if delta else []))
        ids = [article_id for file in self.files for article_id in file.ids()]
        base = self.files[0]
        self._first_article = len(base.ids()) if delta else len(ids)
        self.first_row = len(base.owners)
        """The row of the second file's first passage."""
        self.order: Numbers = delta.order if delta else np.arange(len(ids))
        """The positions of the articles in the order of the library, shape (n_articles,)."""
        self._positions: dict[str, int] = {ids[position]: position for position in self.order.tolist()}
        self.owners: Numbers = _joined([file.owners for file in self.files], self._first_article)
        """Shape (n_passages,): the position of each passage's article; they ascend."""
        is_gone = np.ones(len(ids), dtype=np.bool_)
        is_gone[self.order] = False
        self.gone: Numbers = np.flatnonzero(is_gone)
        """The positions of articles that are there no more, though the first file holds them."""
        relations = self.relations()
        self.copies: Related = _related((r.one, r.other) for r in relations if r.is_copy)
        """Articles that print the same text."""
        self.editions: Related = _related((r.one, r.other) for r in relations if not r.is_copy)
        """Articles that print nearly the same text with other figures."""

    @property
    def n_passages(self) -> int:
        """The number of passages of articles that are there."""
        return len(self.owners) - len(self.rows_of(self.gone.tolist()))

    def close(self) -> None:
        for file in self.files:
            file.close()

    def article(self, position: int) -> Article:
        """The article at a position."""
        if position < self._first_article:
            return self.files[0].article(position)
        return self.files[1].article(position - self._first_article)

    def passage(self, row: int) -> tuple[Article, Passage]:
        """The passage at a row of the indexes, and its article."""
        file, at = (self.files[0], row) if row < self.first_row else (self.files[1], row - self.first_row)
        owner, passage = file.passage(at)
        return file.article(owner), passage

    def questions(self) -> list[Curated]:
        """What editors have put to the articles, in the order of the vectors."""
        return self.files[-1].questions()

    def relations(self) -> list[Relation]:
        return self.files[-1].relations()

    def digests(self) -> dict[bytes, int]:
        """The positions of all articles by their digests."""
        held = self.files[0].digests()
        for digest, position in self.files[1].digests().items() if len(self.files) > 1 else ():
            held[digest] = position + self._first_article
        gone = set(self.gone.tolist())
        return {digest: position for digest, position in held.items() if position not in gone}

    @property
    def ids(self) -> Collection[str]:
        """The ids of all articles, in the order of the library."""
        return self._positions.keys()

    def article_by_id(self, article_id: str) -> Article | None:
        position = self._positions.get(article_id)
        return None if position is None else self.article(position)

    def positions(self, article_ids: Collection[str]) -> list[int]:
        """The positions of those articles that are there."""
        return [self._positions[i] for i in article_ids if i in self._positions]

    def rows_of(self, positions: Iterable[int]) -> Numbers:
        """The rows of the passages of articles."""
        at = np.fromiter(positions, dtype=np.int64)
        firsts, ends = (np.searchsorted(self.owners, at, side) for side in ("left", "right"))
        return np.concatenate([np.arange(0), *map(np.arange, firsts, ends)])

    def day(self, position: int) -> int:
        """The day of an article's date as a number that grows with time; 0 where it has none."""
        return self.article(position).day

    def newest(self) -> list[str]:
        """The ids of all articles, the one of the latest date first, those without a date last."""
        dates = [day or "" for file in self.files for day in file.dates()]
        return sorted(self._positions, key=lambda i: dates[self._positions[i]], reverse=True)

    def articles(self) -> list[Article]:
        """All articles, in the order of the library."""
        held = [article for file in self.files for article in file.articles()]
        return [held[position] for position in self.order.tolist()]

    def superseding(self) -> list[Article]:
        """The articles that supersede others, in the order of the library."""
        firsts = (0, self._first_article)
        found = {
            first + position: article
            for first, file in zip(firsts, self.files, strict=False)
            for position, article in file.superseding()
        }
        return [found[position] for position in self.order.tolist() if position in found]

    def withdrawn(self) -> list[Article]:
        """The withdrawn articles with empty bodies, in the order of the library."""
        return self.files[-1].withdrawn()

    def others(self, article_id: str, related: Related) -> list[Article]:
        """The articles that are related to one, by their positions."""
        position = self._positions.get(article_id)
        return (
            [] if position is None else [self.article(other) for other in sorted(related.get(position, ()))]
        )

    def section(self, row: int, reach: int) -> range:
        """The rows of a passage and of at most `reach` before and after it under the same subhead."""
        first = last = row
        while row - first < reach and self._continues(first - 1):
            first -= 1
        while last - row < reach and self._continues(last):
            last += 1
        return range(first, last + 1)

    def _continues(self, row: int) -> bool:
        """Whether nothing but white space stands between the passage at a row and the next one's."""
        if not 0 <= row < len(self.owners) - 1 or self.owners[row] != self.owners[row + 1]:
            return False
        article, passage = self.passage(row)
        return not article.body[passage.end : self.passage(row + 1)[1].start].strip()


def _joined(owners: list[Numbers], first: int) -> Numbers:
    return owners[0] if len(owners) == 1 else np.concatenate([owners[0], owners[1] + first])


def _related(pairs: Iterable[tuple[int, int]]) -> Related:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {position: frozenset(others) for position, others in found.items()}
