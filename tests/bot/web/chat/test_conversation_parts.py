"""Several questions in one line, and articles that are listed: what the page shows of them."""

from __future__ import annotations

import re
from html import unescape

from bot.answering.bot import Answer
from bot.publisher import Publisher
from bot.web.chat.conversation import Turn, chat_messages, offers
from tests.bot.web.stub import ENGLISH, LATER, PARCELS, StubBot


def shown(question: str) -> tuple[Turn, list[str]]:
    answer: Answer = StubBot().ask(question)
    turn = Turn(0, question, answer, "zh-Hans")
    return turn, [message.html for message in chat_messages([turn], Publisher())]


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_each_question_of_a_line_stands_above_its_own_answer() -> None:
    turn, (_, first, second, *rest) = shown("新规并且天气?")
    assert words(first).startswith("新规?文章里这样写道：")
    assert "旧的不再适用。" in words(first)
    assert words(second) == "天气?已发布的文章里没有找到这个问题的答案。朗读"
    assert 'value="0.0"' in first
    assert offers([turn])["0.0"].article == LATER
    assert [re.findall(r'class="(\w+)', html)[0] for html in rest] == ["tools"]


def test_listed_articles_are_opened_by_a_click_and_tell_their_day() -> None:
    turn, (_, listed) = shown("最新?")
    assert words(listed) == "最新的文章：邮政管理局督导快递安全 2024年11月26日Is base-station radiation safe?"
    assert re.findall(r'value="([^"]*)"', listed) == ["0.0", "0.1"]
    assert [offer.article for offer in offers([turn]).values()] == [PARCELS, ENGLISH]
