"""Only what the page's script sends reaches Gradio's queue, and it counts as what it costs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.responses import Response

from bot.web.chat.events import ChatEvents, Pending
from bot.web.chat.sessions import UNREAD, Sessions
from bot.web.clients import client_at
from bot.web.problems import Problem
from tests.bot.web.driver import wished

CLIENT = client_at("192.0.2.1")
EVENT: dict[str, Any] = {
    "data": ["x", None], "event_data": None, "fn_index": 2, "trigger_id": 5, "session_hash": "abc123",
}  # fmt: skip


class StubQueue:
    functions = frozenset(range(7))

    def __init__(self, *pending: tuple[str, int]) -> None:
        self._pending = pending
        self.dropped: list[str] = []

    def knows(self, session: str) -> bool:
        return session == "abc123"

    def pending(self) -> Iterable[Pending]:
        return [Pending(client_at(host), texts) for host, texts in self._pending]

    def drop(self, session: str) -> None:
        self.dropped.append(session)


def events(*pending: tuple[str, int]) -> ChatEvents:
    return ChatEvents(StubQueue(*pending), Sessions(), b"lost")


def cost(**changes: object) -> int:
    return events().check(json.dumps(EVENT | changes).encode(), CLIENT)


def status(some: ChatEvents, body: bytes) -> int:
    with pytest.raises(Problem) as refused:
        some.check(body, CLIENT)
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
    assert status(events(), json.dumps(EVENT | change).encode()) == 400


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine draws slowly
@given(
    st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_bytes_are_taken_or_refused(body: bytes) -> None:
    assert status(events(), body) == 400


def test_one_address_has_so_many_texts_at_a_time() -> None:
    one, twenty = (json.dumps(EVENT | {"data": [wished(*["题?"] * n), None]}).encode() for n in (1, 20))
    assert events(*[("192.0.2.1", 1)] * 40).check(twenty, CLIENT) == 20
    assert events(*[("192.0.2.1", 20)] * 2, ("192.0.2.1", 19)).check(one, CLIENT) == 1
    assert status(events(*[("192.0.2.1", 20)] * 3), one) == 429
    assert status(events(*[("192.0.2.1", 1)] * 41), twenty) == 429


def test_so_has_its_network_and_nobody_elses() -> None:
    twenty = json.dumps(EVENT | {"data": [wished(*["题?"] * 20), None]}).encode()
    assert events(*((f"192.0.2.{n}", 35) for n in (8, 9))).check(twenty, CLIENT) == 20
    assert status(events(*((f"192.0.2.{n}", 24) for n in (7, 8, 9))), twenty) == 429
    assert events(*((f"198.51.100.{n}", 20) for n in range(99))).check(twenty, CLIENT) == 20


def test_what_nobody_came_to_read_is_dropped() -> None:
    now = 0.0
    queue, sessions = StubQueue(), Sessions(lambda: now)
    some = ChatEvents(queue, sessions, b"lost")
    for session in ("first", "second"):
        some.check(json.dumps(EVENT | {"session_hash": session}).encode(), CLIENT)
    with sessions.reading("second"):
        now = UNREAD
        some.check(json.dumps(EVENT | {"session_hash": "third"}).encode(), CLIENT)
    assert queue.dropped == ["first"]


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
    inner = Response()
    assert isinstance(events().stream(inner, {"query_string": query}), Response) is not is_open
