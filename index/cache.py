"""Embedding cache by model and text: a rebuild embeds only what is new."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
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
IN_MEMORY = 20_000  # vectors: 30 MB; those of a million passages and their sentences take 8 GB


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
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    (
                        (embedder.name, key, vector.astype("<f4").tobytes())
                        for (key, _), vector in zip(chunk, vectors, strict=True)
                    ),
                )
        progress(len(keys), len(keys))
        return _read(connection, embedder, keys, path.parent), len(missing)


def _known(connection: sqlite3.Connection, embedder: PassageEmbedder, keys: Sequence[bytes]) -> set[bytes]:
    """The keys of texts whose vectors are there and whole."""
    query = "SELECT length(vector) FROM vectors WHERE model = ? AND text = ?"
    return {
        key
        for key in set(keys)
        if connection.execute(query, (embedder.name, key)).fetchone() == (4 * embedder.dimension,)
    }


def _read(
    connection: sqlite3.Connection, embedder: PassageEmbedder, keys: Sequence[bytes], folder: Path
) -> Vectors:
    """The vectors of texts that are all known. Many lie in a file without a name, and not in memory."""
    query, shape = "SELECT vector FROM vectors WHERE model = ? AND text = ?", (len(keys), embedder.dimension)
    rows = (connection.execute(query, (embedder.name, key)).fetchone()[0] for key in keys)
    if len(keys) <= IN_MEMORY:
        return np.frombuffer(bytearray().join(rows), "<f4").reshape(shape)
    with TemporaryFile(dir=folder) as file:
        file.writelines(rows)
        file.flush()
        return np.asarray(np.memmap(file, np.dtype("<f4"), "r", shape=shape))
