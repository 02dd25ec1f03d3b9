"""Only what the page's script sends reaches Gradio's queue, and it counts as what it costs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.chat.events import ChatEvents
from bot.web.clients import client_at
from bot.web.problems import Problem
from tests.bot.web.driver import wished

CLIENT = client_at("192.0.2.1")
EVENT: dict[str, Any] = {
    "data": ["x", None], "event_data": None, "fn_index": 2, "trigger_id": 5, "session_hash": "abc123",
}  # fmt: skip


class StubQueue:
    functions = frozenset(range(7))

    def __init__(self, *senders: str) -> None:
        self._senders = senders

    def knows(self, session: str) -> bool:
        return session == "abc123"

    def senders(self) -> Iterable[str]:
        return self._senders


def cost(**changes: object) -> int:
    return ChatEvents(StubQueue(), b"").check(json.dumps(EVENT | changes).encode(), CLIENT)


def status(events: ChatEvents, body: bytes) -> int:
    with pytest.raises(Problem) as refused:
        events.check(body, CLIENT)
    return refused.value.status


def test_an_event_costs_as_many_questions_as_it_asks() -> None:
    assert cost() == 1
    assert cost(data=[wished("一题?"), None]) == 1
    assert cost(data=[wished(*["问题?" * 100] * 20), None]) == 20


@pytest.mark.parametrize(
    "change",
    [
        *({"fn_index": value} for value in (7, -1, 10**9, None, "2", 2.5, True, [2])),
        *({"session_hash": value} for value in (None, "", "a" * 41, "a/b", "a\n", "\ud800", 7, ["a"])),
        *({"trigger_id": value} for value in (-1, 10**9, "5", [5], {})),
        *({"event_data": value} for value in ("x", [1], 7)),
    ],
    ids=str,
)
def test_odd_values_are_refused(change: dict[str, Any]) -> None:
    assert status(ChatEvents(StubQueue(), b""), json.dumps(EVENT | change).encode()) == 400


@given(
    st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_bytes_are_taken_or_refused(body: bytes) -> None:
    assert status(ChatEvents(StubQueue(), b""), body) == 400


def test_one_address_has_so_many_events_at_a_time() -> None:
    body = json.dumps(EVENT).encode()
    assert ChatEvents(StubQueue(*["192.0.2.1"] * 31), b"").check(body, CLIENT) == 1
    assert status(ChatEvents(StubQueue(*["192.0.2.1"] * 32), b""), body) == 429
    assert status(ChatEvents(StubQueue(*(f"192.0.2.{n}" for n in range(48))), b""), body) == 429
    assert ChatEvents(StubQueue(*["198.51.100.1"] * 99), b"").check(body, CLIENT) == 1


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        (b"session_hash=abc123", True),
        (b"session_hash=unknown", False),
        (b"", False),
        (b"session_hash=abc123%00", False),
        (b"session_hash=" + b"a" * 60_000, False),
        (b"session_hash=%ff%fe", False),
    ],
)
def test_only_a_session_that_has_sent_something_has_a_stream(query: bytes, is_open: bool) -> None:
    assert ChatEvents(StubQueue(), b"").is_open({"type": "http", "query_string": query}) is is_open
