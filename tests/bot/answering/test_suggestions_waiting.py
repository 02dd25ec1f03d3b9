"""Examples are chosen once, however many ask for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.answering import suggestions
from bot.answering.quote import Quote
from bot.answering.suggestions import Suggestions, Tried
from corpus.article import Article

FIRE = Article("fire", "防火 检查", "火灾怎么预防?要检查电线。")
WRITTEN = ["火灾怎么预防?"]


class Held:
    """Finds once it may; `tried` is what was searched for."""

    def __init__(self) -> None:
        self.begun, self.may = Event(), Event()
        self.tried: list[str] = []

    def find(self, question: str) -> Tried:
        self.tried.append(question)
        self.begun.set()
        assert self.may.wait(60)
        return Tried(Quote(FIRE, 0, 7, FIRE.body[:7], (), 1.0), is_answer=True)


def test_while_one_chooses_the_others_do_not_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "FIRST_CHOICE", 0.01)
    held = Held()
    some = Suggestions(WRITTEN, {"fire": FIRE}, held.find)
    with ThreadPoolExecutor(31) as pool:
        first = pool.submit(some.examples, "zh-Hans")
        assert held.begun.wait(60)
        assert {found.result(60) for found in [pool.submit(some.examples, "zh-Hans") for _ in range(30)]} == {
            ()
        }
        held.may.set()
        assert first.result(60) == ("火灾怎么预防?",)
    assert held.tried == list(dict.fromkeys(held.tried))
    assert some.examples("zh-Hans") == ("火灾怎么预防?",)


def test_after_a_change_the_others_get_those_of_before() -> None:
    before, held = Held(), Held()
    before.may.set()
    former = Suggestions(WRITTEN, {"fire": FIRE}, before.find)
    assert former.examples("zh-Hans") == ("火灾怎么预防?",)
    some = Suggestions(WRITTEN, {"fire": FIRE}, held.find)
    some.follow(former)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(some.examples, "zh-Hans")
        assert held.begun.wait(60)
        assert some.examples("zh-Hans") == ("火灾怎么预防?",)
        held.may.set()
        assert first.result(60) == ("火灾怎么预防?",)
