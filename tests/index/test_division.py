"""Beside a large base what has changed is a small segment: what is found is what a whole build would find."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Article
from corpus.asked import ArticleQuestion
from index import division
from index.build import build
from index.query.query import Query
from index.search import Searcher
from index.store import dense
from index.store.snapshot import SnapshotError, load_current
from index.store.texts import Texts
from tests.index.fake_embedder import TERMS, FakeEmbedder, published_searcher, quiet

STORY = "因管道检修,明天上午八时至下午五时停水,请沿线居民提前储水,给您带来的不便敬请谅解,特此通知。"
LIBRARY = [
    Article(f"a-{n}", f"题{n}", f"{TERMS[n % 4]}第{n}号通知。", asked=(ArticleQuestion(f"{n}号咋办", ""),))
    for n in range(80)
]
SCAM = Article(
    "scam",
    "防诈骗",
    "诈骗要报警,不要转账。" + STORY,
    asked=(ArticleQuestion("诈骗咋办", "诈骗要报警,不要转账。"),),
)
NEW = [*LIBRARY[:3], SCAM, *LIBRARY[4:79], replace(LIBRARY[79], body="火灾新规。")]
"""One changed, one in the place of another."""


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "LARGE", 40)


def built(state: Path, articles: Sequence[Article]) -> int:
    """How many texts were embedded."""
    return build(list(articles), FakeEmbedder(), state, quiet).embedded


def segments(state: Path) -> list[int]:
    """The passages of each segment of the published index."""
    with closing(load_current(state, "fake").texts) as texts:
        return [len(file.owners) for file in texts.files]


def base(state: Path) -> dict[str, int]:
    """The inodes of the files of the published index's base."""
    folder = state / "index" / (state / "index" / "current").read_text() / "base"
    return {str(path.relative_to(folder)): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def ranking(searcher: Searcher, question: str, k: int = 8) -> list[str]:
    return [hit.article.id for hit in searcher.search(Query(question), k)]


def read(texts: Texts) -> list[tuple[Article, str]]:
    """The passages in the order of the library."""
    rows = [texts.rows_of([position]).tolist() for position in texts.order.tolist()]
    return [(texts.passage(row)[0], texts.passage(row)[1].text) for own in rows for row in own]


def test_of_a_large_index_only_what_is_new_is_written(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    before = base(tmp_path)
    assert {"passages.ivf", "passages.npy", "passages.bm25/impacts.npy", "texts.sqlite"} <= before.keys()
    built(tmp_path, NEW)
    assert segments(tmp_path) == [80, 2]
    assert base(tmp_path) == before
    built(tmp_path, [*NEW, Article("fire", "防火灾", "火灾要报警。")])
    assert segments(tmp_path) == [80, 3]
    assert base(tmp_path) == before


def test_what_is_found_is_what_a_whole_build_finds(tmp_path: Path) -> None:
    built(tmp_path / "kept", LIBRARY)
    built(tmp_path / "kept", NEW)
    built(tmp_path / "anew", NEW)
    assert (segments(tmp_path / "kept"), segments(tmp_path / "anew")) == ([80, 2], [80])
    with published_searcher(tmp_path / "kept") as kept, published_searcher(tmp_path / "anew") as anew:
        one, other = kept.snapshot.texts, anew.snapshot.texts
        assert kept.snapshot.manifest == replace(anew.snapshot.manifest, newer=2)
        assert one.articles() == other.articles() == NEW
        assert list(one.ids) == list(other.ids)
        assert one.newest() == other.newest()
        assert read(one) == read(other)
        assert (one.n_passages, one.article_by_id("a-3")) == (80, None)
        for question in ("诈骗要报警", "第17号通知", "火灾新规", "医保第6号", "骗子"):
            assert ranking(kept, question) == ranking(anew, question), question
        assert kept.words_found(Query("火灾")) == pytest.approx(anew.words_found(Query("火灾")), rel=0.05)
        assert kept.word_match(["新规"], "a-79") == 1
        asked, same = (
            sorted((texts.article(one.article).id, one.text, one.start) for one in texts.questions())
            for texts in (one, other)
        )
        assert asked == same
        assert ("scam", "诈骗咋办", 0) in asked
        texts = [question.text for question in one.questions()]
        assert texts[int(kept.likeness(Query("诈骗咋办")).argmax())] == "诈骗咋办"


def test_vectors_are_kept_in_half_precision_and_compared_exactly(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    with closing(load_current(tmp_path, "fake").texts):
        (segment,) = load_current(tmp_path, "fake").store.segments
        vector = FakeEmbedder().embed_questions(["火灾、诈骗、诈骗"])[0]
        ids, scores = segment.dense.search(vector, 100)
        assert len(ids) == 80
        np.testing.assert_allclose(scores, segment.dense.scores(vector, ids))
        np.testing.assert_allclose(sorted(set(scores.tolist())), [0, 5**-0.5, 2 * 5**-0.5], atol=1e-3)


def test_what_is_withheld_is_in_no_segment(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    built(tmp_path, NEW)
    with published_searcher(tmp_path) as searcher:
        assert ranking(searcher, "诈骗要报警", 1) == ["scam"]
        found = searcher.search(Query("诈骗要报警"), 200, withheld={"scam", "a-0"})
        assert len(found) == 78
        assert not {"scam", "a-0", "a-3"} & {hit.article.id for hit in found}
        assert searcher.search(Query("诈骗"), 5, withheld=searcher.snapshot.texts.ids) == []


def test_articles_may_only_be_gone(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    assert built(tmp_path, LIBRARY[:70]) == 0
    assert segments(tmp_path) == [80, 0]
    with published_searcher(tmp_path) as searcher:
        assert (len(searcher.snapshot.texts.ids), searcher.snapshot.texts.n_passages) == (70, 70)
        assert len(searcher.search(Query("第75号通知"), 100)) == 70


def test_copies_are_found_across_segments(tmp_path: Path) -> None:
    library = [*LIBRARY, Article("water", "停水", STORY)]
    built(tmp_path, library)
    built(tmp_path, [*library, Article("again", "又停水", "本报讯 " + STORY)])
    with closing(load_current(tmp_path, "fake").texts) as texts:
        assert len(texts.files) == 2
        copies = texts.others("water", texts.copies)
        assert [article.id for article in copies] == ["again"]
    built(tmp_path, [*LIBRARY, Article("again", "又停水", "本报讯 " + STORY)])
    with closing(load_current(tmp_path, "fake").texts) as texts:
        assert texts.others("again", texts.copies) == []


@pytest.mark.parametrize("constant", ["MOST_NEWER", "MOST_GONE"])
def test_where_much_has_changed_all_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, constant: str
) -> None:
    monkeypatch.setattr(division, constant, 0)
    built(tmp_path, LIBRARY)
    built(tmp_path, NEW)
    assert segments(tmp_path) == [80]


def test_a_damaged_base_is_refused_and_mended(tmp_path: Path) -> None:
    built(tmp_path, LIBRARY)
    built(tmp_path, NEW)
    folder = tmp_path / "index" / (tmp_path / "index" / "current").read_text()
    path = folder / "base" / "passages.bm25" / "impacts.npy"
    path.write_bytes(path.read_bytes()[:-2] + b"??")
    with pytest.raises(SnapshotError, match="is damaged"):
        load_current(tmp_path, "fake")
    built(tmp_path, NEW)
    assert segments(tmp_path) == [80]
