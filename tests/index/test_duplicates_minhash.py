"""Signatures estimate how much two texts share, and alike ones are found without comparing all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.duplicates import CROWD, alike_pairs, minhash_signature

WORDS = st.text("停水通知明天上午八时至下午五时因管道检修部分小区请提前储水", min_size=60, max_size=300)


def pieces(text: str) -> set[str]:
    return {text[at : at + 5] for at in range(max(1, len(text) - 4))}


def share(one: str, other: str) -> float:
    return len(pieces(one) & pieces(other)) / len(pieces(one) | pieces(other))


def test_a_signature_is_the_same_on_every_machine() -> None:
    found = minhash_signature("明天上午停水")
    assert (found.shape, found.dtype) == ((256,), np.uint32)
    assert found[:3].tolist() == [2058444398, 3705502114, 558951590]


@pytest.mark.parametrize("text", ["", "水", "停水通知", "\ud800停水", "𠮷" * 9, "水" * 50_000])
def test_any_text_has_one(text: str) -> None:
    assert minhash_signature(text).shape == (256,)


@given(WORDS, st.integers(0, 40))
def test_equal_numbers_estimate_what_is_shared(text: str, cut: int) -> None:
    shorter = text[cut:]
    agreed = float((minhash_signature(text) == minhash_signature(shorter)).mean())
    assert abs(agreed - share(text, shorter)) < 0.16  # five standard errors


def test_alike_texts_are_found_and_others_are_not() -> None:
    story = "".join(chr(0x4E00 + 7 * n % 5000) for n in range(400))
    texts = [story, "记者昨日获悉" + story, "别的事情" * 3, story[:300], "".join(reversed(story))]
    pairs, shares = alike_pairs(np.array([minhash_signature(text) for text in texts]), 0.7)
    assert pairs.tolist() == [[0, 1], [0, 3], [1, 3]]
    assert shares.tolist() == pytest.approx([share(texts[a], texts[b]) for a, b in pairs.tolist()], abs=0.1)


@pytest.mark.slow
def test_a_crowd_of_one_text_is_linked_and_takes_no_quadratic_time() -> None:
    signatures = np.repeat(minhash_signature("停水通知明天上午八时")[None, :], 1000, axis=0)
    pairs, _ = alike_pairs(signatures, 0.8)
    assert len(pairs) == sum(min(CROWD, 999 - n) for n in range(1000))
    assert pairs[0].tolist() == [0, 1]


def test_no_two_texts_no_pair() -> None:
    pairs, shares = alike_pairs(minhash_signature("停水")[None, :], 0.5)
    assert (pairs.shape, shares.shape) == ((0, 2), (0,))
