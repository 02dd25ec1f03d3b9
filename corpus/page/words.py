"""What a piece of a page's text is made of: script, width, finished sentences."""

from __future__ import annotations

import re

__all__ = ["CJK", "CLOSERS", "SHAPES", "ends_sentence", "mostly_latin", "width"]

CJK = "㐀-䶿一-鿿豈-﫿"  # for character classes
SHAPES = "■□◆◇●○★☆▲△▼▽◎※♦►▶"
SENTENCE_ENDS = "。！？!?…."
CLOSERS = "”’」』》)）】\"'"


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a finished sentence; a remark in brackets after it may follow."""
    text = re.sub(r"(?<=[。！？…!?])[(（][^()（）]{1,20}[)）]$", "", text)
    core = text.rstrip(CLOSERS)
    if not core.endswith(tuple(SENTENCE_ENDS)):
        return False
    # "11." is a number that a column has cut: 11.2万人次.
    return not (core.endswith(".") and core[-2:-1].isdigit() and not mostly_latin(core))


def mostly_latin(text: str) -> bool:
    """Whether the text reads as Latin script: more than three letters for each Chinese character."""
    letters = sum(1 for char in text if char.isalpha() and ord(char) < 0x250)
    return letters > 3 * len(re.findall(f"[{CJK}]", text))


def width(text: str) -> float:
    """Length in Chinese characters; a narrow character counts half."""
    return sum(0.5 if ord(char) < 0x250 else 1 for char in text)
