"""What stands beside a large base is merged into a new one, whatever is built meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.library.inventory import Inventory
from index.build import build, merge
from index.store import dense
from index.store.snapshot import SnapshotError, load_current
from tests.index.fake_embedder import FakeEmbedder, quiet
from tests.index.test_division import LIBRARY, NEW, base, segments

LATER = [*NEW, Article("fire", "防火灾", "火灾要报警。")]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "LARGE", 40)


def built(state: Path, articles: Sequence[Article]) -> None:
    build(list(articles), FakeEmbedder(), state, quiet)


def merged(state: Path, *editions: Sequence[Article]) -> int:
    """Merges while the library is one edition after the other; how many texts were embedded."""
    left = iter(editions)
    embedder = FakeEmbedder()
    merge(lambda: Inventory.of(next(left)), embedder, state, quiet)
    return len(embedder.passages)


def served(state: Path) -> list[Article]:
    with closing(load_current(state, "fake").texts) as texts:
        return texts.articles()


def test_all_is_in_the_base_then(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    built(tmp_path, NEW)
    before = base(tmp_path)
    assert merged(tmp_path, NEW, NEW) == 0
    assert segments(tmp_path) == [80, 0]
    assert base(tmp_path) != before
    assert served(tmp_path) == NEW
    assert load_current(tmp_path, "fake").manifest.newer == 0
    built(tmp_path, LATER)
    assert segments(tmp_path) == [80, 1]
    assert sorted(path.name for path in tmp_path.glob("merge*")) == ["merge.lock"]


def test_what_is_built_meanwhile_stays(tmp_path: Path) -> None:
    """Two editions more, so that the one that was served when it began is there no more."""
    built(tmp_path, LIBRARY)
    built(tmp_path, NEW)
    began: list[bool] = []

    def library() -> Inventory:
        if began:
            return Inventory.of(LATER)
        began.append(True)
        built(tmp_path, [*NEW, Article("care", "医保", "医保要缴费。")])
        built(tmp_path, LATER)
        return Inventory.of(NEW)

    assert merge(library, FakeEmbedder(), tmp_path, quiet).articles == 81
    assert segments(tmp_path) == [80, 1]
    assert served(tmp_path) == LATER


def test_a_merge_that_fails_leaves_what_is_served(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    built(tmp_path, NEW)
    (tmp_path / "vectors.sqlite").unlink()
    (tmp_path / "merge-killed").mkdir()
    with pytest.raises(MemoryError):
        merge(lambda: Inventory.of(NEW), FakeEmbedder(poison="诈骗要报警"), tmp_path, quiet)
    assert segments(tmp_path) == [80, 2]
    assert served(tmp_path) == NEW
    assert sorted(path.name for path in tmp_path.glob("merge*")) == ["merge.lock"]


def test_without_an_index_there_is_nothing_to_merge(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="there is no index"):
        merge(lambda: Inventory.of(NEW), FakeEmbedder(), tmp_path, quiet)
