"""BM25 against its formula, worked out on three short texts."""

from __future__ import annotations

from math import log
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.lexical import LexicalIndex

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


def test_an_index_comes_back_from_its_file(index: LexicalIndex, tmp_path: Path) -> None:
    path = tmp_path / "词 b.bm25"
    index.save(path)
    loaded = LexicalIndex.load(path)
    assert len(loaded) == 3
    assert loaded.idf("fire") == index.idf("fire")
    np.testing.assert_array_equal(loaded.scores(["fire", "drill"]), index.scores(["fire", "drill"]))


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        LexicalIndex.load(tmp_path / "none")
    (tmp_path / "other").write_bytes(b"no folder")
    with pytest.raises(NotADirectoryError):
        LexicalIndex.load(tmp_path / "other")


WORDS = st.lists(st.sampled_from(["fire", "scam", "drill", "today", "safety"]), max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_a_changed_index_is_that_of_the_texts(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    """Any texts kept, moved, dropped and added: the same as indexed anew."""
    known = data.draw(st.permutations(range(len(before))))[: data.draw(st.integers(0, len(after)))]
    at = data.draw(st.permutations(range(len(after))))[: len(known)]
    for old, new in zip(known, at, strict=True):
        after[new] = before[old]
    places = np.full(len(before), -1)
    places[known] = at
    added = [n for n in range(len(after)) if n not in at]
    changed = LexicalIndex.build(before).changed(
        places, [after[n] for n in added], np.array(added, dtype=int)
    )
    anew = LexicalIndex.build(after)
    for question in (["fire"], ["scam", "drill"], ["today", "safety", "unknown"]):
        np.testing.assert_array_equal(changed.scores(question), anew.scores(question))
        assert changed.idf(question[0]) == anew.idf(question[0])


def test_the_scores_are_those_of_bm25s() -> None:
    """A library's, over texts of many lengths."""
    random = np.random.default_rng(5)
    texts = [" ".join(random.choice([f"w{n}" for n in range(60)], size=size)) for size in range(1, 200)]
    theirs = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    theirs.index([text.split() for text in texts], show_progress=False)
    question = ["w3", "w17", "w17", "w59"]
    np.testing.assert_allclose(
        LexicalIndex.build(texts).scores(question), theirs.get_scores(question), rtol=1e-5
    )
