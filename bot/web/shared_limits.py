"""Rate limits that all replicas share, counted at a Redis server. The one importer of limits."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from math import ceil
from time import monotonic, time

from bot import messages
from bot.web.clients import Client
from bot.web.problems import Problem
from bot.web.rate_limits import NETWORK, Pace
from corpus.errors import Failure

__all__ = ["SharedLimits", "SharedLimitsError"]

logger = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds for which the server is waited for, and"""
PAUSE = 10.0
"""for which it is left alone when it did not answer: each replica's own limits hold meanwhile."""


class SharedLimitsError(Failure):
    """The packages for shared rate limits are missing."""


class SharedLimits:
    """Counts by address and by network in windows of a minute, for all processes of one server."""

    def __init__(self, url: str) -> None:
        """Raises SharedLimitsError where the packages for it are missing."""
        if find_spec("limits") is None or find_spec("redis") is None:
            raise SharedLimitsError(
                "YUANWEN_RATE_LIMITS needs a driver; run: pip install 'yuanwen[replicas]'"
            )
        from limits.aio.storage import RedisStorage
        from limits.aio.strategies import FixedWindowRateLimiter
        from redis.asyncio import ConnectionPool
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        self._pool: ConnectionPool = ConnectionPool.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
        )
        self._limiter = FixedWindowRateLimiter(
            RedisStorage(
                f"async+{url}",
                wrap_exceptions=True,
                implementation="redispy",
                key_prefix="yuanwen",
                connection_pool=self._pool,  # type: ignore[arg-type]  # its type lacks what it documents
            )
        )
        self._rest_until = 0.0

    async def aclose(self) -> None:
        """Close the connections to the server."""
        await self._pool.disconnect()

    async def check(self, pace: Pace, allowed: int, client: Client, cost: int = 1) -> None:
        """Count a request as `cost` of those `allowed` in a minute. Raises Problem (429) if that is too many.

        Where the server does not answer everything is let through, and the log tells.
        """
        from limits.errors import StorageError

        if monotonic() < self._rest_until:
            return
        try:
            seconds = await self._use(allowed, cost, pace, client.address) or await self._use(
                NETWORK * allowed, cost, pace, f"net {client.network}"
            )
        except StorageError as error:
            self._rest_until = monotonic() + PAUSE
            logger.warning("the shared rate limits are not counted now: %s", error.__cause__ or error)
            return
        if seconds:
            raise Problem(429, messages.TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=seconds)

    async def _use(self, allowed: int, cost: int, *names: str) -> int:
        """Seconds to wait, 0 where it was allowed."""
        from limits import RateLimitItemPerMinute

        limit = RateLimitItemPerMinute(allowed)
        if await self._limiter.hit(limit, *names, cost=min(cost, allowed)):
            return 0
        ends = (await self._limiter.get_window_stats(limit, *names)).reset_time
        return max(1, ceil(ends - time()))
