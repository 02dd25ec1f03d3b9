"""How often one address may come; what is counted is kept in memory, and not for long."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import time
from typing import Literal

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import Scope

from bot import messages
from bot.web.problems import Problem

__all__ = ["Pace", "Paces"]

Pace = Literal["administering", "asking", "voting"]

ADDRESSES = 10_000
"""Addresses that are told apart in one minute; any further ones are counted together."""


class Paces:
    """Counts the visits of each address, by kind; `per_minute` says how many are allowed."""

    def __init__(self, per_minute: Mapping[Pace, int]) -> None:
        self._storage = MemoryStorage()
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._allowed = {pace: RateLimitItemPerMinute(n) for pace, n in per_minute.items()}

    def check(self, pace: Pace, scope: Scope) -> None:
        """Count one visit. Raises Problem (429) if it is one too many."""
        allowed = self._allowed[pace]
        who = _who(scope) if len(self._storage.storage) < ADDRESSES else "others"
        if self._limiter.hit(allowed, pace, who):
            return
        seconds = max(1, ceil(self._limiter.get_window_stats(allowed, pace, who).reset_time - time()))
        raise Problem(429, messages.TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=seconds)


def _who(scope: Scope) -> str:
    """The visitor's address; of IPv6 the network, since one visitor has all of its addresses."""
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else host
