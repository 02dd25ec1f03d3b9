"""What the other tests take for granted of the fake embedder."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from index.query.hubness import EVERYDAY
from tests.index.fake_embedder import TERMS, FakeEmbedder


def test_the_vectors_can_be_worked_out_by_hand() -> None:
    embedder = FakeEmbedder()
    vectors = embedder.embed_passages(["诈骗、诈骗、火灾", "天气", "FIRE! Fire!"])
    expected = [[2 / sqrt(5), 1 / sqrt(5), 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 1, 0]]
    np.testing.assert_allclose(vectors, expected, rtol=1e-6)
    assert vectors.dtype == np.float32
    assert embedder.embed_questions(["医保"]).tolist() == [[0, 0, 1, 0, 0, 0, 0]]
    assert (embedder.passages, embedder.questions) == (["诈骗、诈骗、火灾", "天气", "FIRE! Fire!"], ["医保"])


def test_it_fails_at_the_poison() -> None:
    embedder = FakeEmbedder(poison="毒")
    with pytest.raises(MemoryError):
        embedder.embed_passages(["甲", "有毒", "乙"])
    assert embedder.passages == ["甲"]


def test_everyday_questions_hold_no_term() -> None:
    """So that what all questions have in common lies on the last axis alone."""
    assert not any(term in questions.lower() for term in TERMS for questions in EVERYDAY.values())
