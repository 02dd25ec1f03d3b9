"""A disk that is full, and one that may not be written, leave the published index as it is."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from corpus.article import Article, to_markdown
from corpus.library.inventory import take_inventory
from index.build import build
from index.store.snapshot import SnapshotError, load_current
from tests.index.fake_embedder import FakeEmbedder, quiet

FIRE = Article("fire", "防火灾", "火灾要报警。")


def mounted(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def edition(count: int) -> list[Article]:
    return [FIRE, *(Article(f"a-{n}", f"题{n}", f"第{n}篇讲火灾。" * 8) for n in range(count))]


def served(state: Path) -> list[str]:
    with closing(load_current(state, "fake").texts) as texts:
        return [article.id for article in texts.articles()]


@pytest.mark.parametrize("free", [0, 1, 2, 3, 5, 9, 14])
def test_a_full_disk(disk: Path, free: int) -> None:
    """With hardly any room, and with room for more and more of the files of the new index."""
    build([FIRE], FakeEmbedder(), disk, quiet)
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - free * 16_384))
    with pytest.raises(SnapshotError) as refused:
        build(edition(300), FakeEmbedder(), disk, quiet)
    assert str(refused.value).startswith(f"the index cannot be written to {disk}: ")
    assert str(refused.value).endswith("the former one stays. Mend that, then run: python app.py build")
    assert served(disk) == ["fire"]
    assert not list((disk / "index").glob(".*"))

    filler.unlink()
    mounted(disk, "size=64m")
    build(edition(300), FakeEmbedder(), disk, quiet)
    assert len(served(disk)) == 301


def test_a_disk_that_may_not_be_written(disk: Path, tmp_path: Path) -> None:
    build([FIRE], FakeEmbedder(), disk, quiet)
    mounted(disk, "ro")
    with pytest.raises(SnapshotError, match=r"the index cannot be written to .*: Read-only file system"):
        build(edition(3), FakeEmbedder(), disk, quiet)
    assert served(disk) == ["fire"]
    # What articles there are is known all the same: a withdrawal must be seen.
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "fire.md").write_text(to_markdown(FIRE), encoding="utf-8")
    assert [item.id for item in take_inventory(folder, disk).items] == ["fire"]
