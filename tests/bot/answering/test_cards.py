"""Cards: found by words, in the asker's language, before anything is searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.bot import Bot
from bot.answering.cards import Card, Cards
from bot.answering.question import Question
from bot.settings import Settings
from corpus.library.cards import CardFile, read_cards

FIRE = CardFile("fire", "请打 119", "先离开。", ("zh",), ("119",), ("着火",), ("着火点",), ("培训",), rank=2)
FIRE_IN_ENGLISH = CardFile("fire", "Call 119", "Get out.", ("en",), ("119",), ("on_fire",))
HURT = CardFile("hurt", "请打 120", "不要搬动。", phones=("120",), when=("受伤",), rank=3)
PERSON = CardFile("person", "找人工", "没有人工坐席。\n\n请联系{contact}。", when=("=人工",))


def test_the_card_that_the_words_call_for() -> None:
    cards = Cards([FIRE, FIRE_IN_ENGLISH, HURT])
    assert cards.of(Question("家里着火了")) == (Card("fire", "请打 119", "先离开。", ("119",)),)
    assert cards.of(Question("家裡著火了")) == (Card("fire", "請打 119", "先離開。", ("119",)),)
    assert cards.of(Question("My car is on fire")) == (Card("fire", "Call 119", "Get out.", ("119",)),)
    assert cards.of(Question("酒精的着火点是多少")) == ()
    assert cards.of(Question("着火了怎么办培训讲什么")) == ()


def test_of_several_the_most_pressing_is_first() -> None:
    assert [card.id for card in Cards([HURT, FIRE]).of(Question("有人受伤,着火了"))] == ["fire", "hurt"]


def test_a_card_without_a_text_in_the_language_is_shown_as_it_is() -> None:
    assert Cards([HURT]).of(Question("受伤 help"))[0].title == "请打 120"


def test_the_contact_stands_in_the_text_and_its_number_can_be_called() -> None:
    [card] = Cards([PERSON], "报社 0396-2810000").of(Question("人工"))
    assert (card.text, card.phones) == ("没有人工坐席。\n\n请联系报社 0396-2810000。", ("0396-2810000",))
    [card] = Cards([PERSON]).of(Question("人工"))
    assert (card.text, card.phones) == ("没有人工坐席。", ())


def test_only_a_card_that_has_changed_is_compiled_anew() -> None:
    first = Cards([FIRE, FIRE_IN_ENGLISH, HURT])._rules
    again = Cards([FIRE, FIRE_IN_ENGLISH, replace(HURT, when=("流血",))])._rules
    assert again["fire"] is first["fire"]
    assert Cards([replace(HURT, when=("流血",))]).of(Question("受伤")) == ()


def test_an_editor_is_told_which_pattern_found_it() -> None:
    assert Cards([FIRE]).because(Question("着火了")) == {"fire": "着火"}


def test_what_a_lines_vector_says_of_a_card_and_of_its_words() -> None:
    cards = Cards([FIRE, HURT])
    assert cards.of(Question("我家房子没了"), {"fire": 0.9})[0].id == "fire"
    assert cards.of(Question("我家房子没了"), {"fire": 0.4}) == ()
    assert cards.of(Question("着火了"), {"fire": 0.2})[0].id == "fire"
    assert cards.of(Question("着火了吗这首歌"), {"fire": 0.01}) == ()
    assert cards.because(Question("我家房子没了"), {"fire": 0.9}) == {"fire": ""}


SHIPPED = Cards(read_cards(Settings.model_fields["articles"].default))


@pytest.mark.parametrize(
    ("words", "card"),
    [
        ("我不想活了", "suicide"),
        ("I want to kill myself", "suicide"),
        ("廚房失火了", "fire"),
        ("煤气泄漏了怎么办", "gas"),
        ("老人晕倒了打什么电话", "medical"),
        ("有人闯进我家", "crime"),
        ("有人打电话说我犯法了要我转钱", "fraud"),
        ("路口撞车了", "traffic"),
        ("孩子走丢了", "missing"),
        ("转人工", "person"),
    ],
)
def test_the_shipped_cards_meet_each_need(words: str, card: str) -> None:
    assert [found.id for found in SHIPPED.of(Question(words))][:1] == [card]


@pytest.mark.parametrize(
    "words", ["消防安全培训讲什么", "怎样防范电信诈骗?", "人工智能是什么", "累死了", "想死心塌地干一番事业"]
)
def test_ordinary_questions_get_no_card(words: str) -> None:
    assert SHIPPED.of(Question(words)) == ()


def test_a_card_stands_before_all_else(real_bot: Bot) -> None:
    bot = real_bot.onto(real_bot.snapshot, real_bot._calibration, (), SHIPPED)
    answer = bot.ask("家里着火了怎么办", ["怎样防范电信诈骗?"])
    assert [card.id for card in answer.cards] == ["fire"]
    assert (answer.verdict, answer.quotes, answer.nearest) == ("talk", (), ())
    assert answer.reply == f"{answer.cards[0].title}\n{answer.cards[0].text}"
    assert bot.follow_ups(answer, (), "zh-Hans") == ()
