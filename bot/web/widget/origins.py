"""Which sites may show the widget and read the API: rules for web origins, and nothing else.

A rule is an origin, `https://www.example.com`, or all subdomains of a host, `https://*.example.com`
(at any depth, and not example.com itself: as a browser reads it in `frame-ancestors`). Ports count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Origins"]

LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
HOST = rf"{LABEL}(?:\.{LABEL})*|\[[0-9a-f:.]+\]"
# As browsers write it in the Origin header: lower case, no path, no user, no trailing dot.
ORIGIN = re.compile(rf"(?P<scheme>https?)://(?P<host>{HOST})(?P<port>:[0-9]{{1,5}})?", re.ASCII)
ANY_SUBDOMAIN = "://*."
OWN_PORT = {"http": ":80", "https": ":443"}


class Origins:
    """The origins that some rules let in; without a rule there are none."""

    def __init__(self, rules: Iterable[str] = ()) -> None:
        self.rules = tuple(_without_own_port(rule) for rule in rules)
        self._exact = frozenset(rule for rule in self.rules if ANY_SUBDOMAIN not in rule)
        self._suffixes = tuple(rule.split("*", 1) for rule in self.rules if ANY_SUBDOMAIN in rule)

    def allow(self, origin: str) -> bool:
        """Whether an Origin header lets its sender in; what is no origin ("null") is let in by no rule."""
        if len(origin) > 300 or not ORIGIN.fullmatch(origin):
            return False
        origin = _without_own_port(origin)
        return origin in self._exact or any(
            origin.startswith(scheme) and origin.endswith(suffix) and len(origin) > len(scheme + suffix)
            for scheme, suffix in self._suffixes
        )

    @property
    def frame_ancestors(self) -> str:
        """The directive for a page that these origins, and the service's own pages, may frame."""
        return " ".join(("frame-ancestors 'self'", *self.rules))


def _without_own_port(origin: str) -> str:
    """https://example.com:443 -> https://example.com, which is how a browser names it."""
    scheme = origin.partition(":")[0]
    return origin.removesuffix(OWN_PORT.get(scheme, ""))
