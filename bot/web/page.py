"""The two HTML pages of others, Gradio's and /docs, on their way out: our words, and a strict policy."""

from __future__ import annotations

import logging
import secrets

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.answerer import Answerer
from bot.publisher import Publisher
from bot.questions import Language
from bot.web.first_sight import Sight, dressed, stock_words
from bot.web.language import is_chosen, visitor_language
from bot.web.paths import own_path

__all__ = ["Page"]

logger = logging.getLogger(__name__)

# Svelte writes style attributes; scripts run only from our own files or with the page's nonce.
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class Page:
    """ASGI middleware: rewrite / and /docs."""

    def __init__(self, app: ASGIApp, bot: Answerer, publisher: Publisher) -> None:
        self.app = app
        self._bot = bot
        self._publisher = publisher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or own_path(scope) not in ("/", "/docs"):
            return await self.app(scope, receive, send)
        # Compressed HTML could not be rewritten.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: Message = {}
        html = bytearray()

        async def rewrite(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            html.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            nonce = secrets.token_urlsafe(16)
            text = await self._rewritten(html.decode(), scope)
            body = text.replace("<script", f'<script nonce="{nonce}"').encode()
            headers = MutableHeaders(scope=start)
            headers["Content-Length"] = str(len(body))
            headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
            headers["Cache-Control"] = "no-store"
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, rewrite)

    async def _rewritten(self, html: str, scope: Scope) -> str:
        if own_path(scope) == "/docs":
            return html
        language = visitor_language(scope)
        return dressed(html, await to_thread.run_sync(self._sight, language, is_chosen(scope)))

    def _sight(self, language: Language, chosen: bool) -> Sight:
        stock = stock_words(self._bot.articles.values(), language)
        return Sight(language, chosen, self._publisher, stock, self._examples(language))

    def _examples(self, language: Language) -> tuple[str, ...]:
        try:
            return self._bot.examples(language)
        except Exception:
            logger.exception("the page has no examples")
            return ()
