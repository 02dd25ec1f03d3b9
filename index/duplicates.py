"""Near-duplicate articles (MinHash): an agency's text in several papers, and a notice's yearly editions."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from corpus.article import Article
from index.cache import with_cache
from index.terms import fold

__all__ = [
    "COPY_RULES",
    "MINHASH_RULES",
    "SHORTEST",
    "Pairs",
    "Relation",
    "Signature",
    "alike_pairs",
    "alike_to",
    "cached_signatures",
    "figure_contexts",
    "letters",
    "minhash_signature",
    "related",
    "related_to",
]

GRAM = 5  # characters of a piece
BANDS, ROWS = 64, 4
"""A pair is looked at where all ROWS numbers of one of the BANDS agree. Of pairs that resemble each other by
.5 and .6 that finds .98 and .9999; of unrelated ones (.05) one in 2,500 (1 - (1 - s^ROWS)^BANDS)."""
CROWD = 50  # of more texts that are alike each is compared with so many that follow it: time stays linear
READ_AT_ONCE = 16_384  # signatures that are read together: 16 MB
AT_ONCE = 8192  # pieces that are hashed at once: 8 MB
SEED = 20261124
MINHASH_RULES = f"1:{GRAM}-{BANDS}-{ROWS}-{SEED}"  # raise the number when a text would get other numbers

Signature = NDArray[np.uint32]
"""Shape (BANDS * ROWS,)."""
Pairs = NDArray[np.int64]
"""Shape (n_pairs, 2): rows of signatures, the lower one first, in order."""

# A bit generator's raw numbers stay the same in every version of numpy.
_drawn = np.random.PCG64(SEED).random_raw(GRAM + 2 * BANDS * ROWS)
WEIGHTS = _drawn[:GRAM] | np.uint64(1)
# Of 32 bits: a multiplication by an odd number and a sum then put all pieces into another order, and fast.
FACTORS = (_drawn[GRAM : GRAM + BANDS * ROWS, None] | np.uint64(1)).astype(np.uint32)
SUMMANDS = _drawn[GRAM + BANDS * ROWS :, None].astype(np.uint32)


def minhash_signature(text: str) -> Signature:
    """The minimum shingle hash under each of BANDS * ROWS permutations.

    The share of numbers in which two signatures agree estimates the share of pieces that the texts have
    in common, to .03 (one standard error).
    """
    points = np.frombuffer(text.ljust(GRAM).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    pieces = _mixed(sliding_window_view(points, GRAM) @ WEIGHTS).astype(np.uint32)
    lowest = [
        (FACTORS * pieces[at : at + AT_ONCE] + SUMMANDS).min(axis=1) for at in range(0, len(pieces), AT_ONCE)
    ]
    return np.asarray(np.min(lowest, axis=0), dtype=np.uint32)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers whose every bit depends on all bits of the given ones (splitmix64, Steele et al. 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def alike_pairs(signatures: NDArray[np.uint32], least: float) -> tuple[Pairs, NDArray[np.float64]]:
    """The pairs among signatures, shape (n, BANDS * ROWS), that agree in a share of `least` or more.

    And these shares, shape (n_pairs,).
    """
    found = [_same(signatures[:, at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS)]
    pairs = np.unique(np.concatenate(found), axis=0)
    shares = (signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).mean(axis=1)
    return pairs[shares >= least], shares[shares >= least]


def alike_to(
    new: NDArray[np.uint32], others: NDArray[np.uint32], least: float
) -> tuple[Pairs, NDArray[np.float64]]:
    """The pairs of a row of `new` and one of `others` as `alike_pairs` finds them, and their shares."""
    found = [np.zeros((0, 2), np.int64)]
    for at in range(0, BANDS * ROWS, ROWS):
        keys, sought = (_keys(signatures[:, at : at + ROWS]) for signatures in (others, new))
        order = np.argsort(sought, kind="stable")
        firsts, ends = (np.searchsorted(sought[order], keys, side) for side in ("left", "right"))
        for row in np.flatnonzero(ends > firsts).tolist():
            same = order[firsts[row] : ends[row]][:CROWD]
            found.append(np.stack([same, np.full(len(same), row)], axis=1))
    pairs = np.unique(np.concatenate(found), axis=0)
    shares = (new[pairs[:, 0]] == others[pairs[:, 1]]).mean(axis=1)
    return pairs[shares >= least], shares[shares >= least]


def _keys(band: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return _mixed(band.astype(np.uint64) @ WEIGHTS[:ROWS])


def _same(band: NDArray[np.uint32]) -> Pairs:
    """The pairs whose rows of a band, shape (n, ROWS), are equal."""
    keys = _keys(band)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    found = [np.zeros((0, 2), np.int64)]
    for step in range(1, min(CROWD, len(keys) - 1) + 1):
        is_same = keys[step:] == keys[:-step]
        if not is_same.any():
            break
        found.append(np.stack([order[:-step][is_same], order[step:][is_same]], axis=1))
    return np.concatenate(found)


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
    made = minhash_signature(bare).astype("<u4").tobytes() if len(bare) >= SHORTEST else b""
    connection.execute("INSERT OR REPLACE INTO signatures VALUES (?, ?)", (key, made))
    return made


COPY = 0.8
"""From this share of common five-character pieces on two articles are copies: .96 of ncp-dev's are found, and
no other pair is (docs/measurements.md, Constants)."""
EDITION = 0.5
"""From this share on they are editions of one notice: below, yearly notices of some 150 characters share less
with each other than with other subjects' notices."""
COPY_RULES = f"1:{COPY}-{EDITION}"  # raise the number when other articles would be related

