"""Embedding cache by model and text: a rebuild embeds only what is new."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.models.embedder import PassageEmbedder, Vectors

__all__ = ["embed_cached", "with_cache"]

Result = TypeVar("Result")


def with_cache(path: Path, work: Callable[[], Result]) -> Result:
    """Result of `work`, which reads and writes the file at `path`; a damaged file is dropped first.

    Raises sqlite3.OperationalError where the disk is full or the file is locked: it is not damaged then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return work()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return work()


CHUNK = 512  # texts between two writes: what a killed build loses at most


def embed_cached(
    texts: Sequence[str], embedder: PassageEmbedder, path: Path, progress: Callable[[int, int], None]
) -> tuple[Vectors, int]:
    """The texts' vectors, shape (n_texts, dimension), and how many had to be computed.

    `progress` is called with the texts that are done and their whole number. A damaged cache file
    is dropped: it holds nothing that cannot be computed again.
    """
    return with_cache(path, lambda: _embed(texts, embedder, path, progress))


def _embed(
    texts: Sequence[str], embedder: PassageEmbedder, path: Path, progress: Callable[[int, int], None]
) -> tuple[Vectors, int]:
    keys = [hashlib.sha256(text.encode()).digest() for text in texts]
    with closing(sqlite3.connect(path, timeout=60)) as connection:
        # A vector of 1.5 kB leaves little of a page of 16 kB unused; of one of 4 kB, in the order of the
        # keys, it took more than two thirds.
        connection.execute("PRAGMA page_size = 16384")
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text))"
            )
        known = _known(connection, embedder, keys)
        missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
        missing.sort(key=lambda item: len(item[1]))  # alike lengths pad each other least
        for start in range(0, len(missing), CHUNK):
            progress(len(keys) - len(missing) + start, len(keys))
            chunk = missing[start : start + CHUNK]
            vectors = embedder.embed_passages([text for _, text in chunk])
            known |= zip((key for key, _ in chunk), vectors, strict=True)
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    ((embedder.name, key, known[key].astype("<f4").tobytes()) for key, _ in chunk),
                )
    progress(len(keys), len(keys))
    found = [known[key] for key in keys]
    return np.array(found, dtype=np.float32).reshape(len(keys), embedder.dimension), len(missing)


def _known(
    connection: sqlite3.Connection, embedder: PassageEmbedder, keys: Sequence[bytes]
) -> dict[bytes, Vectors]:
    known = {}
    for key in set(keys):
        row = connection.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text = ?", (embedder.name, key)
        ).fetchone()
        if row is not None and len(row[0]) == 4 * embedder.dimension:
            known[key] = np.frombuffer(row[0], "<f4")
    return known
