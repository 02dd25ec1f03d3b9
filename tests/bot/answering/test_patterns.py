"""Patterns an editor writes: parts in any order, alternatives, slots, gaps, slips that sound alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.patterns import Pattern, PatternError, Utterance, any_of, read_slots

SLOTS = {"place": ("厨房", "家"), "now": ("了",)}


def matches(pattern: str, words: str) -> bool:
    return Pattern.of(pattern, SLOTS).matches(Utterance(words))


@pytest.mark.parametrize(
    ("pattern", "words", "found"),
    [
        ("着火|起火 <place>", "厨房起火了", True),
        ("着火|起火 <place>", "家里着火", True),
        ("着火|起火 <place>", "起火了", False),
        ("钱 -零钱", "钱呢", True),
        ("钱 -零钱", "零钱呢", False),
        ("想…死", "想马上就死", True),
        ("想…死", "想一想一共有几个人会死", False),
        ("=人工|=真人", "人工!", True),
        ("=人工|=真人", "人工湖", False),
        ("kill_myself", "I'll KILL  myself", True),
        ("kill_myself", "skill myself", False),
        ("scam*", "scammers", True),
        ("scam", "scammers", False),
        ("廚房", "厨房", True),
        ("厨房", "廚房", True),
        ("转人工", "转人功", True),  # by its sound
        ("自杀", "紫砂", False),  # two characters tell too little
    ],
)
def test_what_a_pattern_finds(pattern: str, words: str, found: bool) -> None:
    assert matches(pattern, words) is found


def test_all_parts_stand_in_one_sentence_of_a_long_line() -> None:
    long = "我家在城东,房子是新的,一共有三层,前面有个院子,后面有个小菜园,住了十几年,邻居都很好,大家常来往。"
    assert matches("起火 <place>", long + "昨天听说起火的新闻。") is False
    assert matches("起火 <place>", long + "刚才厨房起火。") is True


def test_words_can_be_struck_out() -> None:
    struck = any_of(["笑死", "累死"], {})
    assert Pattern.of("死", {}).matches(Utterance("笑死我了").without(struck)) is False
    assert Pattern.of("死", {}).matches(Utterance("笑死,想死").without(struck)) is True


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("-钱", "'-钱' holds no word to look for"),
        ("<nowhere>", "there is no slot <nowhere>; there are now, place"),
        ("找人|=人工", "'找人|=人工': = goes before each of the words or before none"),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str, problem: str) -> None:
    with pytest.raises(PatternError) as refused:
        Pattern.of(pattern, SLOTS)
    assert str(refused.value) == problem


def test_slots_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "slots.txt"
    path.write_text("# a note = x\nwho = 我 | 俺\n\nwho = my friend\n", encoding="utf-8")
    assert read_slots(path) == {"who": ("我", "俺", "my_friend")}
