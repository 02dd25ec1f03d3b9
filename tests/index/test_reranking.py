from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.article import Article
from index.query.query import Query
from index.reranking import LEAST, READ, WEIGHT
from index.search import Searcher
from index.terms import Script
from tests.index.fake_embedder import FakeEmbedder, searcher_over

ARTICLES = [Article(f"a{n}", f"题{n}", f"第{n}条。诈骗要报警。") for n in range(READ + 3)]


class FakeReranker:
    """Reads 10 out of a text that holds `liked`, else 0; `read` are the questions and texts it saw."""

    name = "fake"

    def __init__(self, liked: str, scripts: frozenset[Script]) -> None:
        self.liked = liked
        self.scripts = scripts
        self.read: list[tuple[str, Sequence[str]]] = []

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read.append((question, texts))
        return np.array([10.0 if self.liked in text else 0.0 for text in texts], dtype=np.float32)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Searcher]:
    with searcher_over(ARTICLES, tmp_path) as searcher:
        yield searcher


BOTH: frozenset[Script] = frozenset({"han", "latin"})


def reading(plain: Searcher, liked: str, scripts: frozenset[Script] = BOTH) -> tuple[Searcher, FakeReranker]:
    reranker = FakeReranker(liked, scripts)
    return Searcher(plain.snapshot, FakeEmbedder(), reranker), reranker


def test_a_text_that_answers_rises_by_its_log_odds(plain: Searcher) -> None:
    searcher, _ = reading(plain, "第3条")
    before = {hit.article.id: hit for hit in plain.search(Query("诈骗"), 20)}
    after = searcher.search(Query("诈骗"), 20)
    assert [hit.article.id for hit in after] == ["a3", *(i for i in before if i != "a3")]
    assert after[0].score == pytest.approx(before["a3"].score + 10 * WEIGHT)
    assert [hit.signals.read for hit in after] == [10.0] + [0.0] * (READ - 1) + [None] * 3
    assert all(hit.signals.read is None for hit in before.values())


def test_only_the_best_are_read_with_their_heading_in_simplified_characters(plain: Searcher) -> None:
    searcher, reranker = reading(plain, f"第{READ}条")
    assert len(searcher.search(Query("詐騙"), 2)) == 2
    assert reranker.read == [("诈骗", [f"题{n}\n第{n}条。诈骗要报警。" for n in range(READ)])]


def test_a_question_in_a_script_that_the_model_does_not_read_is_left_as_it_is(plain: Searcher) -> None:
    searcher, reranker = reading(plain, "第3条", frozenset({"latin"}))
    assert searcher.search(Query("诈骗"), 3) == plain.search(Query("诈骗"), 3)
    assert reranker.read == []
    assert searcher.search(Query("a scam"), 3)[0].article.id == "a3"
    assert [(question, len(texts)) for question, texts in reranker.read] == [("a scam", READ)]


def test_no_text_falls_by_more_than_the_least(plain: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeReranker, "logits", lambda *_: np.full(READ, -9, dtype=np.float32))
    searcher, _ = reading(plain, "")
    before, after = plain.search(Query("a scam"), 1)[0], searcher.search(Query("a scam"), 1)[0]
    assert after.score == pytest.approx(before.score + LEAST * WEIGHT)


def test_nothing_left_nothing_read(plain: Searcher) -> None:
    searcher, _ = reading(plain, "第3条")
    assert searcher.search(Query("诈骗"), 3, withheld=[article.id for article in ARTICLES]) == []


def test_a_first_hit_that_stands_alone_is_not_read(tmp_path: Path) -> None:
    articles = [Article("scam", "诈骗", "诈骗要报警。"), Article("fire", "消防", "楼道不要堆放杂物。")]
    with searcher_over(articles, tmp_path) as plain:
        searcher, reranker = reading(plain, "楼道")
        assert searcher.search(Query("诈骗"), 3) == plain.search(Query("诈骗"), 3)
        assert reranker.read == []
