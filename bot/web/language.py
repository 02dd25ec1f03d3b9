"""Language of the words for a visitor: the one asked for by `?lang=`, else the browser's."""

from __future__ import annotations

from datetime import date
from typing import get_args
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from bot import messages
from bot.language import Language

__all__ = ["age_words", "browser_language", "date_words", "is_chosen", "spoken", "visitor_language"]

ASKED: dict[str, Language] = {language.lower(): language for language in get_args(Language)}
TRADITIONAL = {"hant", "tw", "hk", "mo"}


def visitor_language(scope: Scope) -> Language:
    """The language of a request: `?lang=zh-Hant` if it is one of ours, else by its Accept-Language."""
    return _asked_for(scope) or browser_language(Headers(scope=scope).get("accept-language"))


def is_chosen(scope: Scope) -> bool:
    """Whether the visitor chose the language by `?lang=`."""
    return _asked_for(scope) is not None


def spoken(question: Language, page: Language, is_chosen: bool) -> Language:
    """The language of an answer's words: the chosen one, else the question's.

    On a Traditional page a Chinese question is answered in Traditional: many a question's characters
    are the same in both scripts.
    """
    if is_chosen or (page == "zh-Hant" and question == "zh-Hans"):
        return page
    return question


def _asked_for(scope: Scope) -> Language | None:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1].lower()
    return ASKED.get(asked)


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


def date_words(day: date, language: Language) -> str:
    """2024-11-05 -> "2024年11月5日", "5 November 2024"."""
    month = messages.MONTHS.to(language).split()[day.month - 1]
    return messages.DATE.to(language, year=day.year, month=month, day=day.day)


def age_words(day: date, language: Language, today: date) -> str:
    """Says "published 2 years ago" for what is a year old or older, else ""."""
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if years < 1:
        return ""
    return (messages.A_YEAR_AGO if years == 1 else messages.YEARS_AGO).to(language, years=years)
