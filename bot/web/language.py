"""The language that a visitor is spoken to in: the one asked for by `?lang=`, else the browser's."""

from __future__ import annotations

from typing import get_args
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from bot.questions import Language

__all__ = ["browser_language", "visitor_language"]

ASKED: dict[str, Language] = {language.lower(): language for language in get_args(Language)}
TRADITIONAL = {"hant", "tw", "hk", "mo"}


def visitor_language(scope: Scope) -> Language:
    """The language of a request: `?lang=zh-Hant` if it is one of ours, else by its Accept-Language."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1].lower()
    return ASKED.get(asked) or browser_language(Headers(scope=scope).get("accept-language"))


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
