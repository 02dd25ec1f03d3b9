from datetime import date

import pytest

from bot.language import Language
from bot.web.language import age_words, date_words


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "2024年11月5日"), ("zh-Hant", "2024年11月5日"), ("en", "5 November 2024")],
)
def test_a_day_in_words(language: Language, words: str) -> None:
    assert date_words(date(2024, 11, 5), language) == words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (date(2026, 11, 24), ""),
        (date(2025, 11, 25), ""),
        (date(2025, 11, 24), "published a year ago"),
        (date(2024, 2, 29), "published 2 years ago"),
        (date(1999, 1, 1), "published 27 years ago"),
        (date(2030, 1, 1), ""),
    ],
)
def test_the_age_of_what_is_a_year_old(published: date, words: str) -> None:
    assert age_words(published, "en", date(2026, 11, 24)) == words
