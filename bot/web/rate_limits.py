"""How much one address, and its network, may ask for in a minute."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from math import ceil
from threading import Lock
from time import monotonic
from typing import Literal, NamedTuple

from bot import messages
from bot.web.clients import Client
from bot.web.problems import Problem

__all__ = ["KEPT", "NETWORK", "Pace", "RateLimits"]

Pace = Literal["administering", "asking", "reading", "voting"]

MINUTE = 60.0

NETWORK = 10
"""How many addresses' share a whole network may use."""

KEPT = 50_000
"""Counts that are kept at most, some 10 MB; the one that was used least lately goes first."""


class _Window(NamedTuple):
    ends: float
    used: int


class RateLimits:
    """Counts by address and by network, in windows of a minute; nobody's count depends on others'."""

    def __init__(self, per_minute: Mapping[Pace, int], clock: Callable[[], float] = monotonic) -> None:
        """`per_minute` are those of one address. The clock must never go back."""
        self._allowed, self._clock = per_minute, clock
        self._windows: OrderedDict[tuple[Pace, str], _Window] = OrderedDict()
        self._lock = Lock()

    def check(self, pace: Pace, client: Client, cost: int = 1) -> None:
        """Count a request as `cost` of them. Raises Problem (429) if that is more than is left."""
        allowed = self._allowed[pace]
        with self._lock:
            seconds = self._use((pace, client.address), allowed, cost) or self._use(
                (pace, f"net {client.network}"), NETWORK * allowed, cost
            )
        if seconds:
            raise Problem(429, messages.TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=seconds)

    def _use(self, key: tuple[Pace, str], allowed: int, cost: int) -> int:
        """Seconds to wait, 0 where it was allowed. What was refused uses nothing up."""
        now = self._clock()
        window = self._windows.pop(key, None)
        if window is None or window.ends <= now:
            window = _Window(now + MINUTE, 0)
        fits = window.used + cost <= allowed or (window.used == 0 and cost > allowed)
        self._windows[key] = window._replace(used=window.used + cost) if fits else window
        if len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        return 0 if fits else max(1, ceil(window.ends - now))