FIGURE = re.compile(r"\d+(?:[.,:]\d+)*|[〇一二三四五六七八九十百千万亿两]{2,}")
BEFORE, AFTER = 4, 3  # letters around a figure that tell what it counts,
NEAR = 24  # looked for among so many characters


class Relation(NamedTuple):
    """Places of two articles, the lower first; copies say the same, editions differ in a figure or more."""

    one: int
    other: int
    is_copy: bool


def related(digests: Sequence[bytes], article_at: Callable[[int], Article], cache: Path) -> list[Relation]:
    """The copies and editions among articles, known by their digests, in order.

    Two that state different figures in the same words are editions whatever else they share: last
    year's amount must not be shown as this year's. So are two of which one supersedes the other. `cache`
    is a file that keeps the texts' signatures: with 10,000 articles of 900 letters, one of them new, this
    takes .35 s of processor time (all new: 4.1 s).
    """
    signatures = cached_signatures(digests, lambda place: article_at(place).body, cache)
    article = lru_cache(maxsize=1024)(article_at)
    kept = [place for place, known in enumerate(signatures) if known is not None]
    if len(kept) < 2:
        return []
    stacked = np.array([signatures[place] for place in kept])
    pairs, shares = alike_pairs(stacked, EDITION)
    return [
        Relation(kept[a], kept[b], share >= COPY and _say_the_same(article(kept[a]), article(kept[b])))
        for (a, b), share in zip(pairs.tolist(), shares.tolist(), strict=True)
    ]


def related_to(
    places: Sequence[int], digests: Sequence[bytes], article_at: Callable[[int], Article], cache: Path
) -> list[Relation]:
    """Of the relations that `related` finds those with an article at one of the places, in order."""

    def signatures(among: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        made = cached_signatures(
            [digests[place] for place in among], lambda n: article_at(among[n]).body, cache
        )
        kept = [n for n, one in enumerate(made) if one is not None]
        rows = np.array([made[n] for n in kept], dtype=np.uint32).reshape(len(kept), BANDS * ROWS)
        return np.array([among[n] for n in kept], dtype=np.int64), rows

    article = lru_cache(maxsize=1024)(article_at)
    at, new = signatures(places)
    found = {}
    for first in range(0, len(digests) if len(at) else 0, READ_AT_ONCE):
        others, rows = signatures(range(first, min(first + READ_AT_ONCE, len(digests))))
        pairs, shares = alike_to(new, rows, EDITION)
        for (n, other), share in zip(pairs.tolist(), shares.tolist(), strict=True):
            if at[n] != others[other]:
                found[tuple(sorted((int(at[n]), int(others[other]))))] = share
    return [
        Relation(a, b, share >= COPY and _say_the_same(article(a), article(b)))
        for (a, b), share in sorted(found.items())
    ]


def _say_the_same(one: Article, other: Article) -> bool:
    if one.id in other.supersedes or other.id in one.supersedes:
        return False
    first, second = figure_contexts(one.body), figure_contexts(other.body)
    return not any(first[around].isdisjoint(second[around]) for around in first.keys() & second.keys())


@lru_cache(maxsize=4096)
def figure_contexts(text: str) -> Mapping[str, frozenset[str]]:
    """The figures of a text by the letters around them: "每人缴费380元。" -> {"每人缴费|元": {"380"}}.

    Numbers in digits, and in two or more Chinese ones.
    """
    folded = fold(text)
    found: dict[str, set[str]] = {}
    for match in FIGURE.finditer(folded):
        before = _words(folded[max(0, match.start() - NEAR) : match.start()])[-BEFORE:]
        after = _words(folded[match.end() : match.end() + NEAR])[:AFTER]
        found.setdefault(f"{before}|{after}", set()).add(match.group())
    return {around: frozenset(numbers) for around, numbers in found.items()}


def _words(text: str) -> str:
    return letters(FIGURE.sub("", text))
