"""Sentences of Chinese and English text, as offsets into it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import Span, sentences

READABLE = st.text(
    st.sampled_from("天冷加衣𠮷Go4.5。!?！？；：“”‘’（）()… \t　\n\r\u2028.\"'👍"), max_size=80
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("天冷。加衣! Go.", ["天冷。", "加衣!", "Go."]),
        ("导热系数是0.019W/m²。低于标准。", ["导热系数是0.019W/m²。", "低于标准。"]),
        ("他说：“怎样防范？要小心。”然后走了。", ["他说：“怎样防范？要小心。”", "然后走了。"]),
        ("“走吧！”大家走了……真的！？是的。", ["“走吧！”", "大家走了……真的！？", "是的。"]),
        (
            "Dr. Smith paid $3.50 at 5 p.m. on Monday. It was e.g. cheap. OK?",
            ["Dr. Smith paid $3.50 at 5 p.m. on Monday.", "It was e.g. cheap.", "OK?"],
        ),
        ("The U.S. is big. He left.", ["The U.S. is big.", "He left."]),
        ("　　缩进一段。\n没有句号的一行\n\n  又一行。 ", ["缩进一段。", "没有句号的一行", "又一行。"]),
        ("𠮷野家👍。在哪里？", ["𠮷野家👍。", "在哪里？"]),
        ("见 A　. 好。", ["见 A　. 好。"]),
        (" \n　\n", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_part_of_a_text_has_offsets_into_the_whole() -> None:
    assert sentences("甲。乙。\n丙。丁。", 2, 7) == [Span(2, 4), Span(5, 7)]


@given(READABLE | st.text())
def test_sentences_hold_every_character_once_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(span.start < span.end and text[slice(*span)] == text[slice(*span)].strip() for span in spans)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert not any("\n" in sentence for sentence in cut(text))
