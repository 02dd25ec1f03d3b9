"""Only what is new is embedded; what was embedded comes back as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import cache
from index.cache import CHUNK, embed_cached
from index.models.embedder import Vectors
from tests.index.fake_embedder import FakeEmbedder, quiet


def embedded(texts: list[str], state: Path, name: str = "fake") -> tuple[Vectors, int, list[str]]:
    """The vectors, their number that was computed, and the texts that the embedder was given."""
    embedder = FakeEmbedder(name)
    vectors, count = embed_cached(texts, embedder, state / "vectors.sqlite", quiet)
    return vectors, count, embedder.passages


def change(state: Path, statement: str) -> None:
    with closing(sqlite3.connect(state / "vectors.sqlite")) as connection, connection:
        connection.execute(statement)


def test_every_text_has_its_vector_in_the_order_asked(tmp_path: Path) -> None:
    texts = ["火灾、诈骗", "医保", "基站", "医保"]
    vectors, _, _ = embedded(texts, tmp_path)
    np.testing.assert_array_equal(vectors, FakeEmbedder().embed_passages(texts))
    assert vectors.dtype == np.float32


def test_a_text_is_embedded_once_the_shortest_first(tmp_path: Path) -> None:
    _, count, passages = embedded(["诈骗与火灾", "医保", "诈骗与火灾", "医保吗"], tmp_path)
    assert (count, passages) == (3, ["医保", "医保吗", "诈骗与火灾"])


def test_only_new_texts_are_embedded(tmp_path: Path) -> None:
    before, _, _ = embedded(["火灾", "医保"], tmp_path)
    vectors, count, passages = embedded(["医保", "基站", "火灾"], tmp_path)
    assert (count, passages) == (1, ["基站"])
    np.testing.assert_array_equal(vectors[[2, 0]], before)


def test_the_vector_of_another_model_is_not_taken(tmp_path: Path) -> None:
    embedded(["火灾"], tmp_path)
    assert embedded(["火灾"], tmp_path, name="other")[1:] == (1, ["火灾"])
    assert embedded(["火灾"], tmp_path)[1] == 0


def test_a_row_of_the_wrong_length_is_computed_again(tmp_path: Path) -> None:
    embedded(["火灾", "医保"], tmp_path)
    change(tmp_path, "UPDATE vectors SET vector = substr(vector, 1, 20)")
    vectors, count, _ = embedded(["火灾", "医保"], tmp_path)
    assert (count, vectors.shape) == (2, (2, FakeEmbedder.dimension))
    assert embedded(["火灾", "医保"], tmp_path)[1] == 0


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_file_is_computed_again(tmp_path: Path, damage: bytes) -> None:
    embedded(["火灾"], tmp_path)
    (tmp_path / "vectors.sqlite").write_bytes(damage)
    assert embedded(["火灾"], tmp_path)[1] == 1
    assert embedded(["火灾"], tmp_path)[1] == 0


def test_what_a_failed_build_embedded_is_kept(tmp_path: Path) -> None:
    texts = [f"{n:04} 火灾" for n in range(CHUNK + 8)]
    with pytest.raises(MemoryError):
        embed_cached(texts, FakeEmbedder(poison=texts[-1]), tmp_path / "vectors.sqlite", quiet)
    assert embedded(texts, tmp_path)[1] == 8


def test_progress_counts_what_was_in_the_cache_first(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    texts = [str(n) for n in range(CHUNK + 8)]
    embed_cached(texts[:8], FakeEmbedder(), tmp_path / "vectors.sqlite", quiet)
    embed_cached(
        texts, FakeEmbedder(), tmp_path / "vectors.sqlite", lambda done, total: seen.append((done, total))
    )
    assert seen == [(8, CHUNK + 8), (CHUNK + 8, CHUNK + 8)]


def test_no_texts_give_no_vectors(tmp_path: Path) -> None:
    vectors, count, _ = embedded([], tmp_path)
    assert (vectors.shape, count) == ((0, FakeEmbedder.dimension), 0)


def test_many_vectors_are_the_same_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["火灾、诈骗", "医保", "基站", "医保"]
    in_memory, _, _ = embedded(texts, tmp_path)
    monkeypatch.setattr(cache, "IN_MEMORY", 3)
    in_a_file, count, _ = embedded(texts, tmp_path)
    np.testing.assert_array_equal(in_a_file, in_memory)
    assert (count, in_a_file.flags.writeable) == (0, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vectors.sqlite"]
