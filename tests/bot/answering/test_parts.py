"""Several answers as one: as sure as the surest, the best quote of each, every card."""

from __future__ import annotations

from bot.answering.bot import Answer
from bot.answering.cards import Card
from bot.answering.parts import together
from bot.answering.question import Question
from tests.bot.web.stub import PARCELS, QUOTES

SURE = Answer("快递?", "zh-Hans", "answered", 0.9, (QUOTES["parcels"], QUOTES["later"]), (), 1.0)
UNSURE = Answer("新规?", "zh-Hans", "unsure", 0.4, (QUOTES["later"],), (), 1.0)
NONE = Answer("天气?", "zh-Hans", "none", 0.1, (), (PARCELS,), 1.0)
FIRE = Card("fire", "请打 119", "先离开。", ("119",))
NEED = Answer("着火了?", "zh-Hans", "talk", 1.0, (), (), 1.0, "请打 119", (FIRE,))


def test_the_best_quote_of_each_and_the_surest_verdict() -> None:
    answer = together(Question("快递?新规?"), (UNSURE, SURE, NONE), 2.0)
    assert (answer.verdict, answer.confidence, answer.nearest) == ("answered", 0.9, ())
    assert answer.quotes == (QUOTES["later"], QUOTES["parcels"])
    assert answer.parts == (UNSURE, SURE, NONE)


def test_a_card_of_one_part_is_the_whole_lines() -> None:
    answer = together(Question("着火了?天气?"), (NEED, NONE), 2.0)
    assert (answer.cards, answer.verdict, answer.nearest) == ((FIRE,), "none", ())


def test_small_talk_alone_is_said_line_by_line() -> None:
    one = Answer("你好?", "zh-Hans", "talk", 1.0, (), (), 1.0, "您好！")
    assert together(Question("你好?谢谢?"), (one, one), 1.0).reply == "您好！\n您好！"
