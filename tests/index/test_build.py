"""A build embeds only what is new, and is all or nothing."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from index.build import BuildReport, build
from index.store.snapshot import SnapshotError, load_current
from tests.index.fake_embedder import FakeEmbedder, quiet

# Each has one passage; of two sentences, of one and of three.
SCAM = Article("scam", "防诈骗", "不要转账。要报警。", kicker="公安局")
FIRE = Article("fire", "防火灾", "少用电。")
CARE = Article("care", "医保", "缴费。参保。报销。")


def built(state: Path, *articles: Article, name: str = "fake") -> tuple[BuildReport, list[str]]:
    """The build's report, and the texts that the embedder was given."""
    embedder = FakeEmbedder(name)
    return build(list(articles), embedder, state, quiet), embedder.passages


def served(state: Path) -> list[str]:
    with closing(load_current(state, "fake").texts) as texts:
        return [article.id for article in texts.articles()]


def test_passages_and_their_sentences_are_embedded(tmp_path: Path) -> None:
    report, passages = built(tmp_path, SCAM, FIRE)
    assert report == BuildReport(articles=2, passages=2, embedded=5, is_new=True)
    assert sorted(passages) == sorted(
        ["公安局 防诈骗\n不要转账。要报警。", "不要转账。", "要报警。", "防火灾\n少用电。", "少用电。"]
    )


def test_traditional_text_is_embedded_as_simplified(tmp_path: Path) -> None:
    _, passages = built(tmp_path, Article("a", "詐騙", "報警。"))
    assert sorted(passages) == ["报警。", "诈骗\n报警。"]


def test_a_second_build_does_nothing(tmp_path: Path) -> None:
    built(tmp_path, SCAM, FIRE)
    before = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "index").rglob("*"))
    report, passages = built(tmp_path, SCAM, FIRE)
    assert report == BuildReport(articles=2, passages=2, embedded=0, is_new=False)
    assert passages == []
    assert before == sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "index").rglob("*"))


def test_one_changed_article_of_many(tmp_path: Path) -> None:
    """Its passage and its one new sentence are embedded, its other sentence is known."""
    many = [replace(FIRE, id=f"fire-{n}", title=f"防火灾 {n}") for n in range(300)]
    built(tmp_path, *many, SCAM)
    report, passages = built(tmp_path, *many, replace(SCAM, body="不要转账。要报告。"))
    assert report == BuildReport(articles=301, passages=301, embedded=2, is_new=True)
    assert passages == ["要报告。", "公安局 防诈骗\n不要转账。要报告。"]


def test_a_new_title_changes_the_passage_alone(tmp_path: Path) -> None:
    built(tmp_path, SCAM)
    assert built(tmp_path, replace(SCAM, title="防骗"))[1] == ["公安局 防骗\n不要转账。要报警。"]


def test_a_removed_article(tmp_path: Path) -> None:
    built(tmp_path, SCAM, FIRE)
    report, _ = built(tmp_path, FIRE)
    assert report == BuildReport(articles=1, passages=1, embedded=0, is_new=True)
    assert served(tmp_path) == ["fire"]


def test_a_withdrawn_article_is_not_indexed(tmp_path: Path) -> None:
    report, passages = built(tmp_path, replace(SCAM, status="withdrawn"), FIRE)
    assert (report.articles, report.embedded) == (1, 2)
    assert served(tmp_path) == ["fire"]
    assert not any("转账" in passage for passage in passages)


def test_of_a_withdrawn_article_the_page_is_kept_and_its_withdrawal_is_a_new_index(tmp_path: Path) -> None:
    gone = replace(SCAM, status="withdrawn", withdrawal="失实")
    built(tmp_path, SCAM, FIRE)
    assert built(tmp_path, gone, FIRE)[0].is_new
    with closing(load_current(tmp_path, "fake").texts) as texts:
        assert texts.withdrawn() == [replace(gone, body="")]
    assert built(tmp_path, replace(gone, withdrawal="内容失实"), FIRE)[0].is_new
    assert not built(tmp_path, replace(gone, withdrawal="内容失实"), FIRE)[0].is_new


def test_copies_are_found(tmp_path: Path) -> None:
    story = "因管道检修,明天上午八时至下午五时停水,请沿线居民提前储水,给您带来的不便敬请谅解,特此通知。"
    articles = [FIRE, replace(FIRE, id="one", body=story), replace(FIRE, id="other", body="本报讯 " + story)]
    built(tmp_path, *articles)
    with closing(load_current(tmp_path, "fake").texts) as texts:
        assert texts.copies == {1: {2}, 2: {1}}


def test_an_article_without_text_is_listed(tmp_path: Path) -> None:
    report, _ = built(tmp_path, SCAM, Article("photo", "图片新闻", ""))
    assert report == BuildReport(articles=2, passages=1, embedded=3, is_new=True)
    assert served(tmp_path) == ["scam", "photo"]


def test_another_model_embeds_all(tmp_path: Path) -> None:
    built(tmp_path, SCAM)
    assert built(tmp_path, SCAM, name="other")[0].embedded == 3


@pytest.mark.parametrize(
    "articles",
    [[], [replace(SCAM, status="withdrawn")], [Article("a", "题", "")], [Article("a", "？！", "……！👍")]],
)
def test_nothing_to_index(tmp_path: Path, articles: list[Article]) -> None:
    built(tmp_path, FIRE)
    with pytest.raises(SnapshotError, match="no article holds a text that could be indexed"):
        built(tmp_path, *articles)
    assert served(tmp_path) == ["fire"]


def test_a_build_that_fails_leaves_the_former_index(tmp_path: Path) -> None:
    built(tmp_path, FIRE)
    with pytest.raises(MemoryError):
        build([FIRE, SCAM, CARE], FakeEmbedder(poison="医保"), tmp_path, quiet)
    assert served(tmp_path) == ["fire"]
    assert built(tmp_path, FIRE, SCAM, CARE)[0].is_new
    assert served(tmp_path) == ["fire", "scam", "care"]


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build([SCAM, FIRE], FakeEmbedder(), tmp_path, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 5), (5, 5)]


BUILD_OF_100 = """
import sys
from pathlib import Path
from corpus.article import Article
from index.build import build
from tests.index.fake_embedder import FakeEmbedder, quiet
state, first = Path(sys.argv[1]), int(sys.argv[2])
articles = [Article(f"a-{n}", f"题 {n}", f"火灾第{n}起。") for n in range(first, first + 100)]
print(build(articles, FakeEmbedder(delay=0.002), state, quiet).is_new)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("starts", "new"), [((0, 0), ["False", "True"]), ((0, 50), ["True", "True"])])
def test_two_processes_build_at_once(tmp_path: Path, starts: tuple[int, int], new: list[str]) -> None:
    """The second waits for the first, and has nothing left to do where both build the same."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", BUILD_OF_100, str(tmp_path), str(first)], stdout=subprocess.PIPE, text=True
        )
        for first in starts
    ]
    assert sorted(process.communicate(timeout=60)[0].strip() for process in processes) == new
    assert [process.returncode for process in processes] == [0, 0]
    assert served(tmp_path) in ([f"a-{n}" for n in range(first, first + 100)] for first in starts)
