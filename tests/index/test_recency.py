"""Among articles that answer equally well the newer goes first, and before it those of a year asked for."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article
from corpus.passages import Passage
from index.hit import Hit, Signals
from index.query.query import Query
from index.recency import (
    ASKED_BAND,
    BAND,
    EDITION_BAND,
    asked_years,
    asks_for_newest,
    rank_by_recency,
    years_of,
)

TODAY = date(2026, 11, 24)
PLAIN, NEWEST, YEAR = "医保要交多少钱?", "最新的医保要交多少钱?", "2023年医保要交多少钱?"


def hit(name: str, score: float, year: int | None = None, title: str = "通知") -> Hit:
    article = Article(name, title, "文。", published=date(year, 9, 1) if year else None)
    return Hit(article, Passage(name, 0, 2, "文。", title, "", ()), score, Signals(0, 0, 0, 0), ())


def order(question: str, *hits: Hit, editions: tuple[str, ...] = ()) -> str:
    """The articles' names in their order, best hits first."""
    related = {name: set(editions) - {name} for name in editions}
    found = rank_by_recency(Query(question), hits, TODAY, lambda name: related.get(name, set()))
    assert [round(h.score, 6) for h in found] == sorted((round(h.score, 6) for h in hits), reverse=True)
    return "".join(h.article.id for h in found)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2023年医保交多少?", {2023}),
        ("２０２３年和今年的标准", {2023, 2026}),
        ("去年呢?", {2025}),
        ("明年放假安排", {2027}),
        ("What is this year's rate?", {2026}),
        ("the rate in 2024 and last year", {2024, 2025}),
        ("2023-2024学年", {2023, 2024}),
        ("补贴2000元怎么领?", set()),
        ("2000多人参加了什么?", {2000}),
        ("12345热线", set()),
        ("110和12023号文件", set()),
        ("1.2020", set()),
        ("怎样防范电信诈骗?", set()),
    ],
)
def test_asked_years(question: str, years: set[int]) -> None:
    assert asked_years(Query(question), TODAY) == years


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("最新的标准是多少?", True),
        ("現在要交多少?", True),
        ("目前有几家?", True),
        ("What is the latest rate?", True),
        ("How much is it NOW?", True),
        ("Do you know the rate?", False),
        ("怎样防范电信诈骗?", False),
    ],
)
def test_asks_for_newest(question: str, asks: bool) -> None:
    assert asks_for_newest(Query(question)) == asks


def test_the_years_of_an_article() -> None:
    assert years_of(hit("a", 1, 2023).article) == {2023}
    assert years_of(hit("a", 1, 2023, "2024年度医保缴费通知").article) == {2024}
    assert years_of(hit("a", 1).article) == set()


def test_the_newer_of_two_that_answer_equally_well_goes_first() -> None:
    assert order(PLAIN, hit("o", 3.0, 2021), hit("n", 3.0 - 0.9 * BAND, 2024)) == "no"
    assert order(PLAIN, hit("o", 3.0, 2021), hit("n", 3.0 - 1.1 * BAND, 2024)) == "on"
    assert order(PLAIN, hit("n", 3.0, 2024), hit("o", 3.0, 2021)) == "no"


def test_an_article_without_a_date_keeps_its_place() -> None:
    middle = hit("u", 2.99)
    assert order(PLAIN, hit("o", 3.0, 2021), middle, hit("n", 2.98, 2024)) == "nuo"
    assert order(PLAIN, middle, hit("n", 2.98, 2024)) == "un"
    assert order(PLAIN, hit("o", 3.0, 2021), middle) == "ou"


def test_who_asks_for_the_newest_gets_it_though_it_answers_a_little_less_well() -> None:
    near = 3.0 - 0.9 * ASKED_BAND
    for question in (NEWEST, "今年医保要交多少钱?", "医保现在要交多少钱?"):
        assert order(question, hit("o", 3.0, 2021), hit("n", near, 2024)) == "no"
        assert order(question, hit("o", 3.0, 2021), hit("n", 3.0 - 1.1 * ASKED_BAND, 2024)) == "on"
    assert order(PLAIN, hit("o", 3.0, 2021), hit("n", near, 2024)) == "on"


def test_a_year_that_is_named_goes_first() -> None:
    hits = hit("x", 3.0, 2025), hit("y", 2.99, 2024), hit("z", 2.98, 2023)
    assert order(YEAR, *hits) == "zxy"
    assert order("2024年医保要交多少钱?", *hits) == "yxz"
    assert order("2019年医保要交多少钱?", *hits) == "xyz"
    assert order("去年医保要交多少钱?", *hits) == "xyz"
    assert (
        order(
            "2023年医保要交多少钱?", hit("x", 3.0, 2023, "2024年度通知"), hit("y", 2.99, 2022, "2023年度通知")
        )
        == "yx"
    )


def test_this_year_without_an_article_of_this_year_is_the_newest() -> None:
    hits = hit("o", 3.0, 2021), hit("n", 2.99, 2024)
    assert order("今年医保要交多少钱?", *hits) == "no"
    assert order("今年医保要交多少钱?", *hits, hit("t", 2.97, 2026)) == "ton"


def test_editions_of_one_notice_are_put_in_order_from_further_away() -> None:
    old, other, new = hit("o", 3.0, 2021), hit("x", 2.9, 2026), hit("n", 3.0 - 0.9 * EDITION_BAND, 2024)
    assert order(PLAIN, old, other, new, editions=("o", "n")) == "nxo"
    assert order(PLAIN, old, other, new) == "oxn"
    assert order(YEAR, old, new, hit("y", 2.86, 2023), editions=("o", "n", "y")) == "yon"


def test_only_the_best_hit_of_an_article_moves() -> None:
    hits = [hit("o", 3.0, 2021), hit("n", 2.99, 2024), hit("o", 2.5, 2021), hit("n", 2.4, 2024)]
    assert order(PLAIN, *hits) == "noon"


def test_what_answers_worse_is_put_in_order_too() -> None:
    assert order(PLAIN, hit("a", 3.0, 2021), hit("b", 2.0, 2021), hit("c", 1.99, 2024)) == "acb"


def test_no_hits() -> None:
    assert rank_by_recency(Query(PLAIN), [], TODAY, lambda name: ()) == []
