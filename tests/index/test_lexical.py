"""BM25 against its formula, worked out on three short texts."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex

TEXTS = ["fire safety", "fire fire drill today", "scam"]  # 2, 4 and 1 terms, 7 / 3 on average


def bm25(frequency: int, length: int, documents: int) -> float:
    """Lucene's form for one term: idf * tf / (tf + k1 * (1 - b + b * length / average))."""
    idf = log(1 + (3 - documents + 0.5) / (documents + 0.5))
    return idf * frequency / (frequency + 1.5 * (1 - 0.75 + 0.75 * length / (7 / 3)))


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (["fire"], [bm25(1, 2, 2), bm25(2, 4, 2), 0]),
        (["drill"], [0, bm25(1, 4, 1), 0]),
        (["fire", "drill"], [bm25(1, 2, 2), bm25(2, 4, 2) + bm25(1, 4, 1), 0]),
        (["scam", "unknown"], [0, 0, bm25(1, 1, 1)]),
        (["fire", "fire"], [2 * bm25(1, 2, 2), 2 * bm25(2, 4, 2), 0]),
        (["unknown", "firе"], [0, 0, 0]),  # the е is Cyrillic
        ([], [0, 0, 0]),
    ],
)
def test_scores_follow_the_formula(index: LexicalIndex, question: list[str], expected: list[float]) -> None:
    scores = index.scores(question)
    np.testing.assert_allclose(scores, expected, rtol=1e-5)
    assert (scores.shape, scores.dtype) == ((3,), np.float32)


def test_the_number_by_hand(index: LexicalIndex) -> None:
    """ln(1 + 2.5 / 1.5) / (1 + 1.5 * (1 / 4 + 3 / 4 * 4 / (7 / 3))) = .980829 / 3.303571"""
    assert index.scores(["drill"]).tolist() == [0, pytest.approx(0.296900, abs=1e-6), 0]


def test_idf(index: LexicalIndex) -> None:
    assert index.idf("fire") == pytest.approx(log(1 + 1.5 / 2.5))
    assert index.idf("scam") == pytest.approx(log(1 + 2.5 / 1.5))
    assert index.idf("unknown") == pytest.approx(log(1 + 3.5 / 0.5))


def test_texts_and_questions_are_folded_alike() -> None:
    index = LexicalIndex.build(["５Ｇ基站輻射", "电信诈骗"])
    assert index.scores(["辐射"]).argmax() == 0
    assert (index.scores(["5g"]) > 0).tolist() == [True, False]


def test_a_text_without_terms_scores_nothing() -> None:
    index = LexicalIndex.build(["fire", "……！", "scam"])
    assert len(index) == 3
    assert (index.scores(["fire"]) > 0).tolist() == [True, False, False]


def test_an_index_comes_back_from_its_folder(index: LexicalIndex, tmp_path: Path) -> None:
    folder = tmp_path / "词 b" / "passages.bm25"
    index.save(folder)
    loaded = LexicalIndex.load(folder)
    assert len(loaded) == 3
    assert loaded.idf("fire") == index.idf("fire")
    np.testing.assert_array_equal(loaded.scores(["fire", "drill"]), index.scores(["fire", "drill"]))


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        LexicalIndex.load(tmp_path / "none")
