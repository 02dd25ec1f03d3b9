"""A build in another process does what a build here does."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from corpus.article import Article, to_markdown
from corpus.library.files import LibraryError
from index.build import BuildReport
from index.store.snapshot import SnapshotError, load_current
from index.worker import CHARACTERS, TEXTS, _batches, build_in_subprocess
from tests.index.fake_embedder import FakeEmbedder

pytestmark = pytest.mark.slow  # processes of their own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for article in (Article("fire", "防火灾", "少用电。"), Article("scam", "防诈骗", "不转账。要报警。")):
        (folder / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")
    return folder


def test_it_is_published_and_only_its_vectors_are_made_here(folder: Path, tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    assert build_in_subprocess(folder, tmp_path, embedder) == BuildReport(2, 2, 5, is_new=True)
    assert len(embedder.passages) == 5
    with closing(load_current(tmp_path, "fake").texts) as texts:
        assert list(texts.ids) == ["fire", "scam"]
    assert build_in_subprocess(folder, tmp_path, embedder) == BuildReport(2, 2, 0, is_new=False)


def test_what_goes_wrong_there_is_raised_here(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"broken\.md: unknown front matter titel"):
        build_in_subprocess(folder, tmp_path, FakeEmbedder())


def test_an_embedder_that_fails_ends_the_build(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(MemoryError):
        build_in_subprocess(folder, tmp_path, FakeEmbedder(poison="诈骗"))
    with pytest.raises(SnapshotError, match="there is no index"):
        load_current(tmp_path, "fake")


def test_batches_are_small_and_hold_every_text() -> None:
    texts = ["短。"] * 20 + ["长" * CHARACTERS, "二" * CHARACTERS * 2, "短。"]
    batches = list(_batches(texts))
    assert [text for batch in batches for text in batch] == texts
    assert [len(batch) for batch in batches] == [TEXTS, TEXTS, 4, 1, 1, 1]
