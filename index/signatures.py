"""The signatures of texts, computed once for each text: with one new article, one is computed."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from index.cache_file import with_cache
from index.folding import fold
from index.minhash import MINHASH_RULES, Signature, signature

__all__ = ["SHORTEST", "cached_signatures", "letters"]

SHORTEST = 40  # letters of a text that is compared: "see the picture" is no story
NO_LETTER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text, folded: "5月，停水！" -> "5月停水"."""
    return NO_LETTER.sub("", fold(text))


def cached_signatures(
    digests: Sequence[bytes], text_at: Callable[[int], str], cache: Path
) -> list[Signature | None]:
    """The signature of each text, None where it has fewer than SHORTEST letters.

    A text is asked for where `cache` does not know its digest. That is an SQLite file, some 1 kB a text. A
    damaged one is dropped: it can be made again.
    """
    return with_cache(cache, lambda: _signatures(digests, text_at, cache))


def _signatures(
    digests: Sequence[bytes], text_at: Callable[[int], str], cache: Path
) -> list[Signature | None]:
    keys = [hashlib.sha256(MINHASH_RULES.encode() + digest).digest() for digest in digests]
    with closing(sqlite3.connect(cache, timeout=60)) as connection, connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS signatures (text BLOB PRIMARY KEY, signature BLOB NOT NULL)"
        )
        known: dict[bytes, bytes] = {}
        for place, key in enumerate(keys):
            if key not in known:
                known[key] = _known(connection, key) or _made(connection, key, text_at(place))
    return [np.frombuffer(known[key], "<u4") if known[key] else None for key in keys]


def _known(connection: sqlite3.Connection, key: bytes) -> bytes | None:
    row = connection.execute("SELECT signature FROM signatures WHERE text = ?", (key,)).fetchone()
    return bytes(row[0]) if row else None


def _made(connection: sqlite3.Connection, key: bytes, text: str) -> bytes:
    bare = letters(text)
    made = signature(bare).astype("<u4").tobytes() if len(bare) >= SHORTEST else b""
    connection.execute("INSERT OR REPLACE INTO signatures VALUES (?, ?)", (key, made))
    return made
