from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.answering.question import QuestionError
from corpus.article import Article
from tests.index.fake_embedder import searcher_over

SCAM = Article(id="scam", title="防诈骗", body="不要向陌生人透露信息。诈骗电话很多。")
FIRE = Article(id="fire", title="防火灾", body="火灾隐患要及时消除。火灾会造成损失。")
# The fake embedder's dense score is near 1 where a term is shared and 0 where none is.
CALIBRATION = Calibration(
    {"zh": [-4.0, 10.0], "en": [-4.0, 20.0, 0.0], "cross": [-4.0, 20.0, 0.0]},
    {kind: {"answered": 0.6, "unsure": 0.3} for kind in ("zh", "en", "cross")},
)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with searcher_over([SCAM, FIRE], tmp_path) as searcher:
        yield Bot(searcher, CALIBRATION, written_examples=("火灾怎么防?", "诈骗怎么防?", "明天下雨吗?"))


def test_a_question_is_answered_by_the_right_article(bot: Bot) -> None:
    answer = bot.ask("诈骗怎么防?")
    assert (answer.question, answer.language, answer.verdict) == ("诈骗怎么防?", "zh-Hans", "answered")
    assert answer.quotes[0].article == SCAM
    assert answer.quotes[0].text == SCAM.body
    assert 0.6 <= answer.confidence <= 1
    assert answer.took_ms >= 0


def test_an_off_topic_question_is_refused_with_the_nearest_articles(bot: Bot) -> None:
    answer = bot.ask("小学招生要什么材料?")
    assert (answer.verdict, answer.quotes) == ("none", ())
    assert set(answer.nearest) == {SCAM, FIRE}


def test_a_traditional_question_gets_the_simplified_text(bot: Bot) -> None:
    answer = bot.ask("詐騙怎麼防?")
    assert (answer.language, answer.quotes[0].article) == ("zh-Hant", SCAM)


def test_a_follow_up_means_what_was_asked_before(bot: Bot) -> None:
    assert bot.ask("会造成什么损失?", history=["火灾怎么防?"]).quotes[0].article == FIRE
    assert bot.ask("诈骗怎么防?", history=["火灾怎么防?"]).quotes[0].article == SCAM


def test_filler_and_slips_are_mended_before_the_search(bot: Bot) -> None:
    assert bot.meant("嗯,请问诈骗殿话怎么防,谢谢!", []) == "诈骗电话怎么防!"
    assert bot.meant("它危险吗?", ["请问火宰隐患怎么防?"]) == "火灾隐患怎么防? 它危险吗?"


def test_small_talk_gets_a_reply_and_no_search(bot: Bot) -> None:
    answer = bot.ask("你好!")
    assert (answer.verdict, answer.confidence, answer.quotes, answer.nearest) == ("talk", 1.0, (), ())
    assert answer.reply.endswith("您可以这样问：\n· 火灾怎么防?\n· 诈骗怎么防?")
    assert bot.ask("你好,火灾怎么防?").quotes[0].article == FIRE
    assert bot.ask("火灾怎么防?").reply == ""


def test_an_example_that_is_small_talk_is_not_offered(tmp_path: Path) -> None:
    with searcher_over([SCAM, FIRE], tmp_path) as searcher:
        greeting = Bot(searcher, CALIBRATION, written_examples=("你好", "火灾怎么防?")).ask("你好")
        assert "· 你好" not in greeting.reply


def test_no_more_quotes_than_asked_for(bot: Bot) -> None:
    assert len(bot.ask("诈骗和火灾怎么防?", top=1).quotes) == 1


@pytest.mark.parametrize(
    ("question", "code"), [("  ", "empty"), ("？！", "no_words"), ("长" * 10_000, "too_long")]
)
def test_what_is_no_question_is_refused(bot: Bot, question: str, code: str) -> None:
    with pytest.raises(QuestionError) as refusal:
        bot.ask(question)
    assert refusal.value.code == code


def test_examples_are_answered_and_from_different_articles(bot: Bot) -> None:
    assert bot.examples("zh-Hans") == ("火灾怎么防?", "诈骗怎么防?")
    assert bot.examples("zh-Hant") == ("火災怎麼防?", "詐騙怎麼防?")
    assert bot.examples("en") == ()  # no question is offered that holds a title in the other language


def test_examples_that_there_was_no_time_to_choose_are_not_taken_for_all(bot: Bot) -> None:
    time = chain([True, True, True], repeat(False))  # one question is tried
    bot.prepare_examples(lambda: next(time))
    assert bot.examples("zh-Hans") == ("火灾怎么防?", "诈骗怎么防?")


def test_an_answer_names_all_articles_by_id(bot: Bot) -> None:
    assert bot.articles == {"scam": SCAM, "fire": FIRE}


def test_a_finding_keeps_the_quotes_of_a_refusal_and_leaves_out_what_is_withheld(bot: Bot) -> None:
    found = bot.find("诈骗怎么防?", withheld=["scam"])
    assert (found.verdict, {hit.article for hit in found.hits}) == ("none", {FIRE})
    assert found.quotes[0].article == FIRE


def test_examples_are_chosen_once_for_all_who_wait(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """And those who come meanwhile, after articles have changed, get the former ones at once."""
    tried: list[str] = []
    first, go_on = Event(), Event()
    choose = bot._suggestions._find

    def slow(question: str) -> object:
        tried.append(question)
        first.set()
        assert go_on.wait(10)
        return choose(question)

    monkeypatch.setattr(bot._suggestions, "_find", slow)
    former = ("火灾怎么防?",)
    bot._suggestions._former = {"zh-Hans": former}
    with ThreadPoolExecutor(20) as pool:
        choosing = pool.submit(bot.examples, "zh-Hans")
        assert first.wait(10)
        meanwhile = [pool.submit(bot.examples, "zh-Hans") for _ in range(19)]
        assert {waiting.result(timeout=10) for waiting in meanwhile} == {former}
        go_on.set()
        assert choosing.result(timeout=10) == former
    assert tried == ["火灾怎么防?"]


UNKNOWN = st.lists(
    st.sampled_from(["手表", "修理", "钢琴", "彗星", "骆驼", "象棋", "帐篷", "橘子"]), min_size=1, max_size=2
)
AROUND = st.sampled_from(["那{}呢?", "{}怎么办?", "它的{}在哪里?", "{}多少钱?", "哪里有{}?", "为什么{}?"])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(UNKNOWN, AROUND, st.sampled_from(["诈骗怎么防?", "火灾怎么防?"]))
def test_no_line_is_surer_than_its_own_words_support(
    bot: Bot, words: list[str], around: str, before: str
) -> None:
    """Words that no article holds are never "answered", whatever was asked before."""
    assert bot.ask(around.format("和".join(words)), [before]).verdict != "answered"
