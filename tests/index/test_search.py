"""A question to ranked passages, on a corpus so small that every score can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.article import Article
from index.hit import Hit
from index.query.query import Query
from index.reranking import READ
from index.search import Searcher, fuse
from index.terms import Script
from tests.index.fake_embedder import FakeEmbedder, searcher_over

SCAM = Article("scam", "防诈骗", "诈骗要报警。不要转账。")  # 9 terms with its title, 诈骗 twice
FIRE = Article("fire", "防火灾", "火灾要报警。")  # 6 terms
CARE = Article("care", "办医保", "医保要缴费。")  # 6 terms

IDF_OF_ONE = log(1 + 2.5 / 1.5)  # of a term that one of the three holds
IDF_OF_NONE = log(1 + 3.5 / 0.5)


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    with searcher_over([SCAM, FIRE, CARE], tmp_path) as searcher:
        yield searcher


def outline(hits: list[Hit]) -> list[tuple[str, float]]:
    return [(hit.article.id, round(hit.score, 4)) for hit in hits]


def test_signals_and_scores_by_hand(searcher: Searcher) -> None:
    """ "诈骗怎么办" has the vector (1, 0, 0, 0, 0, 0, 0), and .4 of the last axis is taken off."""
    hits = searcher.search(Query("诈骗怎么办"), 3)
    bm25 = IDF_OF_ONE * 2 / (2 + 1.5 * (0.25 + 0.75 * 9 / 7))
    lexical = bm25 / (IDF_OF_ONE + 3 * IDF_OF_NONE)  # 诈骗, 骗怎, 怎么, 么办
    assert lexical == pytest.approx(0.0711, abs=1e-4)
    best = hits[0]
    assert (best.article, best.passage.text) == (SCAM, SCAM.body)
    assert best.signals.dense == pytest.approx((1 + 1) / 2)  # the passage and its nearest sentence
    assert [sentence.cosine for sentence in best.sentences] == pytest.approx([1, -0.4])  # 不要转账: last axis
    assert [best.article.body[s.start : s.end] for s in best.sentences] == ["诈骗要报警。", "不要转账。"]
    assert best.signals.lexical == best.signals.whole == pytest.approx(lexical)
    # Everyday questions have .6 of the last axis, on which the sentence 不要转账 lies and no passage.
    assert [hit.signals.background for hit in hits] == pytest.approx([0.6 / 2] * 3)
    assert best.score == pytest.approx(4 * 1 + (lexical / 0.15) ** 2 * 2 * lexical)
    assert outline(hits[1:]) == [("fire", 0), ("care", 0)]  # equal ones in the order of the library


def test_a_question_on_two_subjects(searcher: Searcher) -> None:
    hits = searcher.search(Query("诈骗、火灾、火灾"), 3)
    assert [hit.article.id for hit in hits] == ["fire", "scam", "care"]
    assert [hit.signals.dense for hit in hits] == pytest.approx([2 / sqrt(5), 1 / sqrt(5), 0])
    assert hits[0].signals.lexical == pytest.approx(
        2 * IDF_OF_ONE * 2 / (2 + 1.5 * (0.25 + 0.75 * 6 / 7)) / (3 * IDF_OF_ONE)
    )


def test_a_question_that_shares_no_term(searcher: Searcher) -> None:
    """Its vector is .6 of the last axis, on which only 不要转账 lies (half of a dense score)."""
    hits = searcher.search(Query("Wie ist das Wetter?"), 3)
    assert outline(hits) == [("scam", round(4 * 0.6 * 0.5, 4)), ("fire", 0), ("care", 0)]
    assert {(hit.signals.lexical, hit.signals.whole) for hit in hits} == {(0, 0)}


@pytest.mark.parametrize("question", ["？！", "", "👍"])
def test_a_question_without_words_is_searched_too(searcher: Searcher, question: str) -> None:
    assert len(searcher.search(Query(question), 2)) == 2


def test_equal_passages_come_in_the_order_of_the_library(tmp_path: Path) -> None:
    articles = [Article(f"a-{n}", "题", "火灾。" if n % 2 else "医保。") for n in range(80)]
    with searcher_over(articles, tmp_path) as searcher:
        assert [hit.article for hit in searcher.search(Query("火灾"), 80)] == articles[1::2] + articles[::2]


def test_at_most_k_hits(searcher: Searcher) -> None:
    assert outline(searcher.search(Query("医保"), 1))[0][0] == "care"
    assert [len(searcher.search(Query("医保"), k)) for k in (0, 1, 3, 100)] == [0, 1, 3, 3]


def test_traditional_and_simplified_questions_find_the_same(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    with searcher_over([SCAM, FIRE, CARE], tmp_path, embedder) as searcher:
        assert searcher.search(Query("詐騙怎麼辦"), 3) == searcher.search(Query("诈骗怎么办"), 3)
        assert embedder.questions.count("诈骗怎么办") == 1  # embedded once, for both


def test_every_passage_of_an_article_is_found_under_its_own_offsets(tmp_path: Path) -> None:
    article = Article("long", "题", "引子。\n\n## 一\n\n　　诈骗。\n\n## 二\n\n火灾!")
    with searcher_over([article], tmp_path) as searcher:
        hits = searcher.search(Query("诈骗"), 3)
    assert [hit.passage.text for hit in hits] == ["诈骗。", "火灾!", "引子。"]
    assert [article.body[hit.passage.start : hit.passage.end] for hit in hits] == [
        "诈骗。",
        "火灾!",
        "引子。",
    ]
    assert [hit.passage.subhead for hit in hits] == ["一", "二", ""]


def test_a_hit_knows_the_sentences_around_it_in_its_section(tmp_path: Path) -> None:
    numbers = "一二三四五六七"
    body = "\n".join("诈" * 199 + f"{n}。" for n in numbers) + "\n\n## 又\n\n诈骗。"
    with searcher_over([Article("long", "题", body)], tmp_path) as searcher:
        hits = {hit.passage.text[-2]: hit for hit in searcher.search(Query("诈骗"), 9)}
    known = {
        name: "".join(body[s.end - 2] for s in hit.sentences if not s.is_own) for name, hit in hits.items()
    }
    assert known == {"一": "二三", "二": "一三四", "四": "二三五六", "七": "五六", "骗": ""} | {
        "三": "一二四五",
        "五": "三四六七",
        "六": "四五七",
    }


def test_withheld_articles_never_appear(searcher: Searcher) -> None:
    assert [hit.article.id for hit in searcher.search(Query("诈骗"), 3, withheld={"scam"})] == [
        "fire",
        "care",
    ]
    assert [hit.article.id for hit in searcher.search(Query("诈骗"), 3, withheld=["scam", "care"])] == [
        "fire"
    ]
    assert len(searcher.search(Query("诈骗"), 3, withheld=["unknown"])) == 3
    assert searcher.search(Query("诈骗"), 3, withheld=["scam", "fire", "care"]) == []


def test_trust_in_words_does_not_come_from_withheld_articles(searcher: Searcher) -> None:
    """The question is 诈骗's word for word, and shares 报警 with 火灾."""
    (hit, _) = searcher.search(Query("诈骗要报警。"), 2, withheld=["scam"])
    assert hit.article == FIRE
    matched = hit.signals.lexical + hit.signals.whole
    trust = min(1, hit.signals.lexical / 0.15) ** 2
    assert hit.score == pytest.approx(4 * hit.signals.dense + trust * matched)


