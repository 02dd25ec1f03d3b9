"""Callbacks of a WeChat official account (/wechat) and of WeCom (/wecom): text in, a quote with its link out.

The platforms wait five seconds and ask up to three times; whoever needs longer is told at the last.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.language import detect_language
from bot.publisher import Publisher
from bot.web.clients import CLIENT, Client
from bot.web.guard import bounded_body
from bot.web.pages import base_address
from bot.web.plain_text import short_text
from bot.web.problems import Problem
from bot.web.queue import AskQueue
from bot.web.wechat.crypto import ForgedError, MessageCipher, sha1_signature, verify_signature
from bot.web.wechat.xml import fields_of, xml_of

__all__ = ["Channel", "wechat_routes"]

logger = logging.getLogger(__name__)

REPLY_BYTES = 2048
"""Of a text that the platforms take."""

WITHIN, LAST = 6.0, 4.5
"""Seconds that an answer is waited for: longer than the platform, so that it asks again; then less."""

ATTEMPTS = 3

REMEMBERED = 1000
"""Messages whose answers are kept for when they are asked for again."""

FRESH = 600
"""Seconds after which a signed message is not taken any more."""

DONE = "success"
"""What the platforms take for: nothing to say."""


@dataclass(frozen=True)
class Channel:
    """One account: its token, and `cipher` where messages are encrypted (always, of WeCom)."""

    path: str
    token: str
    cipher: MessageCipher | None = None
    is_corporate: bool = False


@dataclass
class _Pending:
    answer: asyncio.Task[str]
    attempts: int = 0


class _Replies:
    """The answers that are worked on, by the message that asked."""

    def __init__(self, within: float, last: float) -> None:
        self._within, self._last = within, last
        self._pending: OrderedDict[str, _Pending] = OrderedDict()

    async def reply(self, message_id: str, answer: Callable[[], Awaitable[str]], busy: str) -> str:
        """The answer to a message, begun once however often it is asked for; "" where there is none yet."""
        pending = self._pending.get(message_id)
        if pending is None:
            pending = self._pending[message_id] = _Pending(asyncio.ensure_future(answer()))
            if len(self._pending) > REMEMBERED:
                self._pending.popitem(last=False)
        pending.attempts += 1
        is_last = pending.attempts >= ATTEMPTS
        try:
            wait = self._last if is_last else self._within
            return await asyncio.wait_for(asyncio.shield(pending.answer), wait)
        except TimeoutError:
            return busy if is_last else ""


def wechat_routes(
    turns: AskQueue,
    publisher: Publisher,
    channel: Channel,
    now: Callable[[], float] = time.time,
    within: float = WITHIN,
    last: float = LAST,
) -> APIRouter:
    """The routes of one account. `now` is the clock, in seconds since 1970."""
    router = APIRouter(include_in_schema=False)
    replies = _Replies(within, last)

    def check_fresh(request: Request) -> tuple[str, str]:
        timestamp, nonce = (request.query_params.get(name, "") for name in ("timestamp", "nonce"))
        if not timestamp.isascii() or not timestamp.isdigit() or abs(now() - int(timestamp[:12])) > FRESH:
            raise ForgedError("the message is old")
        return timestamp, nonce

    def check_signature(request: Request, timestamp: str, nonce: str) -> None:
        given = request.query_params.get("signature", "")
        verify_signature(sha1_signature(channel.token, timestamp, nonce), given)

    @router.get(channel.path)
    def show_ownership(request: Request) -> Response:
        """The platform asks once, when the address is entered there."""
        echo = request.query_params.get("echostr", "")
        try:
            timestamp, nonce = check_fresh(request)
            if channel.is_corporate and channel.cipher:
                echo = channel.cipher.decrypted(echo, timestamp, nonce, _signed(request))
            else:
                check_signature(request, timestamp, nonce)
        except ForgedError:
            raise Problem(403, messages.WRONG_SIGNATURE) from None
        return Response(echo, media_type="text/plain")

    @router.post(channel.path)
    async def receive(request: Request) -> Response:
        body = await bounded_body(request.receive)
        try:
            timestamp, nonce = check_fresh(request)
            fields = fields_of(body.decode())
            if channel.cipher and (channel.is_corporate or "Encrypt" in fields):
                sealed = fields.get("Encrypt", "")
                fields = fields_of(channel.cipher.decrypted(sealed, timestamp, nonce, _signed(request)))
            elif channel.cipher:
                raise ForgedError("the message is not encrypted")
            else:
                check_signature(request, timestamp, nonce)
        except ForgedError:
            raise Problem(403, messages.WRONG_SIGNATURE) from None
        except ValueError:  # no text, or no XML
            raise Problem(422, messages.BODY_REFUSED) from None
        text = await say(request, fields)
        return _sent(channel, fields, text, timestamp, nonce, now())

    async def say(request: Request, fields: dict[str, str]) -> str:
        question, base = fields.get("Content", ""), base_address(request, publisher)
        if fields.get("MsgType") == "event" and fields.get("Event") == "subscribe":
            return messages.GREETING.to("zh-Hans")
        if fields.get("MsgType") != "text":
            return ""
        sender = "wechat-" + hashlib.sha256(fields.get("FromUserName", "").encode()).hexdigest()[:16]
        CLIENT.set(Client(sender, sender))

        async def answer() -> str:
            try:
                return short_text(await turns.ask(question, (), 1), base, REPLY_BYTES)
            except Problem as problem:
                return problem.message.to(detect_language(question), **problem.values)
            except Exception:
                logger.exception("a message could not be answered")
                return messages.FAILED.to(detect_language(question))

        message_id = f"{sender} {fields.get('MsgId') or fields.get('CreateTime', '')}"
        return await replies.reply(message_id, answer, messages.BUSY.to(detect_language(question)))

    return router


def _signed(request: Request) -> str:
    return request.query_params.get("msg_signature", "")


def _sent(
    channel: Channel, fields: dict[str, str], text: str, timestamp: str, nonce: str, now: float
) -> Response:
    if not text:
        return Response(DONE, media_type="text/plain")
    reply = xml_of(
        {
            "ToUserName": fields.get("FromUserName", ""),
            "FromUserName": fields.get("ToUserName", ""),
            "CreateTime": str(int(now)),
            "MsgType": "text",
            "Content": text,
        }
    )
    if channel.cipher:
        sealed, signed = channel.cipher.encrypted(reply, timestamp, nonce)
        reply = xml_of({"Encrypt": sealed, "MsgSignature": signed, "TimeStamp": timestamp, "Nonce": nonce})
    return Response(reply, media_type="text/xml")
