"""Limits on connections: slow heads and slow readers are cut, and an address may have so many at once."""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from collections.abc import Callable
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, Literal

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.clients import client_at

__all__ = ["Connections", "Network", "limited_protocol", "raise_descriptors"]

HEAD_WITHIN = 10.0
"""Seconds from a connection, or the answer before, to the end of a request's head."""

READ_WITHIN = 60.0
"""Seconds in which a visitor must take up some of an answer that waits for him."""

DESCRIPTORS = 65_536
"""Open files that are asked of the operating system; each connection takes one."""

RESERVED = 256
"""Descriptors for all else, and for those that are accepted at a time."""

SHARE = 4
"""One address, and one network, may have a fourth of all connections."""

Network = IPv4Network | IPv6Network


def raise_descriptors() -> int:
    """Raises the limit of open files as far as this process may; how many there may be now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


class Connections:
    """Counts open connections by network; a trusted proxy's, which are its visitors', in the total alone."""

    def __init__(self, most: int, trusted: tuple[Network, ...] = ()) -> None:
        self.most, self._trusted = most, trusted
        self._whole = 0
        self._networks: Counter[str] = Counter()

    def open(self, host: str) -> bool:
        """Count one more; returns whether it may stay."""
        self._whole += 1
        if self._whole > self.most:
            return False
        if self._is_proxy(host):
            return True
        network = client_at(host).network
        self._networks[network] += 1
        return self._networks[network] <= max(1, self.most // SHARE)

    def close(self, host: str) -> None:
        """Count one less, for each that was opened."""
        self._whole -= 1
        network = client_at(host).network
        if self._networks[network] <= 1:
            del self._networks[network]
        else:
            self._networks[network] -= 1

    def _is_proxy(self, host: str) -> bool:
        try:
            address = ip_address(host.partition("%")[0])
        except ValueError:
            return False
        return any(address in network for network in self._trusted)


def limited_protocol(connections: Connections) -> Callable[..., asyncio.Protocol]:
    """What uvicorn makes for each connection."""
    return partial(_Limited, counted=connections)


class _Limited(H11Protocol):
    def __init__(self, *arguments: Any, counted: Connections, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._counted = counted
        self._host = ""
        self._head: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._host = self.client[0] if self.client else ""
        if self._counted.open(self._host):
            self._watch()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._counted.close(self._host)
        self._stop("_head")
        self._stop("_reading")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        """A byte a second keeps no connection open: only the whole head ends the time that it has."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop("_head")
        elif self._head is None and not self.transport.is_closing():
            self._head = self.loop.call_later(HEAD_WITHIN, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stop("_reading")
        self._reading = self.loop.call_later(READ_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop("_reading")

    def _stop(self, name: Literal["_head", "_reading"]) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)