def test_many_withheld_passages_do_not_crowd_out_the_others(tmp_path: Path) -> None:
    body = "\n\n".join(f"## 第{n}节\n\n诈骗。" for n in range(150))
    with searcher_over([Article("big", "诈骗", body), FIRE], tmp_path) as searcher:
        assert [hit.article.id for hit in searcher.search(Query("诈骗"), 3, withheld=["big"])] == ["fire"]


def test_several_threads_may_search(searcher: Searcher) -> None:
    questions = ["诈骗怎么办", "火灾", "医保"] * 20
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda question: searcher.search(Query(question), 3), questions))
    assert [hits[0].article.id for hits in found] == ["scam", "fire", "care"] * 20
    assert all(hits == found[i % 3] for i, hits in enumerate(found))


@pytest.mark.parametrize(
    ("best_lexical", "expected"),
    [(0.0, [2.0, 0.8]), (0.075, [2.025, 0.875]), (0.15, [2.1, 1.1]), (0.6, [2.1, 1.1])],
)
def test_fuse(best_lexical: float, expected: list[float]) -> None:
    """4 * dense + trust * matched; trust is 0, 1 / 4, 1 and 1."""
    dense, matched = np.array([0.5, 0.2], np.float32), np.array([0.1, 0.3], np.float32)
    fused = fuse(dense, matched, best_lexical)
    np.testing.assert_allclose(fused, expected, rtol=1e-6)
    assert fused.dtype == np.float32


STORY = (
    "诈骗分子冒充客服,要求市民把钱转到安全账户,民警提醒市民不要相信陌生人的电话,接到可疑来电应当立即挂断。"
)
COPIES = [
    Article("paper", "防骗", STORY, published=date(2024, 11, 1)),
    Article("agency", "防诈", STORY, published=date(2024, 11, 3)),
    Article("blog", "诈骗", STORY),
]


class Reader:
    """A re-ranker that wants one title, and remembers what it read."""

    name = "reader"
    scripts: frozenset[Script] = frozenset({"han", "latin"})

    def __init__(self, title: str) -> None:
        self.title = title
        self.read: list[str] = []

    def logits(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        return np.array([9.0 * text.startswith(self.title) for text in texts], np.float32)


@pytest.mark.parametrize(("title", "first"), [("防骗", "paper"), ("防诈", "agency"), ("无", "agency")])
def test_of_copies_one_is_found_whichever_is_read_best(tmp_path: Path, title: str, first: str) -> None:
    embedder, reader = FakeEmbedder(), Reader(title)
    with searcher_over([*COPIES, FIRE, CARE], tmp_path, embedder) as searcher:
        # Without a re-ranker too.
        found = [hit.article.id for hit in searcher.search(Query("怎样不上当?"), 9)]
        assert sorted(found[1:]) == ["care", "fire"]
        hits = Searcher(searcher.snapshot, embedder, reader).search(Query("怎样不上当?"), 9)
    assert [hit.article.id for hit in hits][:1] == [first]
    assert len(hits) == 3
    assert len(reader.read) == READ


def test_a_withheld_copy_makes_room_for_another(tmp_path: Path) -> None:
    with searcher_over([*COPIES, FIRE], tmp_path) as searcher:
        for withheld in (["agency"], ["agency", "blog"]):
            hits = searcher.search(Query("诈骗"), 9, withheld)
            assert len({hit.article.id for hit in hits} & {"paper", "agency", "blog"} - set(withheld)) == 1
        assert [hit.article.id for hit in searcher.search(Query("诈骗"), 9, ["paper", "agency", "blog"])] == [
            "fire"
        ]
