"""A value is computed once, also for those who ask while it is computed; errors are not kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.answering.once import Once


def test_a_value_is_computed_once_while_it_is_kept() -> None:
    once: Once[str] = Once(2)
    computed: list[str] = []

    def ask(key: str) -> str:
        return once.get(key, lambda: computed.append(key) or key.upper())

    assert [ask(key) for key in "abab"] == list("ABAB")
    assert computed == ["a", "b"]
    ask("c")  # "a" was asked for longest ago
    ask("b")
    ask("a")
    assert computed == ["a", "b", "c", "a"]


def test_those_who_ask_meanwhile_wait_for_the_one_computation() -> None:
    once: Once[int] = Once(8)
    begun, may_end = Event(), Event()

    def slow() -> int:
        begun.set()
        assert may_end.wait(30)
        return 7

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(once.get, "key", slow)
        assert begun.wait(30)
        others = [pool.submit(once.get, "key", lambda: 8) for _ in range(3)]
        may_end.set()
        assert [one.result(30) for one in (first, *others)] == [7, 7, 7, 7]


def test_an_error_is_raised_and_not_kept() -> None:
    once: Once[int] = Once(8)
    with pytest.raises(ZeroDivisionError):
        once.get("key", lambda: 1 // 0)
    assert once.get("key", lambda: 9) == 9
