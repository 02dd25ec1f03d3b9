"""Fair scheduling: as many questions at once as there are cores, those who have used least first."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import NamedTuple

from bot.web.clients import CLIENT, IS_GONE, Client

__all__ = ["AT_ONCE", "WAITING", "BusyError", "FairTurns"]

AT_ONCE = 2
"""Questions that are answered at the same time; more would only wait for the same cores."""

WAITING = 64
"""Questions that may wait for their turn; at 50 ms each the last one waits 2 s."""


class BusyError(RuntimeError):
    """Too many wait, and none of them has had more than whoever asks now; or nobody waits for the answer."""


class _Waiter(NamedTuple):
    client: Client
    is_gone: Callable[[], bool]
    called: asyncio.Future[None]


class FairTurns:
    """Turns for whoever waits: first those whose network, then whose address, has used the least seconds.

    Whose are CLIENT's; who IS_GONE has no turn. Seconds are remembered while anyone of the network is here.
    All of one event loop.
    """

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._free, self._most = at_once, waiting
        self._queue: list[_Waiter] = []
        self._here: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Entered when it is the client's turn. BusyError where too many wait, or it has gone."""
        client, is_gone = CLIENT.get(), IS_GONE.get()
        if is_gone():
            raise BusyError
        self._arrive(client)
        try:
            await self._wait(client, is_gone)
            began = monotonic()
            try:
                yield
            finally:
                for name in client:
                    self._seconds[name] += monotonic() - began
                self._free += 1
                self._call()
        finally:
            self._go(client)

    def send_all_away(self) -> None:
        """Ends the waiting of all with BusyError: the service stops."""
        while self._queue:
            _send_away(self._queue.pop())

    def _arrive(self, client: Client) -> None:
        # A newcomer begins level with whoever has had least: neither behind, nor ahead for having waited.
        least = min(self._seconds.values(), default=0.0)
        for name in client:
            self._here[name] += 1
            self._seconds.setdefault(name, least)

    def _go(self, client: Client) -> None:
        for name in client:
            self._here[name] -= 1
            if not self._here[name]:
                del self._here[name], self._seconds[name]

    async def _wait(self, client: Client, is_gone: Callable[[], bool]) -> None:
        if self._free and not self._queue:
            self._free -= 1
            return
        if len(self._queue) >= self._most:
            self._send_away_gone()
        if len(self._queue) >= self._most:
            self._send_away_for(client)
        waiter = _Waiter(client, is_gone, asyncio.get_running_loop().create_future())
        self._queue.append(waiter)
        try:
            await waiter.called
        except asyncio.CancelledError:
            if waiter in self._queue:
                self._queue.remove(waiter)
            elif not waiter.called.cancelled():  # it was called and cannot come: the next one may
                self._free += 1
                self._call()
            raise

    def _send_away_gone(self) -> None:
        for waiter in [waiter for waiter in self._queue if waiter.is_gone()]:
            self._queue.remove(waiter)
            _send_away(waiter)

    def _send_away_for(self, client: Client) -> None:
        """Makes room by sending away the last of the network with most who wait, where it is another's."""
        counts = Counter(waiter.client.network for waiter in self._queue)
        network, most = counts.most_common(1)[0]
        if most <= counts[client.network] + 1:
            raise BusyError
        last = next(waiter for waiter in reversed(self._queue) if waiter.client.network == network)
        self._queue.remove(last)
        _send_away(last)

    def _call(self) -> None:
        self._send_away_gone()
        while self._free and self._queue:
            waiter = min(self._queue, key=self._had)
            self._queue.remove(waiter)
            if not waiter.called.done():
                waiter.called.set_result(None)
                self._free -= 1

    def _had(self, waiter: _Waiter) -> tuple[float, float]:
        client = waiter.client
        return self._seconds[client.network], self._seconds[client.address]


def _send_away(waiter: _Waiter) -> None:
    if not waiter.called.done():
        waiter.called.set_exception(BusyError())
