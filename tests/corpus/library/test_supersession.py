"""Which article is in force, along chains and in spite of circles."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article
from corpus.library.supersession import circles, superseding


def article(name: str, *supersedes: str, year: int | None = None) -> Article:
    return Article(name, name, "文。", supersedes=supersedes, published=date(year, 1, 1) if year else None)


@pytest.mark.parametrize(
    ("articles", "in_force"),
    [
        ([article("a"), article("b")], {}),
        ([article("a"), article("b", "a")], {"a": "b"}),
        ([article("c", "b"), article("b", "a"), article("a")], {"a": "c", "b": "c"}),
        ([article("c", "a", "b")], {"a": "c", "b": "c"}),
        ([article("b", "a", year=2024), article("c", "a", year=2022)], {"a": "b"}),
        ([article("b", "a"), article("c", "a")], {"a": "c"}),
        ([article("b", "a", year=2024), article("c", "a")], {"a": "b"}),
        ([article("a", "a")], {}),
        ([article("a", "b"), article("b", "a")], {}),
        (
            [article("a", "b"), article("b", "a"), article("b2", "x"), article("a2", "c")],
            {"x": "b2", "c": "a2"},
        ),
        ([article("a", "b"), article("b", "a", "old")], {}),  # what leads into a circle has no end either
    ],
)
def test_what_is_in_force(articles: list[Article], in_force: dict[str, str]) -> None:
    assert {old: newer.id for old, newer in superseding(articles).items()} == in_force


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([article("a"), article("b", "a")], []),
        ([article("a", "a")], [["a"]]),
        ([article("a", "b"), article("b", "a")], [["a", "b"]]),
        ([article("a", "b"), article("b", "c"), article("c", "a", "d")], [["a", "c", "b"]]),
        ([article("a", "b"), article("b", "a"), article("new", "a"), article("d", "d")], [["a", "b"], ["d"]]),
    ],
)
def test_circles(articles: list[Article], expected: list[list[str]]) -> None:
    assert circles(articles) == expected
