"""Pronunciation of Chinese characters (pinyin)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin

from corpus.script import HAN_CHARACTER

__all__ = ["by_reading", "common_characters", "reading", "sound", "sound_alikes"]

PARTICLES = "们么吗呢吧的了着"  # no name holds one: "women" is not "我们"


def sound_alikes(character: str) -> str:
    """The other common characters of the same sound, the tone left out: "炸" -> "扎喳渣札铡闸眨栅榨乍诈柞";
    none for what is no common character."""
    known = _sounds()
    return known[heard].replace(character, "") if (heard := sound(character)) in known else ""


@cache
def sound(character: str) -> str:
    """Reading of a character by itself, without its tone; "" for what is no Chinese character."""
    return str(lazy_pinyin(character)[0]) if HAN_CHARACTER.fullmatch(character) else ""


def reading(text: str) -> tuple[str, ...]:
    """Reading of a text, without tones: "重庆" -> ("chong", "qing")."""
    return tuple(lazy_pinyin(text))


@cache
def by_reading() -> Mapping[str, str]:
    """The characters of GB 2312 that may stand in a name, by each of their readings, without tones."""
    found: dict[str, str] = defaultdict(str)
    for character in _characters(0xB0, 0xF8):
        if character not in PARTICLES:
            for sound in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
                found[sound] += character
    return dict(found)


@cache
def common_characters() -> str:
    """The 3755 common characters: the first level of GB 2312, rows 16 to 55."""
    return _characters(0xB0, 0xD8)


def _characters(first: int, end: int) -> str:
    """Characters of rows of GB 2312, by the first byte of their code."""
    cells = (bytes([row, cell]) for row in range(first, end) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


@cache
def _sounds() -> Mapping[str, str]:
    """The common characters by their sound."""
    found: dict[str, str] = defaultdict(str)
    for character in common_characters():
        found[sound(character)] += character
    return dict(found)
