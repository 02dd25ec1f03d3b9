"""Bodies of requests: small, JSON, and for Gradio without anything that names a file."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from bot import messages
from bot.web.problems import Problem

__all__ = ["BODY_LIMIT", "check_event", "read_body"]

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body."""

EVENT_FIELDS = {"data", "event_data", "fn_index", "session_hash", "trigger_id"}
FILE_FIELDS = {"_type", "meta", "path", "url"}


async def read_body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, and a `receive` that gives it once more. Raises Problem (413, 415)."""
    content_type = Headers(scope=scope).get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, messages.BODY_NOT_JSON)
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY_LIMIT:
            raise Problem(413, messages.BODY_TOO_LARGE, limit=BODY_LIMIT)
    whole = bytes(body)
    unread: list[Message] = [{"type": "http.request", "body": whole, "more_body": False}]

    async def receive_again() -> Message:
        return unread.pop() if unread else await receive()

    return whole, receive_again


def check_event(body: bytes) -> None:
    """Let pass an event of the chat page: its inputs are texts or nothing, and nothing names a file.

    Raises Problem (400).
    """
    try:
        event = json.loads(body, object_pairs_hook=_without_files)
    except (ValueError, RecursionError):
        raise Problem(400, messages.BODY_REFUSED) from None
    inputs = event.get("data") if isinstance(event, dict) and EVENT_FIELDS.issuperset(event) else None
    if not isinstance(inputs, list) or not all(value is None or isinstance(value, str) for value in inputs):
        raise Problem(400, messages.BODY_REFUSED)


def _without_files(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if not FILE_FIELDS.isdisjoint(name for name, _ in pairs):
        raise Problem(400, messages.BODY_REFUSED)
    return dict(pairs)
