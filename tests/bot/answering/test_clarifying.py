from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answering.bot import Bot
from bot.answering.clarifying import Choice, may_choose, picked
from bot.answering.question import Question
from corpus.article import Article
from tests.bot.answering.test_bot import CALIBRATION
from tests.index.fake_embedder import searcher_over

TODAY = date(2025, 6, 1)
CEDAR = Article(
    "cedar", "雪松街道防诈骗宣传", "雪松街道提醒居民防诈骗,不要转账。", published=date(2025, 1, 2)
)
OLD_TOWN = Article(
    "old-town", "古城街道防诈骗讲座", "古城街道讲怎样防诈骗,先打电话。", published=date(2025, 2, 3)
)
FEE_2023 = Article("fee-2023", "2023年医保缴费标准", "医保每人交三百五十元。", published=date(2023, 1, 2))
FEE_2024 = Article("fee-2024", "2024年医保缴费标准", "医保每人交三百八十元。", published=date(2024, 1, 2))
STREETS = (
    Choice("雪松街道", "雪松街道：诈骗怎么防?", "雪松"),
    Choice("古城街道", "古城街道：诈骗怎么防?", "古城"),
)
YEARS = (Choice("2024年", "2024年：医保交多少?", "2024"), Choice("2023年", "2023年：医保交多少?", "2023"))


@contextmanager
def over(state: Path, *articles: Article) -> Iterator[Bot]:
    with searcher_over(articles, state) as searcher:
        yield Bot(searcher, CALIBRATION, today=lambda: TODAY)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with over(tmp_path, CEDAR, OLD_TOWN, FEE_2023, FEE_2024) as bot:
        yield bot


def labels(bot: Bot, question: str) -> set[str]:
    return {choice.label for choice in bot.ask(question).choices}


def test_a_question_that_two_streets_answer_is_asked_back(bot: Bot) -> None:
    answer = bot.ask("诈骗怎么防?")
    assert {choice.label for choice in answer.choices} == {"雪松街道", "古城街道"}
    assert (answer.verdict, answer.quotes, answer.nearest) == ("talk", (), ())
    said, *listed = answer.reply.splitlines()
    assert said == "有几篇文章都能回答。您问的是哪一个？"
    assert set(listed) == {"· 雪松街道：诈骗怎么防?", "· 古城街道：诈骗怎么防?"}


def test_each_choice_is_answered_from_its_article(bot: Bot) -> None:
    found = {choice.label: bot.ask(choice.question) for choice in bot.ask("诈骗怎么防?").choices}
    assert {label: answer.quotes[0].article.id for label, answer in found.items()} == {
        "雪松街道": "cedar",
        "古城街道": "old-town",
    }
    assert all(answer.choices == () for answer in found.values())


@pytest.mark.parametrize("said", ["古城", "古城街道的", "我问的是古城街道", "古城呢?"])
def test_a_typed_name_chooses(bot: Bot, said: str) -> None:
    answer = bot.ask(said, ["诈骗怎么防?"])
    assert (answer.question, answer.quotes[0].article.id) == (said, "old-town")


def test_a_typed_place_in_the_list_chooses(bot: Bot) -> None:
    choices = bot.ask("诈骗怎么防?").choices
    second = bot.ask(choices[1].question).quotes[0].article
    assert bot.ask("第二个", ["诈骗怎么防?"]).quotes[0].article == second
    assert bot.ask("第三个", ["诈骗怎么防?"]).quotes == ()


def test_the_newest_year_is_the_first_choice_and_its_number_is_enough(bot: Bot) -> None:
    assert [choice.label for choice in bot.ask("医保每人交多少元?").choices] == ["2024年", "2023年"]
    assert bot.ask("2023年的", ["医保每人交多少元?"]).quotes[0].article.id == "fee-2023"
    assert bot.ask("去年的", ["医保每人交多少元?"]).quotes[0].article.id == "fee-2024"


@pytest.mark.parametrize(
    "question",
    [
        "雪松街道诈骗怎么防?",
        "翠柏街道诈骗怎么防?",
        "2023年医保每人交多少元?",
        "今年医保每人交多少?",
        "最新的医保标准是多少?",
    ],
)
def test_what_names_a_place_or_a_year_is_never_asked_back(bot: Bot, question: str) -> None:
    assert bot.ask(question).choices == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(CEDAR, id="copy", source="转载"),
        replace(OLD_TOWN, supersedes=("cedar",)),
        replace(OLD_TOWN, title="雪松街道防诈骗讲座", body="雪松街道讲怎样防诈骗,先打电话。"),
        replace(OLD_TOWN, valid_until=date(2025, 3, 1)),
    ],
    ids=["copy", "superseded", "same place", "expired"],
)
def test_nothing_is_asked_back_between_what_is_no_choice(tmp_path: Path, other: Article) -> None:
    with over(tmp_path, CEDAR, other) as bot:
        assert labels(bot, "诈骗怎么防?") == set()


def test_an_english_question_is_asked_back_in_english(tmp_path: Path) -> None:
    maple = Article("maple", "Maple Street fire safety", "Maple Street residents learn fire safety rules.")
    oak = Article("oak", "Oak Street fire safety", "Oak Street people train fire safety skills.")
    with over(tmp_path, maple, oak) as bot:
        answer = bot.ask("How does fire safety work?")
        assert {choice.label for choice in answer.choices} == {"Maple Street", "Oak Street"}
        assert answer.reply.startswith("Several articles answer this. Which one do you mean?\n· ")
        assert bot.ask("the Oak Street one", ["How does fire safety work?"]).quotes[0].article == oak


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("第一个", "雪松街道"),
        ("我选第二个", "古城街道"),
        ("后者", "古城街道"),
        ("2", "古城街道"),
        ("the second one", "古城街道"),
        ("雪松", "雪松街道"),
        ("古城有几个社区", None),
        ("雪松还是古城", None),
        ("第三个", None),
        ("谢谢", None),
    ],
)
def test_what_a_line_chooses(said: str, label: str | None) -> None:
    choice = picked(Question(said), STREETS, TODAY)
    assert (choice.label if choice else None) == label


def test_a_year_is_chosen_as_people_say_it() -> None:
    assert [picked(Question(said), YEARS, TODAY) for said in ("2024", "2023年度的", "去年", "2022年")] == [
        YEARS[0],
        YEARS[1],
        YEARS[0],
        None,
    ]


def test_a_line_that_asks_something_chooses_nothing() -> None:
    said = ["古城呢?", "古城街道", "古城的电话是多少", "what about " + "x" * 40]
    assert [may_choose(Question(line)) for line in said] == [True, True, False, False]
