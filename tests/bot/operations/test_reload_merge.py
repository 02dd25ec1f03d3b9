"""A service merges what stands beside a large base, and takes that up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from corpus.article import Article
from corpus.library.inventory import take_inventory
from index.build import build, merge
from index.models.embedder import Embedder
from index.store import dense
from index.store.snapshot import SnapshotError, current_manifest
from tests.bot.operations.test_reload import Library
from tests.index.fake_embedder import quiet

CARE = Article("care", "医保", "医保要缴费。")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Its two passages are a large index; it builds in this process, to which alone that has been told."""

    def built(folder: Path, state: Path, embedder: Embedder) -> None:
        build(take_inventory(folder, state), embedder, state, quiet)

    monkeypatch.setattr(dense, "LARGE", 2)
    monkeypatch.setattr("bot.operations.reload.MERGED_FROM", 1)
    monkeypatch.setattr("bot.operations.reload.build_in_subprocess", built)
    library = Library(tmp_path)
    yield library
    library.reloader.stop()
    library.current.bot.snapshot.texts.close()


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = monotonic() + 60
    while not is_so():
        assert monotonic() < deadline
        sleep(0.01)


def newer(library: Library) -> int:
    return library.current.bot.snapshot.manifest.newer


def test_it_is_merged_and_taken_up(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def merged(folder: Path, state: Path, embedder: Embedder) -> None:
        merge(lambda: take_inventory(folder, state), embedder, state, quiet)

    monkeypatch.setattr("bot.operations.reload.merge_in_subprocess", merged)
    library.reloader.start()
    library.write(CARE)
    library.reloader.request()
    wait_for(lambda: "care" in library.ids)
    wait_for(lambda: newer(library) == 0)
    assert current_manifest(library.state) == library.current.bot.snapshot.manifest
    assert library.current.ask("医保怎么缴费?").quotes[0].article == CARE


def test_a_merge_that_fails_is_told_and_changes_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(folder: Path, state: Path, embedder: Embedder) -> None:
        raise SnapshotError("the disk is full")

    monkeypatch.setattr("bot.operations.reload.merge_in_subprocess", failing)
    library.write(CARE)
    assert library.reload() == "reloaded: 3 articles, 3 passages"
    assert library.told.get(timeout=60) == "the index is not merged: the disk is full"
    assert newer(library) == 1
    assert library.current.ask("医保怎么缴费?").quotes[0].article == CARE
