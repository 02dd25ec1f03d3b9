"""When an article was published, in words."""

from __future__ import annotations

from datetime import date

from bot import messages
from bot.questions import Language

__all__ = ["age_words", "date_words"]


def date_words(day: date, language: Language) -> str:
    """2024-11-05 -> "2024年11月5日", "5 November 2024"."""
    month = messages.MONTHS[day.month - 1] if language == "en" else day.month
    return messages.DATE.to(language, year=day.year, month=month, day=day.day)


def age_words(day: date, language: Language, today: date) -> str:
    """Says "published 2 years ago" for what is a year old or older, else ""."""
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if years < 1:
        return ""
    return (messages.A_YEAR_AGO if years == 1 else messages.YEARS_AGO).to(language, years=years)
