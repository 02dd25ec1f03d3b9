"""The vectors of passages: scores are inner products, hits come best first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.store.dense import DenseIndex

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32)
QUESTION = np.array([0.8, 0.6], dtype=np.float32)  # scores .8, .6, .96, -.8


@pytest.fixture
def index() -> DenseIndex:
    return DenseIndex.build(VECTORS)


def test_search_gives_the_best_first(index: DenseIndex) -> None:
    ids, scores = index.search(QUESTION, 3)
    assert ids.tolist() == [2, 0, 1]
    np.testing.assert_allclose(scores, [0.96, 0.8, 0.6], rtol=1e-6)
    assert index.search(QUESTION, 1)[0].tolist() == [2]


def test_search_gives_no_more_than_there_are(index: DenseIndex) -> None:
    ids, scores = index.search(QUESTION, 100)
    assert ids.tolist() == [2, 0, 1, 3]
    assert scores.shape == (4,)


def test_scores_are_inner_products() -> None:
    random = np.random.default_rng(7)
    vectors = random.normal(size=(50, 16)).astype(np.float32)
    question = random.normal(size=16).astype(np.float32)
    ids = np.array([3, 49, 0, 3])
    scores = DenseIndex.build(vectors).scores(question, ids)
    np.testing.assert_allclose(scores, vectors[ids] @ question, rtol=1e-5)
    assert scores.dtype == np.float32


def test_an_index_comes_back_from_its_file(index: DenseIndex, tmp_path: Path) -> None:
    path = tmp_path / "状态 a b" / "passages.npy"
    path.parent.mkdir()
    index.save(path)
    loaded = DenseIndex.load(path)
    assert (len(loaded), loaded.dimension) == (4, 2)
    np.testing.assert_array_equal(loaded.search(QUESTION, 4)[1], index.search(QUESTION, 4)[1])


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "passages.npy").write_bytes(b"not an index")
    with pytest.raises(ValueError, match="pickled"):
        DenseIndex.load(tmp_path / "passages.npy")
