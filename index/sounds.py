"""Chinese characters that sound the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pypinyin import lazy_pinyin

__all__ = ["common_characters", "sound_alikes"]


def sound_alikes(character: str) -> str:
    """The other common characters of the same sound, the tone left out: "炸" -> "扎喳渣札铡闸眨栅榨乍诈柞";
    none for what is no common character."""
    known = _sounds()
    return known[sound].replace(character, "") if (sound := _sound(character)) in known else ""


@cache
def _sound(character: str) -> str:
    return str(lazy_pinyin(character)[0]) if "㐀" <= character <= "鿿" else ""


@cache
def common_characters() -> str:
    """The 3755 common characters: the first level of GB 2312, rows 16 to 55."""
    cells = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


@cache
def _sounds() -> Mapping[str, str]:
    """The common characters by their sound."""
    found: dict[str, str] = defaultdict(str)
    for character in common_characters():
        found[_sound(character)] += character
    return dict(found)
