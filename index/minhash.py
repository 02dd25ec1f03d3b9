"""Which of many texts are nearly the same, without comparing each with each: MinHash (Broder 1997).

Own code and not the package datasketch: the signatures of 593 articles took .98 s of processor time with
it and .20 s so, since a text's pieces are hashed at once; and these stay the same with every package.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

__all__ = ["MINHASH_RULES", "Pairs", "Signature", "alike_pairs", "signature"]

GRAM = 5  # characters of a piece
BANDS, ROWS = 64, 4
"""A pair is looked at where all ROWS numbers of one of the BANDS agree. Of pairs that resemble each other by
.5 and .6 that finds .98 and .9999; of unrelated ones (.05) one in 2,500 (1 - (1 - s^ROWS)^BANDS)."""
CROWD = 50  # of more texts that are alike each is compared with so many that follow it: time stays linear
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


def signature(text: str) -> Signature:
    """For each of as many orders of all pieces the text's first piece, as a number.

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


def _same(band: NDArray[np.uint32]) -> Pairs:
    """The pairs whose rows of a band, shape (n, ROWS), are equal."""
    keys = _mixed(band.astype(np.uint64) @ WEIGHTS[:ROWS])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    found = [np.zeros((0, 2), np.int64)]
    for step in range(1, min(CROWD, len(keys) - 1) + 1):
        is_same = keys[step:] == keys[:-step]
        if not is_same.any():
            break
        found.append(np.stack([order[:-step][is_same], order[step:][is_same]], axis=1))
    return np.concatenate(found)
