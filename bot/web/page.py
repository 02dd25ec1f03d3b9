"""The HTML around Gradio's app: language, title, our style, and a strict content policy."""

from __future__ import annotations

import re
import secrets
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.questions import Language
from bot.web.language import browser_language
from bot.web.paths import own_path

__all__ = ["STATIC", "Page"]

STATIC = Path(__file__).parent / "static"
"""Our style sheet, script and icon, served under /page/."""

# Svelte writes style attributes; scripts run only from our own files or with the page's nonce.
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'self'; form-action 'none'; frame-ancestors 'self'"
)

HEAD = (
    '<title>{title}</title><meta name="description" content="{promise}">'
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="./page/icon.svg">'
    '<link rel="stylesheet" href="./page/chat.css"><script type="module" src="./page/chat.js"></script>'
)
MASTHEAD = (
    '<header id="masthead" lang="{language}" data-close="{close}"><h1>{title}</h1><p>{promise}</p>'
    "<noscript>{no_script}</noscript></header>"
)

# Gradio's page speaks of gradio.app and of a picture on another host, and is in English.
FOREIGN = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
OPENING = re.compile(r'<html\s+lang="en"')


class Page:
    """ASGI middleware: rewrite the two HTML pages, / and /docs, on their way out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or own_path(scope) not in ("/", "/docs"):
            return await self.app(scope, receive, send)
        language = browser_language(Headers(scope=scope).get("accept-language"))
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
            text = html.decode() if own_path(scope) == "/docs" else dressed(html.decode(), language)
            body = text.replace("<script", f'<script nonce="{nonce}"').encode()
            headers = MutableHeaders(scope=start)
            headers["Content-Length"] = str(len(body))
            headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
            headers["Cache-Control"] = "no-store"
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, rewrite)


def dressed(html: str, language: Language) -> str:
    """Gradio's page in the visitor's language, with our head and masthead, and free of other hosts."""
    words = {
        "language": language,
        "title": escape(messages.TITLE.to(language)),
        "promise": escape(messages.PROMISE.to(language)),
        "close": escape(messages.CLOSE_ARTICLE.to(language)),
        "no_script": escape(messages.NO_SCRIPT.to(language)),
    }
    html = OPENING.sub(f'<html lang="{language}"', FOREIGN.sub("", html), count=1)
    html = html.replace("</head>", HEAD.format(**words) + "</head>", 1)
    html = html.replace('control_page_title="true"', 'control_page_title="false"', 1)
    return html.replace("<gradio-app", MASTHEAD.format(**words) + "<gradio-app", 1)
