"""What the chat page's script may send to Gradio's queue, checked before Gradio sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any, Protocol

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from bot import messages
from bot.web.chat.conversation import ChatCommandError, read_command
from bot.web.clients import Client, client_at
from bot.web.problems import Problem

__all__ = ["AT_A_TIME", "SESSION", "ChatEvents", "ChatQueue"]

SESSION = re.compile(r"[A-Za-z0-9_]{1,40}")
"""A session's id, as the script makes it."""

FIELDS = {"data", "event_data", "fn_index", "session_hash", "trigger_id"}
FILE_FIELDS = {"_type", "meta", "path", "url"}

AT_A_TIME = 32
"""Events of one address, and half as many again of its network, that wait or are answered."""


class ChatQueue(Protocol):
    """What is to be known of Gradio's queue."""

    @property
    def functions(self) -> Collection[int]:
        """The numbers of the events that there are."""

    def knows(self, session: str) -> bool:
        """Whether a session has something to read."""

    def senders(self) -> Iterable[str]:
        """The address of each event that waits or is being answered."""


class ChatEvents:
    """Lets pass what the page's script sends: its inputs are texts or nothing, and nothing names a file."""

    def __init__(self, queue: ChatQueue, lost: bytes) -> None:
        """`lost` is what a session that is not known reads, so that its page begins anew."""
        self._queue = queue
        self.lost: ASGIApp = Response(lost, media_type="text/event-stream")

    def check(self, body: bytes, client: Client) -> int:
        """How many texts an event has answered, at least 1. Raises Problem (400, 429)."""
        event = _read(body)
        number = event.get("fn_index")
        if type(number) is not int or number not in self._queue.functions:
            raise Problem(400, messages.BODY_REFUSED)
        self._refuse_many(client)
        return _texts(event["data"])

    def is_open(self, scope: Scope) -> bool:
        """Whether a stream's session is one that has sent something."""
        session = QueryParams(scope.get("query_string", b"")).get("session_hash", "")
        return bool(SESSION.fullmatch(session)) and self._queue.knows(session)

    def _refuse_many(self, client: Client) -> None:
        senders = [client_at(host) for host in self._queue.senders()]
        of_address = sum(sender.address == client.address for sender in senders)
        of_network = sum(sender.network == client.network for sender in senders)
        if of_address >= AT_A_TIME or 2 * of_network >= 3 * AT_A_TIME:
            raise Problem(429, messages.TOO_MANY, headers={"Retry-After": "5"}, seconds=5)


def _read(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body, object_pairs_hook=_without_files)
    except (ValueError, RecursionError):
        raise Problem(400, messages.BODY_REFUSED) from None
    if not isinstance(event, dict) or not FIELDS.issuperset(event):
        raise Problem(400, messages.BODY_REFUSED)
    inputs, session, trigger = (event.get(name) for name in ("data", "session_hash", "trigger_id"))
    if not (
        isinstance(inputs, list)
        and all(value is None or isinstance(value, str) for value in inputs)
        and isinstance(session, str)
        and SESSION.fullmatch(session)
        and (trigger is None or (type(trigger) is int and 0 <= trigger < 10**6))
        and isinstance(event.get("event_data"), dict | None)
    ):
        raise Problem(400, messages.BODY_REFUSED)
    return event


def _without_files(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if not FILE_FIELDS.isdisjoint(name for name, _ in pairs):
        raise Problem(400, messages.BODY_REFUSED)
    return dict(pairs)


def _texts(inputs: list[str | None]) -> int:
    try:
        return len(read_command(inputs[0] if inputs else None).texts)
    except ChatCommandError:
        return 1
