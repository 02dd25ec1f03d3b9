"""Who publishes the articles, as the pages show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.colour import Accent, accent_of

__all__ = ["ACCENT", "LOGO_LIMIT", "Logo", "LogoError", "Publisher", "read_logo"]

ACCENT = "#9c2a1f"
"""The accent colour where none is set: the red of a seal."""

LOGO_LIMIT = 200_000
"""Bytes of a logo; it is loaded with every page."""

# The first bytes of each picture that browsers show; an SVG has its element after at most a prologue.
PICTURES = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "image/svg+xml": re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][\s\S]*?)?<svg[\s>]"),
}


class LogoError(ValueError):
    """The file is no logo: it cannot be read, is too large, or is no SVG, PNG, JPEG or WebP picture."""


@dataclass(frozen=True)
class Logo:
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Publisher:
    """What the settings say of the publisher; what they do not say is empty.

    `contact` is a phone number, an address or a sentence, shown where no answer is found. `url` is the
    address of the service as the public knows it, without a slash at its end.
    """

    name: str = ""
    logo: Logo | None = None
    accent: Accent = accent_of(ACCENT)  # noqa: RUF009 - a pure function of a constant
    contact: str = ""
    url: str = ""

    @property
    def root_path(self) -> str:
        """The path under which a proxy shows the service: "https://city.example/ask" -> "/ask"."""
        return urlsplit(self.url).path


def read_logo(path: Path) -> Logo:
    """The picture and what kind it is, by its content. Raises LogoError."""
    try:
        with path.open("rb") as file:
            content = file.read(LOGO_LIMIT + 1)
    except OSError as error:
        raise LogoError(str(error)) from error
    if len(content) > LOGO_LIMIT:
        raise LogoError(f"{path} has more than {LOGO_LIMIT} bytes")
    for media_type, beginning in PICTURES.items():
        if beginning.match(content):
            return Logo(content, media_type)
    raise LogoError(f"{path} is no SVG, PNG, JPEG or WebP picture")
