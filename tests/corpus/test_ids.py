"""Ids are safe as file names and addresses, stay the same, and tell different things apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import ID_PATTERN
from corpus.ids import LONGEST_STEM, id_stem, url_stem

SURROGATE = "\ud800"  # a file name of bytes that are no UTF-8 comes to Python so


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("2024-11-26-A3", "2024-11-26-A3"),
        ("page 3", "page-3-16283f82"),
        ("驿城", "page-bd4b71a8"),
        ("", "page-e3b0c442"),
        ("..", "page-5ec1f7e7"),
        ("../../etc/passwd", "etc-passwd-3754d6cb"),
        ("a.md", "a.md"),
        (".hidden", "hidden-16924190"),
    ],
)
def test_a_names_stem(name: str, stem: str) -> None:
    assert id_stem(name) == stem


def test_what_an_unreadable_name_falls_back_to() -> None:
    assert id_stem("驿城", "article") == "article-bd4b71a8"


@given(st.text(st.characters() | st.just(SURROGATE), max_size=200))
def test_any_name_makes_an_id_with_room_for_a_number(name: str) -> None:
    stem = id_stem(name)
    assert ID_PATTERN.fullmatch(stem)
    assert len(stem) <= LONGEST_STEM + 9


@given(st.text(max_size=120), st.text(max_size=120))
def test_different_names_make_different_ids(one: str, other: str) -> None:
    assert (id_stem(one) == id_stem(other)) == (one == other)


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://www.example.org/2024/fire.html?id=3", "example.org-2024-fire-5746ffdd"),
        ("https://example.org/", "example.org-8198d1ba"),
        ("https://news.example/%E6%96%B0%E9%97%BB/1.shtml", "news.example-1-93fe2cc0"),
        ("not an address", "not-an-address-f8121aab"),
        ("", "page-e3b0c442"),
    ],
)
def test_an_addresss_stem(url: str, stem: str) -> None:
    assert url_stem(url) == stem


@given(st.text(max_size=120), st.text(max_size=120))
def test_addresses_that_differ_in_one_character_make_different_ids(path: str, query: str) -> None:
    first = f"https://example.org/{path}?{query}"
    assert ID_PATTERN.fullmatch(url_stem(first))
    assert url_stem(first) != url_stem(f"{first}x")
