"""The numbers that Word counts before paragraphs: 一、, (1), a)."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

from corpus.readers.word.package import W, value

__all__ = ["Numbering"]

HANS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
           "taiwaneseCountingThousand", "ideographDigital")  # fmt: skip
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LARGEST_CHINESE = 99


class Numbering:
    """Counts a document's numbered paragraphs, in order; `root` is its numbering part, or None."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[str, etree._Element]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        abstract = {value(one, "abstractNumId"): one for one in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            kind = abstract.get(value(number.find(f"{W}abstractNumId")))
            levels = () if kind is None else kind.iter(f"{W}lvl")
            self._levels[value(number, "numId")] = {value(level, "ilvl"): level for level in levels}

    def label(self, properties: etree._Element | None) -> str:
        """What stands before the paragraph that has this numPr: "一、"; "" for none, and for bullets."""
        if properties is None:
            return ""
        number = value(properties.find(f"{W}numId"))
        depth = value(properties.find(f"{W}ilvl")) or "0"
        levels = self._levels.get(number, {})
        if depth not in levels or not depth.isdigit():
            return ""
        self._count(number, int(depth), levels)
        if _format(levels[depth]) in ("bullet", "none"):
            return ""
        text = value(levels[depth].find(f"{W}lvlText"))
        return re.sub(r"%([1-9])", lambda found: self._shown(number, int(found[1]) - 1, levels), text)

    def _count(self, number: str, depth: int, levels: dict[str, etree._Element]) -> None:
        counts = self._counts[number]
        counts[depth] = counts.get(depth, _start(levels[str(depth)]) - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]

    def _shown(self, number: str, depth: int, levels: dict[str, etree._Element]) -> str:
        level = levels.get(str(depth))
        if level is None:
            return ""
        return _written(self._counts[number].get(depth, _start(level)), _format(level))


def _format(level: etree._Element) -> str:
    return value(level.find(f"{W}numFmt")) or "decimal"


def _start(level: etree._Element) -> int:
    stated = value(level.find(f"{W}start"))
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 6 else 1


def _written(number: int, kind: str) -> str:
    if kind in CHINESE and 0 < number <= LARGEST_CHINESE:
        return _chinese(number)
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 40:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    if kind.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if kind == "ideographTraditional" and 0 < number <= len(STEMS):
        return STEMS[number - 1]
    return str(number)


def _chinese(number: int) -> str:
    """12 -> 十二, 20 -> 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HANS[tens]) + ("十" if tens else "") + (HANS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for size, sign in ROMAN:
        text += sign * (number // size)
        number %= size
    return text
