"""A session is left when nobody reads what comes of it, and nobody is about to."""

from __future__ import annotations

from bot.web.chat.sessions import UNREAD, Sessions


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_has_just_sent_something_is_about_to_read() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    assert sessions.is_left("a")
    sessions.sent("a")
    clock.now = UNREAD - 1
    assert not sessions.is_left("a")
    clock.now = UNREAD
    assert sessions.is_left("a")


def test_who_reads_stays_and_who_closes_has_left_at_once() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    sessions.sent("a")
    with sessions.reading("a"), sessions.reading("a"):
        clock.now = 10 * UNREAD
        sessions.sent("a")
        assert not sessions.is_left("a")
    assert sessions.is_left("a")


def test_each_that_was_never_read_is_taken_once_and_the_last_word_counts() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    for name in ("a", "b", "c"):
        sessions.sent(name)
    clock.now = UNREAD / 2
    sessions.sent("a")
    with sessions.reading("b"):
        pass
    clock.now = UNREAD
    assert list(sessions.take_left()) == ["c"]
    clock.now = 2 * UNREAD
    assert list(sessions.take_left()) == ["a"]
    assert list(sessions.take_left()) == []
