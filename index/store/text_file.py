"""Articles and passages in an SQLite file that is read row by row.

Beside them which articles are copies or editions of each other, and of withdrawn ones what their pages say,
without their texts.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, digest, from_record, to_record
from corpus.passages import Passage
from corpus.sentences import Span
from index.duplicates import Relation

__all__ = ["Carried", "Curated", "Numbers", "TextFile", "write_texts"]

SCHEMA = """
CREATE TABLE articles (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, record BLOB NOT NULL,
    is_superseding INTEGER NOT NULL
);
CREATE TABLE passages (
    position INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, start INTEGER NOT NULL,
    end INTEGER NOT NULL, subhead TEXT NOT NULL, sentences TEXT NOT NULL, n_sentences INTEGER NOT NULL
);
CREATE TABLE relations (
    one INTEGER NOT NULL, other INTEGER NOT NULL,
    is_copy INTEGER NOT NULL
);
CREATE TABLE withdrawn (position INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE questions (
    position INTEGER PRIMARY KEY, article INTEGER NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, is_answered INTEGER NOT NULL
);
"""

Numbers = NDArray[np.int64]
AT_ONCE = 50_000  # rows that are read together


class Curated(NamedTuple):
    """A question that an editor has put to an article: `is_answered` from there, or must never be.

    `article` is the article's position; the sentence that answers stands at `start` in its body, -1 where any
    may answer.
    """

    article: int
    text: str
    start: int
    is_answered: bool


class Carried(NamedTuple):
    """Rows taken over from another file of texts: the new place of each, -1 for a row that is left."""

    path: Path
    articles: Numbers
    passages: Numbers


def write_texts(
    path: Path,
    articles: Mapping[int, Article],
    passages: Mapping[int, Passage],
    relations: Sequence[Relation] = (),
    withdrawn: Sequence[Article] = (),
    carried: Carried | None = None,
    questions: Sequence[Curated] = (),
) -> None:
    """Writes a new file of articles and passages by their positions, and of those carried over.

    A passage's position is its row in the indexes; its article is among `articles`. `relations` are
    between positions of all articles, `questions` are all of them, in the order of their vectors: both may
    speak of articles of another file beside this one, see `Texts`. Of the withdrawn ones all but the bodies
    is kept.
    """
    positions = {article.id: position for position, article in articles.items()}
    with closing(sqlite3.connect(path, uri=True)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # the whole folder is flushed before it is published
        connection.executescript(SCHEMA)
        if carried:
            connection.execute("ATTACH ? AS former", (_read_only(carried.path),))
        with connection:
            if carried:
                _carry(connection, carried)
            connection.executemany(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?)",
                ((n, a.id, digest(a), to_record(a), bool(a.supersedes)) for n, a in articles.items()),
            )
            connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (n, positions[p.article_id], p.start, p.end, p.subhead, json.dumps(p.sentences),
                     len(p.sentences))
                    for n, p in passages.items()
                ),
            )  # fmt: skip
            connection.executemany("INSERT INTO relations VALUES (?, ?, ?)", relations)
            connection.executemany(
                "INSERT INTO withdrawn VALUES (?, ?)",
                ((n, to_record(replace(article, body=""))) for n, article in enumerate(withdrawn)),
            )
            connection.executemany(
                "INSERT INTO questions VALUES (?, ?, ?, ?, ?)",
                ((n, *question) for n, question in enumerate(questions)),
            )


def _carry(connection: sqlite3.Connection, carried: Carried) -> None:
    for table, places in (("to_article", carried.articles), ("to_passage", carried.passages)):
        connection.execute(f"CREATE TEMP TABLE {table} (old INTEGER PRIMARY KEY, new INTEGER)")
        kept = np.flatnonzero(places >= 0)
        rows = zip(kept.tolist(), places[kept].tolist(), strict=True)
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
    connection.execute(
        "INSERT INTO main.articles SELECT new, id, digest, record, is_superseding FROM to_article"
        " JOIN former.articles ON position = old ORDER BY new"
    )
    connection.execute(
        "INSERT INTO main.passages SELECT p.new, a.new, start, end, subhead, sentences, n_sentences"
        " FROM to_passage p JOIN former.passages ON position = p.old JOIN to_article a ON a.old = article"
        " ORDER BY p.new"
    )


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


class _Rows:
    """A connection that several threads ask in turn."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(_read_only(path), uri=True, check_same_thread=False)
        self._lock = Lock()
        self.close = self._connection.close

    def __call__(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


class TextFile:
    """Reads what `write_texts` wrote; may be used from several threads."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.DatabaseError where the file is not as it was written."""
        self.path = path
        self._rows = _Rows(path)
        # A service that has taken up another snapshot lets this one go; whoever still reads keeps it.
        self.close: Callable[[], object] = weakref.finalize(self, self._rows.close)
        # A question needs some twenty articles. What is cached must not hold `self`: as a circle
        # the whole snapshot would stay in memory until the next collection.
        self.article: Callable[[int], Article] = lru_cache(maxsize=1024)(partial(_article, self._rows))
        """The article at a position."""
        self.passage: Callable[[int], tuple[int, Passage]] = lru_cache(maxsize=4096)(
            partial(_passage, self._rows, self.article)
        )
        """The passage at a row of the indexes, and its article's position."""
        self.owners, n_sentences = self._columns()
        """Shape (n_passages,): the position of each passage's article; they ascend."""
        self.first_sentences: Numbers = np.concatenate([[0], np.cumsum(n_sentences)])
        """Shape (n_passages + 1,): where each passage's sentences begin among all sentences."""

    def _columns(self) -> tuple[Numbers, Numbers]:
        """Owners and numbers of sentences of all passages; as rows of Python they would fill the memory."""
        ((count,),) = self._rows("SELECT COUNT(*) FROM passages")
        table = np.empty((count, 2), dtype=np.int64)
        for first in range(0, count, AT_ONCE):
            query = "SELECT article, n_sentences FROM passages WHERE position >= ? ORDER BY position LIMIT ?"
            table[first : first + AT_ONCE] = self._rows(query, first, AT_ONCE)
        return table[:, 0].copy(), table[:, 1].copy()

    def ids(self) -> list[str]:
        """The ids of all articles by their positions."""
        return [row[0] for row in self._rows("SELECT id FROM articles ORDER BY position")]

    def digests(self) -> dict[bytes, int]:
        """The positions of all articles by their digests."""
        return dict(self._rows("SELECT digest, position FROM articles"))

    def dates(self) -> list[str | None]:
        """The dates of all articles by their positions, None where one has none."""
        dated = "json_extract(CAST(record AS TEXT), '$.published')"
        return [row[0] for row in self._rows(f"SELECT {dated} FROM articles ORDER BY position")]

    def articles(self) -> list[Article]:
        """All articles by their positions."""
        return [from_record(row[0]) for row in self._rows("SELECT record FROM articles ORDER BY position")]

    def superseding(self) -> list[tuple[int, Article]]:
        """The articles that supersede others, each after its position."""
        query = "SELECT position, record FROM articles WHERE is_superseding ORDER BY position"
        return [(position, from_record(record)) for position, record in self._rows(query)]

    def withdrawn(self) -> list[Article]:
        """The withdrawn articles with empty bodies, in the order of the library."""
        return [from_record(row[0]) for row in self._rows("SELECT record FROM withdrawn ORDER BY position")]

    def relations(self) -> list[Relation]:
        query = "SELECT one, other, is_copy FROM relations"
        return [Relation(one, other, bool(is_copy)) for one, other, is_copy in self._rows(query)]

    def questions(self) -> list[Curated]:
        """Questions that editors have put to articles, in the order of the vectors."""
        rows = self._rows("SELECT article, text, start, is_answered FROM questions ORDER BY position")
        return [
            Curated(article, text, start, bool(is_answered)) for article, text, start, is_answered in rows
        ]


def _article(rows: _Rows, position: int) -> Article:
    return from_record(rows("SELECT record FROM articles WHERE position = ?", position)[0][0])


def _passage(rows: _Rows, article_at: Callable[[int], Article], position: int) -> tuple[int, Passage]:
    query = "SELECT article, start, end, subhead, sentences FROM passages WHERE position = ?"
    owner, start, end, subhead, sentences = rows(query, position)[0]
    article = article_at(owner)
    spans = tuple(Span(*span) for span in json.loads(sentences))
    return owner, Passage(article.id, start, end, article.body[start:end], article.heading, subhead, spans)
