"""A line and figures for each request: route, status, time and verdict; no question, no address."""

from __future__ import annotations

import logging
import re
from contextlib import nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.operations.logs import in_request
from bot.operations.metrics import Metrics

if TYPE_CHECKING:  # an extra, imported where it is set
    from bot.operations.tracing import Traces

__all__ = ["REQUEST", "RequestFacts", "RequestLog"]

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"))

QUIET = frozenset(("/healthz", "/readyz", "/metrics"))
"""Asked every few seconds by machines: told only with the level debug."""


@dataclass
class RequestFacts:
    """Facts of a request for the log; its handler fills them in."""

    route: str = "other"
    verdict: str = ""
    refusal: str = ""


REQUEST: ContextVar[RequestFacts] = ContextVar("request")
"""The request that is being answered; not set outside of one."""


class RequestLog:
    """ASGI middleware, before all others: gives each request an id, and tells what came of it.

    An id that the visitor's side sends is kept, so that a proxy's log and this one can be read together.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, traces: Traces | None = None) -> None:
        self.app = app
        self._metrics, self._traces = metrics, traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        given = headers.get(HEADER, "")
        request_id = given if ID.fullmatch(given) else token_hex(8)
        facts, began, status = RequestFacts(), perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        token = REQUEST.set(facts)
        tracing = self._traces.request(headers) if self._traces else nullcontext()
        with in_request(request_id), tracing as span:
            try:
                await self.app(scope, receive, noting)
            finally:
                method = scope["method"] if scope["method"] in METHODS else "other"
                self._tell(method, facts, status or 500, perf_counter() - began)
                if span:
                    span.update_name(f"{method} {facts.route}")
                    span.set_attribute("http.request.method", method)
                    span.set_attribute("http.route", facts.route)
                    span.set_attribute("http.response.status_code", status or 500)
                    span.set_attribute("yuanwen.request_id", request_id)
                    span.set_attribute("yuanwen.verdict", facts.verdict)
                REQUEST.reset(token)

    def _tell(self, method: str, facts: RequestFacts, status: int, seconds: float) -> None:
        self._metrics.request(method, facts.route, status, seconds)
        if facts.refusal:
            self._metrics.refusal(facts.refusal)
        told = {
            "method": method,
            "route": facts.route,
            "status": status,
            "milliseconds": round(1000 * seconds),
            "verdict": facts.verdict,
            "refusal": facts.refusal,
        }
        level = logging.DEBUG if facts.route in QUIET else logging.INFO
        logger.log(level, "request", extra={name: value for name, value in told.items() if value != ""})
