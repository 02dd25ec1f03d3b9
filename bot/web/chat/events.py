"""Validation of what the chat page's script sends to Gradio's queue, before Gradio sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Protocol

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import messages
from bot.web.chat.conversation import ChatCommandError, read_command
from bot.web.chat.sessions import Sessions
from bot.web.clients import Client
from bot.web.problems import Problem

__all__ = ["AT_A_TIME", "SESSION", "TEXTS", "ChatEvents", "ChatQueue", "Pending"]

SESSION = re.compile(r"[A-Za-z0-9_]{1,40}")
"""A session's id, as the script makes it."""

FIELDS = {"data", "event_data", "fn_index", "session_hash", "trigger_id"}
FILE_FIELDS = {"_type", "meta", "path", "url"}

AT_A_TIME = 60
"""Texts of one address, and half as many again of its network, that wait or are answered: three whole
conversations that are resumed."""

TEXTS = "yuanwen.texts"
"""Where the scope of an event's request says how many texts it has answered."""


class Pending(NamedTuple):
    """An event that waits or is being answered: whose it is, and how many texts it has answered."""

    client: Client
    texts: int


class ChatQueue(Protocol):
    """What a check needs to know of Gradio's queue."""

    @property
    def functions(self) -> Collection[int]:
        """The numbers of the events that there are."""

    def knows(self, session: str) -> bool:
        """Whether a session has something to read."""

    def pending(self) -> Iterable[Pending]:
        """Every event that waits or is being answered."""

    def drop(self, session: str) -> None:
        """Forget a session's events and results."""


class ChatEvents:
    """Lets pass what the page's script sends: its inputs are texts or nothing, and nothing names a file."""

    def __init__(self, queue: ChatQueue, sessions: Sessions, lost: bytes) -> None:
        """`lost` is what a session that is not known reads, so that its page begins anew."""
        self._queue, self._sessions = queue, sessions
        self._lost: ASGIApp = Response(lost, media_type="text/event-stream")

    def check(self, body: bytes, client: Client) -> int:
        """How many texts an event has answered, at least 1. Raises Problem (400, 429).

        What nobody came to read is dropped before.
        """
        event = _read(body)
        number = event.get("fn_index")
        if type(number) is not int or number not in self._queue.functions:
            raise Problem(400, messages.BODY_REFUSED)
        for session in self._sessions.take_left():
            self._queue.drop(session)
        texts = _texts(event["data"])
        self._refuse_many(client, texts)
        self._sessions.sent(event["session_hash"])
        return texts

    def stream(self, app: ASGIApp, scope: Scope) -> ASGIApp:
        """What answers a stream: `app`, or where its session has sent nothing, that it is lost."""
        session = QueryParams(scope.get("query_string", b"")).get("session_hash", "")
        if not SESSION.fullmatch(session) or not self._queue.knows(session):
            return self._lost

        async def read(scope: Scope, receive: Receive, send: Send) -> None:
            with self._sessions.reading(session):
                await app(scope, receive, send)

        return read

    def _refuse_many(self, client: Client, texts: int) -> None:
        pending = list(self._queue.pending())
        of_address = sum(event.texts for event in pending if event.client.address == client.address)
        of_network = sum(event.texts for event in pending if event.client.network == client.network)
        if of_address + texts > AT_A_TIME or 2 * (of_network + texts) > 3 * AT_A_TIME:
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
