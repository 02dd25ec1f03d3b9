"""Every address that is open, declared once: its method, its pace, and who reads its body.

Routers register what stands here, the guard lets it in, and the log names it. Gradio brings some seventy
routes (upload, file, proxy, run, monitoring, ...); its page needs the few of GRADIO.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar

from fastapi import APIRouter

from bot import messages
from bot.web.chat.events import SESSION
from bot.web.problems import Problem
from bot.web.rate_limits import Pace

__all__ = ["GRADIO", "JOIN_QUEUE", "OURS", "READ_QUEUE", "STREAMS", "Route", "open_route"]

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Route(NamedTuple):
    """Addresses open to one method; `pace` is the limit that they count towards, if any.

    Parts in braces are what `parts` matches. A body is "json", read and bounded before the route is called,
    or the route's "own" affair.
    """

    method: str
    path: str
    pace: Pace | None = None
    body: Literal["json", "own"] = "json"
    parts: str = r"[^/]+"

    def on(self, router: APIRouter, **options: Any) -> Callable[[Handler], Handler]:
        """Decorator: the function answers these addresses, registered with FastAPI's options."""
        return router.api_route(self.path, methods=[self.method], **options)

    def fits(self, path: str) -> bool:
        return _pattern(self.path, self.parts).fullmatch(path) is not None


@cache
def _pattern(path: str, parts: str) -> re.Pattern[str]:
    fixed = map(re.escape, re.split(r"\{[^}]*\}", path))
    return re.compile(f"(?:{parts})".join(fixed))


NAME = r"[\w.-]+"
STATIC = r"(?:shared/)?[\w.-]+"

ASK = Route("POST", "/api/ask", "asking")
FOLLOW_UPS = Route("POST", "/api/follow-ups", "asking")
FEEDBACK = Route("POST", "/api/feedback", "voting")
TOOLS = Route("POST", "/mcp", "asking")
EXAMPLES = Route("GET", "/api/examples", "reading")
LIST_ARTICLES = Route("GET", "/api/articles", "reading")
GET_ARTICLE = Route("GET", "/api/articles/{article_id}", "reading")

CHAT_COMPLETIONS = Route("POST", "/v1/chat/completions", "asking")
MODELS = Route("GET", "/v1/models", "administering")
# All of an account come from the platform's few addresses; what is signed is answered in turns.
CALLBACKS = tuple(Route("POST", path, body="own") for path in ("/wechat", "/wecom"))
CALLBACK_CHECKS = tuple(Route("GET", path, "administering") for path in ("/wechat", "/wecom"))

HEALTH = Route("GET", "/healthz")
READY = Route("GET", "/readyz")
METRICS = Route("GET", "/metrics", "administering")
RELOAD = Route("POST", "/api/reload", "administering", "own")
RELOADED = Route("GET", "/api/reload", "administering")

ARTICLES_PAGE = Route("GET", "/articles", "reading")
ARTICLE_PAGE = Route("GET", "/articles/{article_id}", "reading")
SCAN = Route("GET", "/articles/{article_id}/scan.jpg", "reading")
ABOUT = Route("GET", "/about", "reading")
VERIFY = Route("GET", "/verify", "reading")
SITEMAP = Route("GET", "/sitemap.xml", "reading")
ROBOTS = Route("GET", "/robots.txt", "reading")

WIDGET = Route("GET", "/widget")
WIDGET_LOADER = Route("GET", "/widget.js")
WIDGET_PANEL = Route("GET", "/widget/panel")
WIDGET_COLORS = Route("GET", "/widget/colors/{color}.css", parts=r"[\w-]+")
WIDGET_FILE = Route("GET", "/widget/files/{version}/{name:path}", parts=r"\w+|(?:shared/)?[\w-]+\.(?:js|css)")

OURS = (
    *(ASK, FOLLOW_UPS, FEEDBACK, TOOLS, EXAMPLES, LIST_ARTICLES, GET_ARTICLE),
    *(CHAT_COMPLETIONS, MODELS, *CALLBACKS, *CALLBACK_CHECKS),
    *(HEALTH, READY, METRICS, RELOAD, RELOADED),
    *(ARTICLES_PAGE, ARTICLE_PAGE, SCAN, ABOUT, VERIFY, SITEMAP, ROBOTS),
    *(WIDGET, WIDGET_LOADER, WIDGET_PANEL, WIDGET_COLORS, WIDGET_FILE),
    # The desk reads and bounds its own forms.
    Route("GET", "/desk"),
    Route("POST", "/desk/sign-in", "administering", "own"),
    Route("POST", "/desk/{page}", body="own", parts=r"(?!sign-in$)[\w.-]+(?:/[\w.-]+){0,3}"),
    Route("GET", "/desk/{page}", parts=r"[\w.-]+(?:/[\w.-]+){0,3}"),
    # Routes that FastAPI serves by itself.
    Route("GET", "/docs"),
    Route("GET", "/openapi.json"),
    Route("GET", "/static-offline-docs/{file}", parts=NAME),
    Route("GET", "/page/{file}", parts=STATIC),
)
"""What this service answers itself."""

JOIN_QUEUE = Route("POST", "/gradio_api/queue/join", "asking")
READ_QUEUE = Route("GET", "/gradio_api/queue/data", "reading")
HEARTBEAT = Route("GET", "/gradio_api/heartbeat/{session}", "reading", parts=SESSION.pattern)
STREAMS = (READ_QUEUE, HEARTBEAT)
"""What stays open for as long as a page is shown."""

GRADIO = (
    Route("GET", "/", "reading"),
    Route("GET", "/theme.css"),
    Route("GET", "/assets/{file}", parts=NAME),
    Route("GET", "/static/js/iframeResizer.contentWindow.min.js"),
    JOIN_QUEUE,
    *STREAMS,
)
"""The allow-list around the mounted Gradio app: what the chat page asks of it, seen by driving it."""


def open_route(method: str, path: str) -> Route:
    """The route of a request. Raises Problem: 404 where there is none, 405 for another method than its."""
    found = [route for route in (*OURS, *GRADIO) if route.fits(path)]
    if not found:
        raise Problem(404, messages.NO_PAGE)
    for route in found:
        if route.method == method:
            return route
    allowed = ", ".join(route.method for route in found)
    raise Problem(405, messages.NO_METHOD, headers={"Allow": allowed}, allowed=allowed)
