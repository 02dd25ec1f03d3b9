"""Pages that the server renders: templates filled for one visitor, sent once and then by their ETag."""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.origin import HOST, PORT
from bot.publisher import Accent, Publisher
from bot.web.language import visitor_language
from bot.web.problems import Problem
from bot.web.rendering import Reader, filled

__all__ = [
    "COLORS",
    "LOGO",
    "Visitor",
    "base_address",
    "color_sheet",
    "page",
    "publisher_routes",
    "sent",
    "sent_picture",
]

# No script runs, and nothing comes from elsewhere. (JSON-LD is a block of data, not a script.)
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
HOST_HEADER = re.compile(rf"{HOST}{PORT}?", re.ASCII | re.IGNORECASE)


OWN = ("quote", "of", "sig", "q", "year", "source", "page")
"""What the address of one page says of that page alone."""

TEXT_SIZES = ("large", "larger", "largest")
"""The steps of `?text=`, up to twice the usual size."""


class Visitor(Reader):
    """The visitor of a page, from its address: language, text size, and what each link must carry on."""

    def __init__(self, request: Request) -> None:
        super().__init__(visitor_language(request.scope), request.scope["root_path"])
        self._query = request.query_params
        self._path = request.url.path.removeprefix(self.root)

    @property
    def text_size(self) -> str:
        """One of TEXT_SIZES, "" for the usual size."""
        asked = self._query.get("text", "")
        return asked if asked in TEXT_SIZES else ""

    @property
    def next_text_size(self) -> str:
        """The next step, "" after the last one."""
        sizes = ("", *TEXT_SIZES, "")
        return sizes[sizes.index(self.text_size) + 1]

    @cached_property
    def kept(self) -> dict[str, str]:
        """What every link and form carries on."""
        size = {"text": self.text_size} if self.text_size else {}
        return {**({"lang": self.language} if "lang" in self._query else {}), **size}

    def link(self, path: str, **query: str) -> str:
        """A link within the service that keeps language and size: `link("/articles")`.

        The path may have a query and a fragment of its own.
        """
        before, _, fragment = path.partition("#")
        parts = urlencode({**self.kept, **query})
        joined = f"{before}{'&' if '?' in before else '?'}{parts}" if parts else before
        return f"{self.root}{joined}{'#' if fragment else ''}{fragment}"

    def here(self, **changes: str) -> str:
        """This page otherwise: `here(lang="en")`. An empty value leaves the part out."""
        own = {name: self._query[name] for name in OWN if name in self._query}
        parts = urlencode({name: v for name, v in {**self.kept, **own, **changes}.items() if v})
        return f"{self.root}{self._path}{'?' if parts else ''}{parts}{'#quote' if 'quote' in own else ''}"


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
    html = filled(template, visitor=visitor, publisher=publisher, **values)
    response = sent(request, html, "text/html", status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Language"] = visitor.language
    response.headers["Vary"] = "Accept-Language"
    return response


def sent(request: Request, text: str, media_type: str, status: int = 200) -> Response:
    """The text, or 304 where the visitor has it already.

    There is an ETag and no Last-Modified: nobody says when an article was last changed, and a page
    changes with the calendar too ("published 2 years ago").
    """
    return _answered(request, text.encode(), f"{media_type}; charset=utf-8", status)


def sent_picture(request: Request, picture: bytes, media_type: str) -> Response:
    """The picture, or 304 where the visitor has it already."""
    return _answered(request, picture, media_type, 200)


def _answered(request: Request, content: bytes, media_type: str, status: int) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and not known.isdisjoint({tag, "*"}):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


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
