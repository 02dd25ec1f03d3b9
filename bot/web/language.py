"""The language of a visitor's browser."""

from __future__ import annotations

from bot.questions import Language

__all__ = ["browser_language"]

TRADITIONAL = {"hant", "tw", "hk", "mo"}


def browser_language(accept_language: str | None) -> Language:
    """The best of our languages for an Accept-Language header: "zh-HK,en;q=0.5" -> "zh-Hant".

    Without the header (or "*") Simplified Chinese; a language that we do not have: English.
    """
    for tag in _by_preference(accept_language or "*"):
        primary, *subtags = tag.lower().split("-")
        if primary == "*":
            return "zh-Hans"
        if primary == "zh":
            return "zh-Hant" if TRADITIONAL & set(subtags) and "hans" not in subtags else "zh-Hans"
        if primary == "en":
            return "en"
    return "en"


def _by_preference(header: str) -> list[str]:
    weighted = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
