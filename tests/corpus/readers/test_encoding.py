"""Texts come back from every encoding that Chinese files have, headlines too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.document import ReaderError
from corpus.readers.encoding import damaged_characters, decode, detect

HANS = "防范电信诈骗 筑牢安全防线。\n不要向陌生人透露自己及家人的信息，有疑问第一时间向公安机关求助。"
HANT = "防範電信詐騙 築牢安全防線。\n不要向陌生人透露自己及家人的訊息，有疑問第一時間向警察機關求助。"
SHORT_HANS = [
    "防范电信诈骗",
    "排查房屋隐患",
    "停电通知来了",
    "加强医保宣传",
    "市民热线开通",
    "高考路段禁鸣",
    "明日有雨降温",
]
SHORT_HANT = [
    "防範電信詐騙",
    "排查房屋隱患",
    "停電通知來了",
    "加強醫保宣傳",
    "市民熱線開通",
    "高考路段禁鳴",
    "圖書館的開放",
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_simplified_text(encoding: str) -> None:
    assert decode(HANS.encode(encoding)) == HANS


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "big5hkscs", "gb18030", "utf-16", "utf-32"])
def test_traditional_text(encoding: str) -> None:
    assert decode(HANT.encode(encoding)) == HANT


@pytest.mark.parametrize("text", SHORT_HANS)
def test_a_simplified_headline_alone(text: str) -> None:
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("text", SHORT_HANT)
def test_a_traditional_headline_alone(text: str) -> None:
    assert decode(text.encode("big5")) == text
    assert decode(text.encode("gb18030")) == text


@given(st.lists(st.sampled_from(SHORT_HANT), min_size=2, max_size=6), st.text("abc 0123", max_size=10))
def test_headlines_among_latin_letters(texts: list[str], latin: str) -> None:
    text = latin + "，".join(texts)
    assert decode(text.encode("big5")) == text


def test_characters_beyond_gbk_and_big5() -> None:
    assert decode("𠮷野家在镇上开了一家新店，居民很喜欢。".encode("gb18030")).startswith("𠮷野家")
    assert (
        decode("深水埗的街坊說：「呢度啲嘢好食。」".encode("big5hkscs"))
        == "深水埗的街坊說：「呢度啲嘢好食。」"
    )


def test_what_the_sender_states_is_tried_first_if_it_is_not_utf8() -> None:
    assert decode("Café fermé".encode("cp1252"), "iso-8859-1") == "Café fermé"
    assert decode("停水通知".encode(), "gb2312") == "停水通知"
    assert decode("停水通知".encode("gb18030"), "no-such-name") == "停水通知"


def test_western_text_without_a_name() -> None:
    text = (
        "Der Bürgermeister erklärte, die Straße werde für drei Monate geschlossen. Größere Umwege sind nötig."
    )
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\xff\xfe\x00", b"\x7fELF\x02\x01\x01\x00\x00\x00", b"\0" * 100]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(ReaderError, match=r"no text|no encoding"):
        decode(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        name = detect(content)
    except ReaderError:
        return
    assert isinstance(decode(content), str)
    assert content.decode(name).removeprefix("\ufeff") == decode(content)


@pytest.mark.parametrize(("encoding", "cut"), [("utf-8", 1), ("utf-8", 2), ("gb18030", 1)])
def test_a_cut_character_is_one_sign_and_the_rest_stays(encoding: str, cut: int) -> None:
    content = HANS.encode(encoding)[:-cut]
    assert decode(content) == HANS[:-1] + "\ufffd"
    assert damaged_characters(content) == 1
    assert damaged_characters(HANS.encode(encoding)) == 0
