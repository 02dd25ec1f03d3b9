from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.links import LinkTarget, article_link, link_target, quote_link
from corpus.sentences import Span

BODY = "　　天冷。多穿衣服。\n\n## 交通\n\n路滑,慢行。天冷。多穿衣服。"


def followed(link: str, body: str) -> LinkTarget:
    return link_target(dict(parse_qsl(urlsplit(link).query)), body)


def test_a_link_names_article_place_and_check_of_the_words() -> None:
    assert quote_link("news-1", 5, "多穿衣服。") == "/articles/news-1?quote=5-10&of=dbdaa7c9#quote"
    assert article_link("a/b") == "/articles/a%2Fb"


@given(st.text("字。 \n#a", min_size=1, max_size=50), st.data())
def test_a_link_points_to_the_words_it_was_made_of(body: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(body) - 1))
    end = draw.draw(st.integers(start + 1, len(body)))
    assert followed(quote_link("x", start, body[start:end]), body) == LinkTarget(Span(start, end))


@given(st.text("字。 \n#a", max_size=50), st.integers(0, 60), st.text("字。 \na", min_size=1, max_size=9))
def test_other_words_are_never_marked(body: str, start: int, text: str) -> None:
    found = followed(quote_link("x", start, text), body)
    assert found.span is None or body[found.span.start : found.span.end] == text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("今天很冷。" + BODY, LinkTarget(Span(10, 15), "moved")),
        (BODY.replace("多穿衣服。\n", "多穿衣。\n"), LinkTarget(Span(27, 32), "moved")),
        (BODY.replace("多穿", "少穿"), LinkTarget(trouble="changed")),
        ("", LinkTarget(trouble="changed")),
    ],
)
def test_words_that_moved_are_found_and_words_that_went_are_missed(body: str, expected: LinkTarget) -> None:
    assert followed(quote_link("x", 5, "多穿衣服。"), body) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, LinkTarget()),
        ({"of": "dbdaa7c9"}, LinkTarget()),
        ({"quote": "5-10"}, LinkTarget(Span(5, 10))),
        ({"quote": "0-10"}, LinkTarget(Span(0, 10))),
        ({"quote": "5-9"}, LinkTarget(trouble="wrong")),
        ({"quote": "6-10"}, LinkTarget(trouble="wrong")),
        ({"quote": "10-5"}, LinkTarget(trouble="wrong")),
        ({"quote": "5-5", "of": "dbdaa7c9"}, LinkTarget(trouble="wrong")),
        ({"quote": "0-999999999"}, LinkTarget(trouble="wrong")),
        ({"quote": "0-9999999999999"}, LinkTarget(trouble="wrong")),
        ({"quote": "-5-10"}, LinkTarget(trouble="wrong")),
        ({"quote": "５-10"}, LinkTarget(trouble="wrong")),
        ({"quote": "5-10\n"}, LinkTarget(trouble="wrong")),
        ({"quote": ""}, LinkTarget(trouble="wrong")),
        ({"quote": "<script>"}, LinkTarget(trouble="wrong")),
        ({"quote": "5-10", "of": "DBDAA7C9"}, LinkTarget(trouble="wrong")),
        ({"quote": "5-10", "of": ""}, LinkTarget(trouble="wrong")),
    ],
)
def test_what_an_address_points_to(query: dict[str, str], expected: LinkTarget) -> None:
    assert link_target(query, BODY) == expected
