"""Which sites may show the widget and read the API: rules for web origins, and nothing else.

A rule is an origin, `https://www.example.com`, or all subdomains of a host, `https://*.example.com`
(at any depth, and not example.com itself: as a browser reads it in `frame-ancestors`). Ports count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.origin import HOST, PORT
from bot.web.guard import own_path, rooted

__all__ = ["Origins", "Sharing", "origin_of"]

# As browsers write it in the Origin header: lower case, no path, no user, no trailing dot.
ORIGIN = re.compile(rf"https?://{HOST}{PORT}?", re.ASCII)
ANY_SUBDOMAIN = "://*."
OWN_PORT = {"http": ":80", "https": ":443"}


class Origins:
    """The origins that some rules let in; without a rule there are none."""

    def __init__(self, rules: Iterable[str] = ()) -> None:
        self.replace(rules)

    def replace(self, rules: Iterable[str]) -> None:
        """Replace the rules."""
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


def origin_of(address: str) -> str:
    """https://www.example.com:443/page -> "https://www.example.com"; "" for what is no web address."""
    found = ORIGIN.match(address)
    is_whole = found is not None and address[found.end() : found.end() + 1] in ("", "/", "?", "#")
    return _without_own_port(found.group()) if found and is_whole and len(found.group()) <= 300 else ""


def _without_own_port(origin: str) -> str:
    """https://example.com:443 -> https://example.com, which is how a browser names it."""
    scheme = origin.partition(":")[0]
    return origin.removesuffix(OWN_PORT.get(scheme, ""))


SHARED = "/api/"
KEPT = 600  # seconds that a browser may remember what it was allowed


class Sharing:
    """ASGI middleware, before all others: a preflight of an allowed origin is answered here.

    Anyone else's goes on to the guard, which knows no OPTIONS: without our headers the browser refuses
    the request, or does not hand out the answer.
    """

    def __init__(self, app: ASGIApp, origins: Origins, root_path: str = "") -> None:
        self.app = app
        self._shared = _Allowed(app, origins)
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared = scope["type"] == "http" and own_path(rooted(scope, self._root_path)).startswith(SHARED)
        app = self._shared if shared and self._shared.lets_in(scope) else self.app
        await app(scope, receive, send)


class _Allowed(CORSMiddleware):
    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        super().__init__(app, allow_methods=["GET", "POST"], allow_headers=["Content-Type"], max_age=KEPT)
        self._origins = origins

    def lets_in(self, scope: Scope) -> bool:
        return self.is_allowed_origin(Headers(scope=scope).get("origin", ""))

    def is_allowed_origin(self, origin: str) -> bool:
        return self._origins.allow(origin)
