from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from bot.desk.desk import Desk
from bot.desk.questions import answer_now
from bot.operations.questions import QuestionBook, QuestionRecord
from tests.bot.desk.browser import Browser


def apart(texts: Sequence[str]) -> np.ndarray:
    """Questions are alike that begin with the same letter."""
    vectors = np.zeros((len(texts), 64), np.float32)
    for row, text in enumerate(texts):
        vectors[row, ord(text[0]) % 64] = 1
    return vectors


@pytest.fixture(autouse=True)
def asked(desk: Desk) -> None:
    book, today = QuestionBook(desk.database, apart), datetime.now().date().isoformat()
    for question, verdict, count in (
        ("实名收寄率是多少?", "answered", 2),
        ("天气怎么样?", "none", 5),
        ("天气<script>好吗?", "unsure", 1),
    ):
        book.add({QuestionRecord(today, question, question, "zh-Hans", verdict): count})
        book.sort()


def open_first(browser: Browser, question: str) -> str:
    """The address of the group's page, which is shown then."""
    browser.get("/desk/questions")
    address = browser.address_of(question)
    browser.get(address)
    return address


def test_groups_are_listed_in_each_order(publisher: Browser) -> None:
    publisher.get("/desk/questions")
    assert publisher.said.index("天气怎么样? Asked 6 times") < publisher.said.index(
        "实名收寄率是多少? Asked 2"
    )
    publisher.get("/desk/questions?order=none")
    assert "天气怎么样?" in publisher.said
    assert "实名" not in publisher.said
    assert publisher.get("/desk/questions?order=x").status_code == 400
    assert "no questions here" in publisher.get("/desk/questions?page=9").text


def test_a_group_shows_peoples_words_and_the_answer_they_get_now(publisher: Browser) -> None:
    open_first(publisher, "天气怎么样?")
    assert "天气<script>好吗? 1" in publisher.said
    assert "<script>好吗" not in publisher.page.text
    assert "The answer it gets now no answer" in publisher.said
    open_first(publisher, "实名收寄率是多少?")
    assert "实名收寄率必须达到百分之百。" in publisher.said


def test_what_is_not_for_us_leaves_the_list_and_can_come_back(publisher: Browser, desk: Desk) -> None:
    address = open_first(publisher, "天气怎么样?")
    publisher.send(address, state="not for us")
    assert "天气" not in publisher.said
    assert "天气怎么样?" in publisher.get("/desk/questions?state=not%20for%20us").text
    assert desk.log.latest(1)[0].details == '{"question": "天气怎么样?", "state": "not for us"}'
    publisher.get(address)
    publisher.send(address, state="")
    assert "天气怎么样?" in publisher.said
    publisher.get(address)
    assert publisher.send(address, state="x").status_code == 400


def test_what_nobody_asked_and_who_may_not_see(publisher: Browser, editor: Browser) -> None:
    assert publisher.get("/desk/questions/999").status_code == 404
    assert editor.get("/desk/questions").status_code == editor.get("/desk/questions/1").status_code == 403


def test_whether_questions_are_kept_is_told(desk: Desk, publisher: Browser) -> None:
    assert "Questions are not kept" in publisher.get("/desk/questions").text


def test_a_question_that_is_masked_away_has_no_answer(desk: Desk, publisher: Browser) -> None:
    book, today = QuestionBook(desk.database, apart), datetime.now().date().isoformat()
    book.add({QuestionRecord(today, "***", "***", "zh-Hans", "none"): 1})
    book.sort()
    open_first(publisher, "***")
    assert "There is no answer now." in publisher.said


def test_a_desk_without_a_bot_says_so(desk: Desk) -> None:
    assert answer_now(replace(desk, bot=None), "实名?") is None
