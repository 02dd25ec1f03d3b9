"""A build that is killed at any moment leaves an index that answers, and the next build mends the rest."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.article import Article
from index.build import build
from index.query.query import Query
from index.store import dense
from tests.index.fake_embedder import FakeEmbedder, published_searcher, quiet, searcher_over

KILLS = 20
BUILD = """
import sys
from pathlib import Path
from index.build import build
from tests.index.fake_embedder import FakeEmbedder, quiet
from tests.index.test_build_killed import edition
state, articles = Path(sys.argv[1]), edition(int(sys.argv[2]))
print("starts", flush=True)
build(articles, FakeEmbedder(delay=0.001), state, quiet)
print("done", flush=True)
"""


def edition(number: int) -> list[Article]:
    """Sixty texts that are new in this edition, and one article that stays."""
    return [
        Article("always", "防火灾", "火灾要报警。"),
        *(Article(f"a-{n}", f"题 {n}", f"第{number}期的第{n}篇。") for n in range(30)),
    ]


def start(state: Path, number: int) -> subprocess.Popen[str]:
    """A process that has its imports behind it and starts to build."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(state), str(number)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "starts\n"
    return process


def duration(state: Path) -> float:
    with start(state, 0) as process:
        began = time.perf_counter()
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
        return time.perf_counter() - began


def test_killed_at_twenty_random_moments(tmp_path: Path) -> None:
    whole = duration(tmp_path / "measured")
    state = tmp_path / "state"
    build(edition(0), FakeEmbedder(), state, quiet)
    chance = random.Random(20241126)
    killed = 0
    for number in range(1, KILLS + 1):
        with start(state, number) as process:
            time.sleep(whole * (number - chance.random()) / KILLS)
            process.kill()
        killed += process.returncode != 0

        former, new = edition(number - 1), edition(number)
        with published_searcher(state) as searcher:
            assert searcher.snapshot.texts.articles() in (former, new)
            assert searcher.search(Query("火灾"), 1)[0].article == former[0]

        with searcher_over(new, state) as searcher:
            assert searcher.snapshot.texts.articles() == new
        names = [path.name for path in (state / "index").iterdir()]
        assert len(names) == 3, names
        assert not [name for name in names if name.startswith(".")]
    assert killed >= KILLS // 2


KILLS_OF_DELTAS = 6
BUILD_BESIDE = """
import sys
from pathlib import Path
from index.build import build
from index.store import dense
from tests.index.fake_embedder import FakeEmbedder, quiet
from tests.index.test_build_killed import later
dense.LARGE = 40
print("starts", flush=True)
build(later(int(sys.argv[2])), FakeEmbedder(delay=0.02), Path(sys.argv[1]), quiet)
print("done", flush=True)
"""


def later(number: int) -> list[Article]:
    """Sixty articles that stay, and six texts that are new in this edition."""
    stay = [Article(f"a-{n}", f"题{n}", f"火灾第{n}起。") for n in range(60)]
    return [*stay, *(Article(f"b-{n}", f"又{n}", f"第{number}期的第{n}篇。") for n in range(6))]


@pytest.mark.slow
def test_killed_while_it_writes_what_is_new_beside_a_large_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "LARGE", 40)
    build(later(0), FakeEmbedder(), tmp_path, quiet)
    chance = random.Random(7)
    for number in range(1, KILLS_OF_DELTAS + 1):
        command = [sys.executable, "-c", BUILD_BESIDE, str(tmp_path), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "starts\n"
            time.sleep(0.5 * chance.random())
            process.kill()
        with published_searcher(tmp_path) as searcher:
            assert searcher.snapshot.texts.articles() in (later(number - 1), later(number))
        with searcher_over(later(number), tmp_path) as searcher:
            assert searcher.snapshot.texts.articles() == later(number)
            assert [len(file.owners) for file in searcher.snapshot.texts.files] == [66, 6]
        assert not [path for path in (tmp_path / "index").iterdir() if path.name.startswith(".")]
