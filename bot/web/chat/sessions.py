"""Sessions of the chat page: whether anybody reads what comes of their events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

__all__ = ["UNREAD", "Sessions"]

UNREAD = 30.0
"""Seconds from an event to the stream of its results; a page that missed it asks for it again before."""


class Sessions:
    """Who has sent events and who reads; all of one event loop."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._readers: Counter[str] = Counter()
        self._unread: dict[str, float] = {}

    def sent(self, session: str) -> None:
        """Note that a session has sent an event."""
        if session not in self._readers:
            self._unread.pop(session, None)  # the one that sent last is the last
            self._unread[session] = self._clock()

    @contextmanager
    def reading(self, session: str) -> Iterator[None]:
        """Entered while a session's stream is open."""
        self._unread.pop(session, None)
        self._readers[session] += 1
        try:
            yield
        finally:
            self._readers[session] -= 1
            if not self._readers[session]:
                del self._readers[session]

    def is_left(self, session: str) -> bool:
        """Whether nobody reads, and nobody is about to."""
        return session not in self._readers and self._is_late(self._unread.get(session))

    def take_left(self) -> Iterator[str]:
        """The sessions that sent something and never read it; each comes once."""
        while self._unread and self._is_late(next(iter(self._unread.values()))):
            session = next(iter(self._unread))
            del self._unread[session]
            yield session

    def _is_late(self, sent: float | None) -> bool:
        return sent is None or sent + UNREAD <= self._clock()
