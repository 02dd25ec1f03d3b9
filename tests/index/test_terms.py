"""Folding and terms, the same for index and question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import fold, terms, to_simplified, to_traditional


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("５Ｇ基站輻射", "5g基站辐射"),
        ("防範電信詐騙！", "防范电信诈骗!"),
        ("ＡＢＣ，Fire", "abc,fire"),
        ("0.019W/m²", "0.019w/m2"),
        ("ｶﾞ", "ガ"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5G基站辐射", ["5g", "基站", "站辐", "辐射"]),
        ("怎样防范電信詐騙?", ["怎样", "样防", "防范", "范电", "电信", "信诈", "诈骗"]),
        ("水，火", ["水", "火"]),
        ("𠮷野家", ["𠮷野", "野家"]),
        ("0.019W/m²", ["0.019w", "m2"]),
        ("Base-station radiation isn't 3.5 GHz.", ["base-station", "radiation", "isn", "t", "3.5", "ghz"]),
        ("12345热线", ["12345", "热线"]),
        ("2024-11-26", ["2024-11-26"]),
        ("Zürich naïve", ["zürich", "naïve"]),
        ("……！？_ 👍", []),
    ],
)
def test_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_simplified_and_traditional() -> None:
    assert to_simplified("電信詐騙, ５Ｇ Fire") == "电信诈骗, ５Ｇ Fire"
    assert to_traditional("电信诈骗, ５Ｇ Fire") == "電信詐騙, ５Ｇ Fire"


@given(st.text(st.sampled_from("電信诈骗ＡbＣ5．.- ²。水")))
def test_terms_of_folded_text_are_the_terms(text: str) -> None:
    assert terms(fold(text)) == terms(text)
