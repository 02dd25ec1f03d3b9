from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.masking import masked, wording_of


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("我的电话是138 0013 8000,怎么报修?", "我的电话是***,怎么报修?"),
        ("打13800138000或0396-2876543", "打***或***"),
        ("+86-13800138000", "***"),
        ("call (415) 555-1234 now", "call *** now"),
        ("电话１３８００１３８０００", "电话***"),
        ("电话一三八零零一三八零零零找谁", "电话***找谁"),
        ("1 3 8 0 0 1 3 8 0 0 0", "***"),
        ("1\u200b38001380\u200b00", "***"),
        ("身份证41280119900101123X能查吗", "身份证***能查吗"),
        ("身份证412801900101123", "身份证***"),
        ("卡号6222 0212 3456 7890 123被盗", "卡号***被盗"),
        ("护照E12345678丢了", "护照***丢了"),
        ("豫Q12345违章", "***违章"),
        ("豫Q·1234学", "***"),
        ("粤b 12345D和豫Ｑ１２３４５", "***和***"),
        ("写信到 zhang.san@example.com 行吗", "写信到 *** 行吗"),
        ("tel13800138000,QQ123456789", "te***,Q***"),
        ("座机2876543", "座机***"),
    ],
)
def test_numbers_of_a_person_are_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345能投诉吗?95588呢?110、119和120",
        "110 119 120",
        "2024年11月26日的新闻",
        "2024-11-26 10:30停水吗",
        "20241126",
        "2023-2024年供暖",
        "二〇二四年十一月",
        "实名率百分之99.99",
        "第123456条",
        "PM2.5是多少",
        "1,000,000元",
        "Is 5G base-station radiation safe?",
        "川A股票",
    ],
)
def test_what_points_at_nobody_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text())
def test_no_mobile_number_is_left(before: str, number: str, after: str) -> None:
    assert number not in masked(f"{before} {number} {after}")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    ("one", "other"), [("几点停水?", " 几点停水 "), ("Opening hours？", "opening  hours"), ("???", "???")]
)
def test_wordings_that_are_the_same(one: str, other: str) -> None:
    assert wording_of(one) == wording_of(other)
