"""Line ends that a width has made are taken out, others are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.prose import body_of, first_words, join_lines, split_title

MAIL = """\
Bring your card to the library desk and fill in the form there, then wait for
about ten minutes until it is printed by the clerk at the desk and handed to you
with a map.

Lost cards cost five dollars to replace, which you can pay at any of the desks on
the first floor."""


def test_wrapped_lines_are_joined() -> None:
    first, second = body_of(MAIL).split("\n\n")
    assert first.startswith(
        "Bring your card to the library desk and fill in the form there, then wait for about"
    )
    assert second.endswith("which you can pay at any of the desks on the first floor.")


def test_wrapped_chinese_begins_a_paragraph_at_an_indent() -> None:
    text = (
        "　　近日天气转寒用电量上升市供电公司提醒广大市民不要\n"
        "私拉电线插座要定期检查并且出门以前一定要关闭电热毯等\n大功率电器。\n"
        "　　发现线路老化要及时更换并且联系专业电工上门进行处理\n不要自行处理。"
    )
    assert body_of(text) == (
        "　　近日天气转寒用电量上升市供电公司提醒广大市民不要私拉电线插座要"
        "定期检查并且出门以前一定要关闭电热毯等大功率电器。"
        "\n\n　　发现线路老化要及时更换并且联系专业电工上门进行处理不要自行处理。"
    )


def test_a_list_keeps_its_lines() -> None:
    assert (
        body_of("停水小区：\n阳光花园\n绿地家园\n\n请提前储水。")
        == "停水小区：\n\n阳光花园\n\n绿地家园\n\n请提前储水。"
    )


def test_lines_of_one_paragraph() -> None:
    assert join_lines(["the pub-", "lic library"]) == "the public library"
    assert join_lines(["天气", "转寒"]) == "天气转寒"
    assert join_lines(["well-", "known, and well-known"]) == "well-known, and well-known"
    assert join_lines([]) == ""


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], include_characters="\n"),
        max_size=300,
    )
)
def test_no_letter_is_lost(text: str) -> None:
    """But for a hyphen at a line's end, all that is not white space stays, in order."""
    kept = "".join(body_of(text).split())
    assert kept.replace("-", "").replace("\xad", "") == "".join(text.split()).replace("-", "").replace(
        "\xad", ""
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("停水通知\n\n明天停水。", "停水通知"),
        ("明天停水。\n\n后天来水。", ""),
        ("只有一行", ""),
        ("字" * 60 + "\n正文。", ""),
    ],
)
def test_the_first_line_may_be_a_title(text: str, title: str) -> None:
    assert split_title(text)[0] == title


def test_first_words() -> None:
    assert first_words("近日，天气转寒。第二句。") == "近日，天气转寒"
    assert first_words("## 小标题\n\n正文") == "小标题"
