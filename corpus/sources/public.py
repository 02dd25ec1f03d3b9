"""Test for addresses on the public internet."""

from __future__ import annotations

import ipaddress

__all__ = ["is_public"]

# A gateway leads from here to any address of version 4, of its own network too.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Python 3.11 takes them for global: RFC 3879 (site-local) and RFC 6890 (protocol assignments, relays).
OTHERS = tuple(map(ipaddress.ip_network, ("fec0::/10", "192.0.0.0/24", "192.88.99.0/24")))


def is_public(address: str) -> bool:
    """Whether an address, as the operating system writes it, lies on the public internet.

    "8.8.8.8" -> True; "127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%eth0" -> False. What
    is no address is not public.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64 or (inner is not None and not _is_global(inner)):
            return False
        if found.ipv4_mapped:
            return True
    return _is_global(found)


def _is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if any(address in network for network in OTHERS):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
