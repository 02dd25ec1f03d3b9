from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.answering.conversation import REMEMBERED, Conversations, leans_in_english, recent_questions
from bot.answering.question import Question
from corpus.article import Article
from index.hit import Hit
from index.query.query import Query
from index.search import Searcher
from tests.index.fake_embedder import searcher_over

SCAM = Article(
    id="scam", title="防诈骗", body="诈骗老年人的陌生人要信息。诈骗电话很多。防诈骗手册发了三百份。"
)
FIRE = Article(id="fire", title="防火灾", body="火灾隐患要及时消除。火灾会造成损失。")
CARE = Article(id="care", title="交医保", body="医保在窗口缴费。医保的钱不多。")
ASKED = "怎样防范电信诈骗?"


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    with searcher_over([SCAM, FIRE, CARE], tmp_path) as opened:
        yield opened


@pytest.fixture
def conversations(searcher: Searcher) -> Conversations:
    return Conversations(searcher)


def _meant(conversations: Conversations, question: str, history: Sequence[str]) -> str:
    return conversations.meant(Question(question), [Question(line) for line in history]).text


def _recent(history: Sequence[str]) -> list[str]:
    return [question.text for question in recent_questions(history)]


@pytest.mark.parametrize(
    "question", ["多少钱?", "它安全吗", "那老年人呢?", "什么时候开的?", "怎麼辦?", "发了多少手册?"]
)
def test_a_question_with_little_content_leans_on_the_one_before(
    conversations: Conversations, question: str
) -> None:
    assert _meant(conversations, question, [ASKED]) == f"{ASKED} {question}"


def test_more_content_leans_where_the_article_that_was_spoken_of_holds_it(
    conversations: Conversations,
) -> None:
    assert _meant(conversations, "陌生人能知道信息吗?", [ASKED]) == f"{ASKED} 陌生人能知道信息吗?"
    assert _meant(conversations, "陌生人能知道信息吗?", ["火灾隐患怎样消除?"]) == "陌生人能知道信息吗?"


@pytest.mark.parametrize("question", ["火灾隐患怎样消除?", "红烧肉怎么做才好吃?", "5G基站有輻射嗎?"])
def test_a_question_that_stands_alone_is_not_bent(conversations: Conversations, question: str) -> None:
    assert _meant(conversations, question, [ASKED]) == question


def test_a_short_question_that_finds_its_own_article_stands_alone(conversations: Conversations) -> None:
    assert _meant(conversations, "那医保呢?", [ASKED]) == "那医保呢?"
    assert _meant(conversations, "那现在呢?", [ASKED]) == f"{ASKED} 那现在呢?"


def test_words_that_only_other_articles_hold_begin_something_else(conversations: Conversations) -> None:
    assert _meant(conversations, "医保怎么办?", [ASKED]) == "医保怎么办?"
    assert _meant(conversations, "堵车怎么办?", [ASKED]) == "堵车怎么办?"  # no article has it


def test_keywords_lean_only_where_the_article_that_was_spoken_of_holds_them(
    conversations: Conversations,
) -> None:
    assert _meant(conversations, "三百份手册", [ASKED]) == f"{ASKED} 三百份手册"
    assert _meant(conversations, "三百份手册", ["火灾隐患怎样消除?"]) == "三百份手册"
    assert _meant(conversations, "办理地点", [ASKED]) == "办理地点"


def test_what_is_meant_goes_back_to_the_question_that_stands_alone(conversations: Conversations) -> None:
    history = ["火灾隐患怎样消除?", ASKED, "那老年人呢?"]
    assert _meant(conversations, "他们怎么办?", history) == f"{ASKED} 那老年人呢? 他们怎么办?"


def test_without_history_a_question_is_asked_as_it_is(conversations: Conversations) -> None:
    assert _meant(conversations, "多少钱?", []) == "多少钱?"


@pytest.mark.parametrize("between", ["谢谢!", "OK", "", "？！", "\x00", "长" * 10_000])
def test_what_asks_nothing_is_passed_over(between: str) -> None:
    assert _recent([ASKED, between]) == [ASKED]


def test_only_the_last_questions_are_looked_at() -> None:
    assert _recent([ASKED, "它安全吗?", "为什么?", "多少钱?"]) == ["它安全吗?", "为什么?", "多少钱?"]


def test_a_question_with_history_costs_one_search_more_than_one_without(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = []

    def fused(query: Query, k: int, withheld: Sequence[str] = ()) -> list[Hit]:
        searched.append(query.text)
        return Searcher.fused(searcher, query, k, withheld)

    monkeypatch.setattr(searcher, "fused", fused)
    conversations = Conversations(searcher)
    conversations.remember(ASKED, "scam")
    _meant(conversations, "多少钱?", [ASKED])
    _meant(conversations, "红烧肉怎么做才好吃?", [ASKED])
    assert searched == ["多少钱?"]
    for number in range(REMEMBERED):
        conversations.remember(str(number), "fire")
    _meant(conversations, "多少钱?", [ASKED])
    assert searched == ["多少钱?", ASKED, "多少钱?"]


@pytest.mark.parametrize(
    "question",
    ["and for the elderly?", "Is it safe?", "How many booklets did they hand out?", "How much?", "When?"],
)
def test_an_english_follow_up_opens_or_points_back_or_names_nothing(question: str) -> None:
    assert leans_in_english(Question(question))


@pytest.mark.parametrize(
    "question",
    [
        "Is base-station radiation safe?",
        "Is it true that trucks with epidemic supplies pay no highway toll?",
        "What is 5G?",
        "How do they vote in Zhumadian?",
        "What do inspectors look at when they check a house?",
    ],
)
def test_an_english_question_that_stands_alone_is_none(question: str) -> None:
    assert not leans_in_english(Question(question))
