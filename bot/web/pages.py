"""Pages that the server renders: templates filled for one visitor, sent once and then by their ETag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from bot import messages
from bot.language import Language
from bot.messages import Message
from bot.origin import HOST, PORT
from bot.publisher import Accent, Publisher
from bot.web.language import visitor_language
from bot.web.problems import Problem

__all__ = [
    "COLORS",
    "LANGUAGES",
    "LOGO",
    "Visitor",
    "base_address",
    "color_sheet",
    "filled",
    "page",
    "publisher_routes",
    "sent",
]

# No script runs, and nothing comes from elsewhere. (JSON-LD is a block of data, not a script.)
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
LANGUAGES: Mapping[Language, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
HOST_HEADER = re.compile(rf"{HOST}{PORT}?", re.ASCII | re.IGNORECASE)

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html", "xml")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False}


class Visitor:
    """Who looks at a page, as the address says: language, size of text, and what a link must carry on."""

    def __init__(self, request: Request) -> None:
        self._query = request.query_params
        self._path = request.url.path.removeprefix(request.scope["root_path"])
        self.root = request.scope["root_path"]
        self.language = visitor_language(request.scope)

    @property
    def is_large(self) -> bool:
        return self._query.get("text") == "large"

    @cached_property
    def _kept(self) -> dict[str, str]:
        size = {"text": "large"} if self.is_large else {}
        return {**({"lang": self.language} if "lang" in self._query else {}), **size}

    def say(self, message: Message, **values: object) -> str:
        return message.to(self.language, **values)

    def say_html(self, message: Message, **values: Markup) -> Markup:
        """The same with markup in it; what the values hold was escaped before."""
        words = self.say(message, **{name: f"{{{name}}}" for name in values})
        return Markup(escape(words)).format(**values)

    def link(self, path: str, **query: str) -> str:
        """A link within the service that keeps language and size: `link("/articles")`."""
        parts = urlencode({**self._kept, **query})
        return f"{self.root}{path}{'?' if parts else ''}{parts}"

    def here(self, **changes: str) -> str:
        """This page otherwise: `here(lang="en")`. An empty value leaves the part out."""
        quote = {name: self._query[name] for name in ("quote", "of") if name in self._query}
        parts = urlencode({name: v for name, v in {**self._kept, **quote, **changes}.items() if v})
        return f"{self.root}{self._path}{'?' if parts else ''}{parts}{'#quote' if quote else ''}"


def base_address(request: Request, publisher: Publisher) -> str:
    """Where the service stands, for links that leave it: "https://city.example/ask".

    The setting, else the address that was asked for; "" where that names no host.
    """
    host = request.headers.get("host", "")
    if publisher.url or not HOST_HEADER.fullmatch(host):
        return publisher.url
    return f"{request.scope['scheme']}://{host}{request.scope['root_path']}"


def page(
    request: Request, publisher: Publisher, template: str, status: int = 200, **values: object
) -> Response:
    """The template as the visitor's page."""
    visitor = Visitor(request)
    html = TEMPLATES.get_template(template).render(
        visitor=visitor, publisher=publisher, messages=messages, languages=LANGUAGES, **values
    )
    response = sent(request, html, "text/html", status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Language"] = visitor.language
    response.headers["Vary"] = "Accept-Language"
    return response


def filled(template: str, **values: object) -> str:
    """A template that is a part of a page."""
    return TEMPLATES.get_template(template).render(**values)


def sent(request: Request, text: str, media_type: str, status: int = 200) -> Response:
    """The text, or 304 where the visitor has it already.

    There is an ETag and no Last-Modified: nobody says when an article was last changed, and a page
    changes with the calendar too ("published 2 years ago").
    """
    tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and not known.isdisjoint({tag, "*"}):
        return Response(status_code=304, headers=headers)
    return Response(text, status, headers, f"{media_type}; charset=utf-8")


LOGO = "/page/logo"
COLORS = "/page/publisher.css"

# A logo opened by itself runs nothing and loads nothing, whatever its SVG says.
SANDBOXED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "max-age=3600",
}


def publisher_routes(publisher: Publisher) -> APIRouter:
    """The logo at LOGO, and at COLORS a style sheet with `--accent-light` and `--accent-dark`."""
    router = APIRouter(include_in_schema=False)

    @router.get(LOGO)
    def logo() -> Response:
        if publisher.logo is None:
            raise Problem(404, messages.NO_PAGE)
        return Response(publisher.logo.content, media_type=publisher.logo.media_type, headers=SANDBOXED)

    @router.get(COLORS)
    def colors() -> Response:
        style = color_sheet(publisher.accent)
        return Response(style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return router


def color_sheet(accent: Accent) -> str:
    """The style sheet that gives a page its accent color, for light and for dark mode."""
    return f":root {{ --accent-light: {accent.light}; --accent-dark: {accent.dark}; }}\n"
