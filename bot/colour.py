"""A publisher's colour as shades that can be read on the pages, by WCAG 2.2's contrast ratio."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["COLOUR", "READABLE", "Accent", "accent_of", "contrast"]

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

READABLE = 4.5
"""The least contrast of text with what it stands on: WCAG 2.2, 1.4.3, level AA."""

# The surfaces of the pages where text in the accent colour is hardest to read.
DARKEST_OF_LIGHT = "#f3e7e2"
LIGHTEST_OF_DARK = "#382622"

Channels = tuple[int, int, int]


@dataclass(frozen=True)
class Accent:
    """The accent colour as `#rrggbb`: `light` for light mode, where white text stands on it, `dark` for
    dark mode, where near-black text stands on it. Both can be read on every surface of their mode."""

    light: str
    dark: str


def accent_of(colour: str) -> Accent:
    """The nearest readable shades of a colour like "#9c2a1f", mixed with black and with white."""
    return Accent(
        _shade(colour, (0, 0, 0), DARKEST_OF_LIGHT), _shade(colour, (255, 255, 255), LIGHTEST_OF_DARK)
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _shade(colour: str, end: Channels, surface: str) -> str:
    shades = (_mixed(colour, end, hundredths) for hundredths in range(101))
    return next(shade for shade in shades if contrast(shade, surface) >= READABLE)


def _mixed(colour: str, end: Channels, hundredths: int) -> str:
    mixed = (
        round((own * (100 - hundredths) + far * hundredths) / 100)
        for own, far in zip(_channels(colour), end, strict=True)
    )
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1: WCAG 2.2, "relative luminance"."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
