"""Middleware that rewrites Gradio's page and /docs: our header, our words, and a policy with a nonce."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.answering.answerer import Answerer
from bot.answering.question import LIMIT
from bot.language import Language
from bot.publisher import Publisher
from bot.web.guard import own_path
from bot.web.language import date_words, is_chosen, visitor_language
from bot.web.rendering import filled
from corpus.article import Article

__all__ = ["STATIC", "PageContext", "RewriteMiddleware", "Stock", "render_page"]

STATIC = Path(__file__).parents[1] / "static"
"""Our style sheets, scripts and icon, served under /page/."""

MODULES = sorted(
    path.relative_to(STATIC).as_posix() for part in ("chat_*.js", "shared/*.js") for path in STATIC.glob(part)
)
"""The parts of chat.js, named in the page so that they load at once."""

THEMES = {"": messages.THEME_AUTO, "light": messages.THEME_LIGHT, "dark": messages.THEME_DARK}

# Sentences that the page's script says.
WORDS = (
    messages.SEARCHING,
    messages.LOST,
    messages.NOT_READY,
    messages.BUSY,
    messages.EMPTY,
    messages.TOO_LONG,
    messages.AGAIN,
    messages.CLEARED,
    messages.CLOSE_ARTICLE,
    messages.ARTICLE_PANEL,
    messages.CONVERSATION,
    messages.COPIED,
    messages.NOT_COPIED,
    messages.LINK_COPIED,
    messages.READ_ALOUD,
    messages.SPEAK,
    messages.STOP_SPEAKING,
    messages.STOP_READING,
    messages.WHAT_WRONG,
    messages.SEND_COMMENT,
    messages.THANKS,
)

# Gradio's page speaks of gradio.app and of a picture on another host, and is in English.
FOREIGN = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
OPENING = re.compile(r'<html\s+lang="en"')


@dataclass(frozen=True)
class PageContext:
    """What the page says to one visitor; `is_chosen`: the language by `?lang=`, not by the browser.

    `pause` is what it says while the bot is paused, else "".
    """

    language: Language
    is_chosen: bool
    publisher: Publisher
    stock: str
    examples: Sequence[str]
    pause: str = ""


def render_page(html: str, sight: PageContext) -> str:
    """Gradio's page in the visitor's language, with our head, what stands around the conversation, and
    free of other hosts."""
    values: dict[str, object] = {
        **vars(sight),
        "say": lambda message, **values: message.to(sight.language, **values),
        "themes": THEMES,
        "modules": MODULES,
        "limit": LIMIT,
        "words": {message.name: message.to(sight.language, limit=LIMIT) for message in WORDS},
    }
    chosen = " data-chosen" if sight.is_chosen else ""
    html = OPENING.sub(f'<html lang="{sight.language}"{chosen}', FOREIGN.sub("", html), count=1)
    html = html.replace("</head>", filled("chat_head.html", **values) + "</head>", 1)
    html = html.replace('control_page_title="true"', 'control_page_title="false"', 1)
    html = html.replace("<gradio-app", filled("chat_above.html", **values) + "<gradio-app", 1)
    return html.replace("</gradio-app>", "</gradio-app>" + filled("chat_below.html", **values), 1)


@dataclass(frozen=True)
class Stock:
    """How many articles there are, and their first and last day; None where no date is stated."""

    count: int
    first: date | None
    last: date | None

    @classmethod
    def of(cls, articles: Collection[Article]) -> Stock:
        days = [article.published for article in articles if article.published]
        return cls(len(articles), min(days, default=None), max(days, default=None))

    def words(self, language: Language) -> str:
        """From when to when, as far as dates are stated."""
        if self.first is None or self.last is None:
            return messages.STOCK.to(language, count=self.count)
        first, last = (date_words(day, language) for day in (self.first, self.last))
        message = messages.STOCK_OF_DAY if first == last else messages.STOCK_OF_DAYS
        return message.to(language, count=self.count, first=first, last=last)


logger = logging.getLogger(__name__)

# Svelte writes style attributes; scripts run only from our own files or with the page's nonce.
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class RewriteMiddleware:
    """ASGI middleware: rewrite / and /docs."""

    def __init__(
        self, app: ASGIApp, bot: Answerer, publisher: Publisher, pause: Callable[[], str] = str
    ) -> None:
        """`pause` gives the sentence for visitors while the bot is paused, else ""."""
        self.app, self._pause = app, pause
        self._bot = bot
        self._publisher = publisher
        self._stock: tuple[Mapping[str, Article], Stock] | None = None

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

        # What an address says is for our header and scripts; Gradio would look for pages and links by it.
        await self.app({**scope, "headers": plain, "query_string": b""}, receive, rewrite)

    async def _rewritten(self, html: str, scope: Scope) -> str:
        if own_path(scope) == "/docs":
            return html
        language = visitor_language(scope)
        return render_page(html, await to_thread.run_sync(self._sight, language, is_chosen(scope)))

    def _sight(self, language: Language, chosen: bool) -> PageContext:
        stock = self._stock_of(self._bot.articles).words(language)
        examples = self._examples(language)
        return PageContext(language, chosen, self._publisher, stock, examples, self._pause())

    def _stock_of(self, articles: Mapping[str, Article]) -> Stock:
        """Every article is read once, and again after a reload, not for each visitor."""
        if self._stock is None or self._stock[0] is not articles:
            self._stock = articles, Stock.of(articles.values())
        return self._stock[1]

    def _examples(self, language: Language) -> tuple[str, ...]:
        try:
            return self._bot.examples(language)
        except Exception:
            logger.exception("the page has no examples")
            return ()
