import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import Language
from bot.web.language import browser_language, spoken, visitor_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-Hans"),
        ("", "zh-Hans"),
        ("*", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("en-GB,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.5,zh-TW;q=0.8", "zh-Hant"),
        ("fr-FR,fr;q=0.9", "en"),
        ("fr,zh-CN;q=0.5", "zh-Hans"),
        ("en;q=0,zh-CN;q=0.1", "zh-Hans"),
        ("zh-CN;q=nonsense,en", "en"),
    ],
)
def test_the_language_that_a_browser_asks_for(header: str | None, language: str) -> None:
    assert browser_language(header) == language


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert browser_language(header) in ("zh-Hans", "zh-Hant", "en")


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("lang=zh-Hant", "zh-Hant"),
        ("lang=ZH-hans", "zh-Hans"),
        ("q=1&lang=en", "en"),
        ("lang=zh-Hans&lang=zh-Hant", "zh-Hant"),
        ("lang=fr", "en"),
        ("lang=", "en"),
        ("", "en"),
        ("lang=%ff", "en"),
    ],
)
def test_the_language_that_an_address_asks_for_goes_first(query: str, language: str) -> None:
    scope = {"type": "http", "query_string": query.encode(), "headers": [(b"accept-language", b"en")]}
    assert visitor_language(scope) == language


@pytest.mark.parametrize(
    ("question", "page", "chosen", "language"),
    [
        ("zh-Hans", "en", False, "zh-Hans"),
        ("en", "zh-Hans", False, "en"),
        ("zh-Hans", "zh-Hant", False, "zh-Hant"),
        ("zh-Hant", "zh-Hans", False, "zh-Hant"),
        ("zh-Hans", "en", True, "en"),
    ],
)
def test_an_answer_is_spoken_in_the_chosen_language_else_in_the_questions(
    question: Language, page: Language, chosen: bool, language: Language
) -> None:
    assert spoken(question, page, chosen) == language
