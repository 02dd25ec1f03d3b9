"""Articles and passages of a snapshot, in one SQLite file that is read row by row.

Beside them which articles are copies or editions of each other, and of withdrawn ones what their pages say,
without their texts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, from_markdown, to_markdown
from corpus.passages import Passage
from corpus.sentences import Span
from index.copies import Relation

__all__ = ["Related", "Texts", "write_texts"]

SCHEMA = """
CREATE TABLE articles (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, markdown TEXT NOT NULL);
CREATE TABLE passages (
    position INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, start INTEGER NOT NULL,
    end INTEGER NOT NULL, subhead TEXT NOT NULL, sentences TEXT NOT NULL, n_sentences INTEGER NOT NULL
);
CREATE TABLE relations (
    one INTEGER NOT NULL REFERENCES articles, other INTEGER NOT NULL REFERENCES articles,
    is_copy INTEGER NOT NULL
);
CREATE TABLE withdrawn (position INTEGER PRIMARY KEY, markdown TEXT NOT NULL);
"""

Related = Mapping[int, frozenset[int]]
"""For the position of an article those of others; articles without any are missing."""


def write_texts(
    path: Path,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    relations: Sequence[Relation],
    withdrawn: Sequence[Article],
) -> None:
    """Writes a new file; a passage's position is its row in the indexes."""
    positions = {article.id: position for position, article in enumerate(articles)}
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?, ?)",
            ((positions[a.id], a.id, to_markdown(a)) for a in articles),
        )
        connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    n,
                    positions[p.article_id],
                    p.start,
                    p.end,
                    p.subhead,
                    json.dumps(p.sentences),
                    len(p.sentences),
                )
                for n, p in enumerate(passages)
            ),
        )
        connection.executemany("INSERT INTO relations VALUES (?, ?, ?)", relations)
        connection.executemany(
            "INSERT INTO withdrawn VALUES (?, ?)",
            ((n, to_markdown(replace(article, body=""))) for n, article in enumerate(withdrawn)),
        )


class Texts:
    """Reads what `write_texts` wrote; may be used from several threads."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.DatabaseError where the file is not as it was written."""
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = Lock()
        # A question needs some twenty articles, and parsing one takes half a millisecond.
        self.article: Callable[[int], Article] = lru_cache(maxsize=1024)(self._read_article)
        """The article at a position."""
        self.passage: Callable[[int], tuple[Article, Passage]] = lru_cache(maxsize=4096)(self._read_passage)
        """The passage at a row of the indexes, and its article."""
        table = np.array(
            self._rows("SELECT article, n_sentences FROM passages ORDER BY position"), dtype=np.int64
        )
        self.owners: NDArray[np.int64] = table[:, 0]
        """Shape (n_passages,): the position of each passage's article."""
        self.first_sentences: NDArray[np.int64] = np.concatenate([[0], np.cumsum(table[:, 1])])
        """Shape (n_passages + 1,): where each passage's sentences begin among all sentences."""
        self._positions: dict[str, int] = {
            row[0]: row[1] for row in self._rows("SELECT id, position FROM articles")
        }
        self.copies: Related = self._related(is_copy=True)
        """Articles that print the same text."""
        self.editions: Related = self._related(is_copy=False)
        """Articles that print nearly the same text with other figures."""

    def close(self) -> None:
        self._connection.close()

    def _read_article(self, position: int) -> Article:
        (markdown,) = self._rows("SELECT markdown FROM articles WHERE position = ?", position)[0]
        return from_markdown(markdown, "")

    def day(self, position: int) -> int:
        """The day of an article's date as a number that grows with time; 0 where it has none."""
        published = self.article(position).published
        return published.toordinal() if published else 0

    def article_by_id(self, article_id: str) -> Article | None:
        position = self._positions.get(article_id)
        return None if position is None else self.article(position)

    def _related(self, *, is_copy: bool) -> Related:
        found: dict[int, set[int]] = {}
        for one, other in self._rows("SELECT one, other FROM relations WHERE is_copy = ?", int(is_copy)):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return {position: frozenset(others) for position, others in found.items()}

    def others(self, article_id: str, related: Related) -> list[Article]:
        """The articles that are related to one, in the order of the library."""
        position = self._positions.get(article_id)
        return (
            [] if position is None else [self.article(other) for other in sorted(related.get(position, ()))]
        )

    def withdrawn(self) -> list[Article]:
        """The withdrawn articles with empty bodies, in the order of the library."""
        rows = self._rows("SELECT markdown FROM withdrawn ORDER BY position")
        return [from_markdown(markdown, "") for (markdown,) in rows]

    def positions(self, article_ids: Collection[str]) -> list[int]:
        """The positions of those articles that are there."""
        return [self._positions[i] for i in article_ids if i in self._positions]

    def articles(self) -> list[Article]:
        """All articles, in the order of the library."""
        rows = self._rows("SELECT markdown FROM articles ORDER BY position")
        return [from_markdown(markdown, "") for (markdown,) in rows]

    def section(self, position: int, reach: int) -> range:
        """The rows of a passage and of at most `reach` before and after it under the same subhead."""
        first = last = position
        while position - first < reach and self._continues(first - 1):
            first -= 1
        while last - position < reach and self._continues(last):
            last += 1
        return range(first, last + 1)

    def _continues(self, row: int) -> bool:
        """Whether nothing but white space stands between the passage at a row and the next one's."""
        if not 0 <= row < len(self.owners) - 1 or self.owners[row] != self.owners[row + 1]:
            return False
        article, passage = self.passage(row)
        return not article.body[passage.end : self.passage(row + 1)[1].start].strip()

    def _read_passage(self, position: int) -> tuple[Article, Passage]:
        query = "SELECT article, start, end, subhead, sentences FROM passages WHERE position = ?"
        owner, start, end, subhead, sentences = self._rows(query, position)[0]
        article = self.article(owner)
        spans = tuple(Span(*span) for span in json.loads(sentences))
        text = article.body[start:end]
        return article, Passage(article.id, start, end, text, article.heading, subhead, spans)

    def _rows(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()
