"""A question gets the articles' words behind its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.answer import CuratedParts
from bot.answering.bot import Bot
from bot.answering.synonyms import Synonyms
from corpus.article import Article
from corpus.asked import ArticleQuestion
from tests.bot.answering.test_bot import CALIBRATION, FIRE
from tests.index.fake_embedder import searcher_over

GROUPS = (("信号塔", "基站", "发射塔"), ("手机信号塔", "铁塔"), ("mast", "base station"))
HELD = {"基站", "铁塔", "base", "station", "信号", "号塔"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("信号塔有没有害", "信号塔有没有害 基站"),
        ("手机信号塔有没有害", "手机信号塔有没有害 铁塔"),
        ("基站有没有害", "基站有没有害 信号塔"),
        ("信号塔和基站是一回事吗", "信号塔和基站是一回事吗"),
        ("信號塔有害嗎", "信號塔有害嗎 基站"),
        ("Is a Mast harmful?", "Is a Mast harmful? base station"),
        ("Is the mastery harmful?", "Is the mastery harmful?"),
        ("今天天气", "今天天气"),
    ],
)
def test_words_that_articles_use_are_put_behind_a_question(question: str, said: str) -> None:
    assert Synonyms(GROUPS, lambda term: term in HELD).said(question) == said


def test_an_article_is_found_by_a_word_of_people(tmp_path: Path) -> None:
    station = Article("station", "基站", "基站安全。")
    with searcher_over([FIRE, station], tmp_path) as searcher:
        bot = Bot(searcher, CALIBRATION, synonyms=GROUPS[:1])
        found = bot.find("信号塔咋样")
    assert (found.meant.text, found.quotes[0].article) == ("信号塔咋样 基站", station)


@pytest.mark.parametrize(
    ("question", "used"),
    [
        ("手机信号塔和发射塔有没有害", ("手机信号塔", "信号塔")),
        ("信号塔和基站是一回事吗", ()),
        ("今天天气", ()),
    ],
)
def test_the_groups_that_add_to_a_question_are_told(question: str, used: tuple[str, ...]) -> None:
    assert Synonyms(GROUPS, lambda term: term in HELD).used(question) == used


def test_an_answer_tells_what_editors_had_a_part_in_it_by(tmp_path: Path) -> None:
    asked = (ArticleQuestion("信号塔有没有害?", "基站安全。"),)
    station = Article("station", "基站", "基站安全。", asked=asked)
    with searcher_over([FIRE, station], tmp_path) as searcher:
        bot = Bot(searcher, CALIBRATION, ["信号塔有没有害?"], synonyms=GROUPS[:1])
        curated = bot.ask("信号塔有没有害?").curated
        assert curated == (
            CuratedParts("synonym", "信号塔"), CuratedParts("pin", "station\n信号塔有没有害?"),
            CuratedParts("example", "信号塔有没有害?"),
        )  # fmt: skip
        assert bot.ask("发生火灾怎么办?").curated == ()
