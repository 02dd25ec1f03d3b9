"""The JSON API for scripts of other sites (CORS): for those that may show the widget, and no others."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.paths import own_path, rooted
from bot.web.widget.origins import Origins

__all__ = ["Sharing"]

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
