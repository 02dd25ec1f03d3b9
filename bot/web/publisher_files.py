"""The publisher's logo and colours, as files that every page can link."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot import messages
from bot.colour import Accent
from bot.publisher import Publisher
from bot.web.problems import Problem

__all__ = ["COLOURS", "LOGO", "colour_sheet", "publisher_routes"]

LOGO = "/page/logo"
COLOURS = "/page/publisher.css"

# A logo opened by itself runs nothing and loads nothing, whatever its SVG says.
ALONE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "max-age=3600",
}


def publisher_routes(publisher: Publisher) -> APIRouter:
    """The logo at LOGO, and at COLOURS a style sheet with `--accent-light` and `--accent-dark`."""
    router = APIRouter(include_in_schema=False)

    @router.get(LOGO)
    def logo() -> Response:
        if publisher.logo is None:
            raise Problem(404, messages.NO_PAGE)
        return Response(publisher.logo.content, media_type=publisher.logo.media_type, headers=ALONE)

    @router.get(COLOURS)
    def colours() -> Response:
        style = colour_sheet(publisher.accent)
        return Response(style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return router


def colour_sheet(accent: Accent) -> str:
    """The style sheet that gives a page its accent colour, for light and for dark mode."""
    return f":root {{ --accent-light: {accent.light}; --accent-dark: {accent.dark}; }}\n"
