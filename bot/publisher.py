"""The publisher as the pages show it: name, logo, accent, contact, address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

__all__ = [
    "ACCENT",
    "COLOR",
    "LOGO_LIMIT",
    "READABLE",
    "Accent",
    "Logo",
    "LogoError",
    "Publisher",
    "accent_of",
    "contrast",
    "logo_of",
    "read_logo",
]

COLOR = re.compile(r"#[0-9A-Fa-f]{6}")

READABLE = 4.5
"""The least contrast of text with what it stands on: WCAG 2.2, 1.4.3, level AA."""

# The surfaces of the pages where text in the accent color is hardest to read.
DARKEST_OF_LIGHT = "#f3e7e2"
LIGHTEST_OF_DARK = "#382622"

Channels = tuple[int, int, int]


@dataclass(frozen=True)
class Accent:
    """The accent color as `#rrggbb`: `light` for light mode, where white text stands on it, `dark` for
    dark mode, where near-black text stands on it. Both can be read on every surface of their mode."""

    light: str
    dark: str


def accent_of(color: str) -> Accent:
    """The nearest readable shades of a color like "#9c2a1f", mixed with black and with white."""
    return Accent(
        _shade(color, (0, 0, 0), DARKEST_OF_LIGHT), _shade(color, (255, 255, 255), LIGHTEST_OF_DARK)
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors, 1 to 21: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _shade(color: str, end: Channels, surface: str) -> str:
    shades = (_mixed(color, end, hundredths) for hundredths in range(101))
    return next(shade for shade in shades if contrast(shade, surface) >= READABLE)


def _mixed(color: str, end: Channels, hundredths: int) -> str:
    mixed = (
        round((own * (100 - hundredths) + far * hundredths) / 100)
        for own, far in zip(_channels(color), end, strict=True)
    )
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def _luminance(color: str) -> float:
    """Relative luminance, 0 to 1: WCAG 2.2, "relative luminance"."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(color: str) -> Channels:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


ACCENT = "#9c2a1f"
"""The accent color where none is set: the red of a seal."""

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
    """The picture in a file. Raises LogoError."""
    try:
        with path.open("rb") as file:
            content = file.read(LOGO_LIMIT + 1)
    except OSError as error:
        raise LogoError(str(error)) from error
    return logo_of(content, str(path))


def logo_of(content: bytes, name: str = "the file") -> Logo:
    """The picture and what kind it is, by its content. Raises LogoError."""
    if len(content) > LOGO_LIMIT:
        raise LogoError(f"{name} has more than {LOGO_LIMIT} bytes")
    for media_type, beginning in PICTURES.items():
        if beginning.match(content):
            return Logo(content, media_type)
    raise LogoError(f"{name} is no SVG, PNG, JPEG or WebP picture")
