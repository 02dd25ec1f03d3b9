"""What takes an article's place goes before it; copies stand beside a quote and take no room of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answering.bot import Bot
from bot.answering.succession import ALONE, Standing
from corpus.article import Article
from index.query.query import Query
from tests.bot.answering.test_bot import CALIBRATION, FIRE
from tests.index.fake_embedder import searcher_over

STORY = (
    "诈骗分子常常冒充客服,要求市民把钱转到所谓的安全账户,民警提醒市民不要相信陌生人的电话。"
    "接到可疑来电应当立即挂断,并到派出所核实情况,老年人更要多问问子女。"
)
PAPER = Article("paper", "防诈骗", STORY, source="晚报", published=date(2024, 11, 1))
AGENCY = Article("agency", "民警提醒:防诈骗", STORY, source="新华社", published=date(2024, 11, 3))
UNDATED = Article("undated", "防诈骗提醒", STORY, correction="电话有误")
OLD = Article("old", "诈骗举报办法", "诈骗举报请拨打老号码。", published=date(2022, 1, 1))
NEW = Article("new", "新办法", "诈骗举报的新办法已经公布,市民可以在网上办理有关手续。", supersedes=("old",))


@contextmanager
def bot_over(articles: Sequence[Article], state: Path, today: date = date(2026, 11, 24)) -> Iterator[Bot]:
    with searcher_over(articles, state) as searcher:
        yield Bot(searcher, CALIBRATION, today=lambda: today)


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Bot]:
    with bot_over([PAPER, AGENCY, UNDATED, FIRE], tmp_path) as bot:
        yield bot


def test_one_copy_is_quoted_and_the_others_are_named(copies: Bot) -> None:
    answer = copies.ask("诈骗怎么防?")
    assert [quote.article for quote in answer.quotes] == [AGENCY]
    assert answer.quotes[0].standing == Standing(None, (PAPER, UNDATED))
    assert answer.nearest == (FIRE,)


def test_a_withheld_copy_is_neither_quoted_nor_named(copies: Bot) -> None:
    found = copies.find("诈骗怎么防?", withheld=["agency", "undated"])
    assert [(quote.article, quote.standing) for quote in found.quotes] == [(PAPER, ALONE)]
    assert {hit.article for hit in found.hits} == {PAPER, FIRE}


def test_every_article_knows_its_copies(copies: Bot) -> None:
    assert copies.standing("paper") == Standing(None, (AGENCY, UNDATED))
    assert copies.standing("fire") == copies.standing("unknown") == ALONE


def test_what_supersedes_goes_first_and_the_other_says_so(tmp_path: Path) -> None:
    with bot_over([OLD, NEW, FIRE], tmp_path) as bot:
        hits = bot._searcher.search(Query("诈骗举报还请拨打吗?"), 9)
        assert [hit.article for hit in hits] == [OLD, NEW, FIRE]
        answer = bot.ask("诈骗举报还请拨打吗?")
        assert [(q.article, q.standing.superseded_by) for q in answer.quotes] == [(NEW, None), (OLD, NEW)]
        assert answer.quotes[0].score >= answer.quotes[1].score
        assert bot.standing("old") == Standing(NEW)


@pytest.mark.parametrize(
    ("question", "first"),
    [("2022年诈骗防范补贴标准是多少?", "y2022"), ("诈骗防范补贴标准是多少?", "y2024")],
)
def test_a_year_that_is_asked_for_goes_first_though_it_is_superseded(
    tmp_path: Path, question: str, first: str
) -> None:
    old, new = YEARLY[0], replace(YEARLY[2], supersedes=("y2022",))
    with bot_over([old, new, FIRE], tmp_path, date(2024, 12, 1)) as bot:
        answer = bot.ask(question)
        assert answer.quotes[0].article.id == first
        assert {q.article.id: q.standing.superseded_by for q in answer.quotes} == {
            "y2022": new,
            "y2024": None,
        }


def test_what_supersedes_and_does_not_match_stays_where_it_is(tmp_path: Path) -> None:
    new = replace(NEW, body="基站辐射很小,市民可以放心。")
    with bot_over([OLD, new, FIRE], tmp_path) as bot:
        answer = bot.ask("诈骗举报还请拨打吗?")
        assert [(q.article, q.standing.superseded_by) for q in answer.quotes] == [(OLD, new)]


def test_a_withheld_or_withdrawn_article_supersedes_nothing(tmp_path: Path) -> None:
    with bot_over([OLD, NEW, FIRE], tmp_path / "a") as bot:
        found = bot.find("诈骗举报还请拨打吗?", withheld=["new"])
        assert [(q.article, q.standing) for q in found.quotes] == [(OLD, ALONE)]
    with bot_over([OLD, replace(NEW, status="withdrawn"), FIRE], tmp_path / "b") as bot:
        assert bot.standing("old") == ALONE


def test_a_withdrawn_article_is_neither_quoted_nor_near(tmp_path: Path) -> None:
    gone = replace(AGENCY, status="withdrawn", withdrawal="内容失实", withdrawn_on=date(2024, 12, 1))
    with bot_over([PAPER, gone, FIRE], tmp_path) as bot:
        for question in ("诈骗怎么防?", "熊猫吃什么?"):
            answer = bot.ask(question)
            shown = [*(quote.article for quote in answer.quotes), *answer.nearest]
            assert set(shown) == {PAPER, FIRE} if answer.verdict == "none" else shown[0] == PAPER
            assert gone.id not in {article.id for article in shown}
        assert bot.standing("paper") == ALONE
        assert set(bot.articles) == {"paper", "fire"}
        assert bot.withdrawn == {"agency": replace(gone, body="")}


NOTICE = (
    "{year}年诈骗防范宣传补贴标准为每个社区{amount}元,由街道统一申请,材料交到政务大厅窗口,"
    "审核通过以后十五个工作日内拨付,逾期不再受理,具体事项请向所在街道咨询。"
)
YEARLY = [
    Article(f"y{year}", "补贴通知", NOTICE.format(year=year, amount=year - 1000), published=date(year, 9, 1))
    for year in (2022, 2021, 2024, 2023)
]


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("2022年诈骗防范补贴标准是多少?", 2022),
        ("最新的诈骗防范补贴标准?", 2024),
        ("今年诈骗防范补贴标准是多少?", 2023),
        ("去年诈骗防范补贴标准是多少?", 2022),
    ],
)
def test_editions_of_a_notice_are_told_apart(tmp_path: Path, question: str, year: int) -> None:
    with bot_over([*YEARLY, FIRE], tmp_path, date(2023, 12, 1)) as bot:
        answer = bot.ask(question)
        assert answer.quotes[0].article.id == f"y{year}"
        assert answer.quotes[0].standing == ALONE
        assert answer.verdict == "answered"  # its other editions are no rivals


def test_a_question_that_names_no_year_is_asked_back(tmp_path: Path) -> None:
    with bot_over([*YEARLY, FIRE], tmp_path, date(2023, 12, 1)) as bot:
        answer = bot.ask("诈骗防范补贴标准是多少?")
        assert [choice.label for choice in answer.choices] == ["2024年", "2023年", "2022年", "2021年"]


def test_what_is_no_longer_valid_goes_last_and_says_so(tmp_path: Path) -> None:
    day = date(2025, 12, 31)
    former = replace(OLD, valid_until=day)
    other = replace(NEW, supersedes=())
    with bot_over([former, other, FIRE], tmp_path, date(2025, 12, 31)) as bot:
        assert [quote.article.id for quote in bot.find("怎么举报诈骗?").quotes] == ["old", "new"]
        assert bot.standing("old") == ALONE
    with bot_over([former, other, FIRE], tmp_path, date(2026, 1, 1)) as bot:
        quotes = bot.find("怎么举报诈骗?").quotes
        assert [(quote.article.id, quote.standing.was_valid_until) for quote in quotes] == [
            ("new", None),
            ("old", day),
        ]
        assert bot.standing("old") == Standing(was_valid_until=day)


def test_an_article_that_is_no_longer_valid_is_quoted_where_no_other_answers(tmp_path: Path) -> None:
    expired = replace(OLD, valid_until=date(2025, 1, 1))
    with bot_over([FIRE, expired], tmp_path) as bot:
        assert [quote.article.id for quote in bot.find("诈骗举报").quotes] == ["old"]
