"""Who sends a request: its address and the network of that, which share what they may use."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from starlette.types import Scope

__all__ = ["CLIENT", "IS_GONE", "NOBODY", "Client", "client_at", "client_of"]


class Client(NamedTuple):
    """An address, of IPv6 the /64 since one visitor has all of it; and its network, a /24 or a /48."""

    address: str
    network: str


NOBODY = Client("", "")
"""A request without an address, and the service itself."""

CLIENT: ContextVar[Client] = ContextVar("client", default=NOBODY)
"""Who sent the request that is being answered."""

IS_GONE: ContextVar[Callable[[], bool]] = ContextVar("is_gone", default=lambda: False)
"""Whether nobody waits for the answer any more; to be asked in the event loop."""


def client_of(scope: Scope) -> Client:
    """The sender as the server names it, behind the proxies that are trusted."""
    return client_at(str((scope.get("client") or ("",))[0]))


def client_at(host: str) -> Client:
    """ "::ffff:192.0.2.7" -> ("192.0.2.7", "192.0.2.0/24"); what is no address is taken as it is."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return Client(host, host)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return Client(_prefix(address, 64), _prefix(address, 48))
        address = address.ipv4_mapped
    return Client(str(address), f"{str(address).rpartition('.')[0]}.0/24")


def _prefix(address: IPv6Address, length: int) -> str:
    rest = 128 - length
    return f"{IPv6Address(int(address) >> rest << rest)}/{length}"
