"""The articles of a snapshot by their ids, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.article import Article
from index.snapshot import Snapshot

__all__ = ["Articles"]


class Articles(Mapping[str, Article]):
    """In the order of the library, without those that are withheld.

    In memory 100,000 small articles would take 300 MB, and a swap a minute's reading.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._texts, self._withheld = snapshot.texts, snapshot.withheld.intersection(snapshot.texts.ids)

    def __getitem__(self, article_id: str) -> Article:
        article = None if article_id in self._withheld else self._texts.article_by_id(article_id)
        if article is None:
            raise KeyError(article_id)
        return article

    def __iter__(self) -> Iterator[str]:
        return (article_id for article_id in self._texts.ids if article_id not in self._withheld)

    def __len__(self) -> int:
        return len(self._texts.ids) - len(self._withheld)
