"""Masking of numbers that point at a person, before a visitor's words are written anywhere."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["MASK", "masked", "wording_of"]

MASK = "***"

CHINESE_DIGITS = dict(zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "001234567891234567891", strict=True))

SEPARATOR = r"[\s.·•\-–—_\u200b-\u200f\u2060]"

NUMBER = re.compile(rf"(?<![0-9])[A-Za-z]?\+?\(?[0-9](?:{SEPARATOR}?\(?{SEPARATOR}?[0-9]\)?)*[Xx]?")
"""Digits in groups, and the letters of a passport and of an identity card: "+86 138-0013-8000"."""

YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"{YEAR}{SEPARATOR}?(?:0?[1-9]|1[0-2]){SEPARATOR}?(?:0?[1-9]|[12][0-9]|3[01])(?:{SEPARATOR}[0-9]{{1,2}})*"
    rf"|{YEAR}(?:{SEPARATOR}{YEAR})*"
)

PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁滬遼魯蘇贛鄂陝閩貴雲][A-HJ-NP-Za-hj-np-z]"
    rf"{SEPARATOR}?[A-HJ-NP-Za-hj-np-z0-9]{{4,5}}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳领掛學領]"
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

PERSONAL = 7
"""Digits of the shortest number of a person: a telephone in a small town. 12345 and 95588 stay."""

CARD = 11
"""Digits from which spaces in any place hide no number: a mobile telephone; cards have more."""


def masked(text: str) -> str:
    """The text with MASK for each number of a telephone, an identity or bank card, a passport or a plate,
    and for each mail address.

    "我的电话是138 0013 8000" -> "我的电话是***". Dates, years and short public numbers stay. Digits may be
    full-width or Chinese.
    """
    found = [match.span() for pattern in (MAIL, PLATE) for match in pattern.finditer(text)]
    plain = "".join(_plain(char) for char in text)
    found += [match.span() for match in NUMBER.finditer(plain) if _is_personal(match[0])]
    found += [match.span() for match in PLATE.finditer(plain)]
    return _covered(text, found)


def wording_of(question: str) -> str:
    """What two wordings share that differ in case, width, spaces and the mark at the end alone."""
    plain = " ".join(unicodedata.normalize("NFKC", question).casefold().split())
    return re.sub(r"[\W_]+$", "", plain) or plain


def _plain(char: str) -> str:
    """A character as the patterns know it: "８" -> "8", "八" -> "8"."""
    plain = CHINESE_DIGITS.get(char) or unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and plain.isdecimal():
        return str(unicodedata.decimal(plain))
    return plain if len(plain) == 1 else char


def _is_personal(number: str) -> bool:
    groups = re.findall(r"[0-9]+", number)
    count = sum(map(len, groups))
    if count < PERSONAL or DATE.fullmatch(number):
        return False
    return count >= CARD or max(map(len, groups)) >= 4


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start > at or not parts:
            parts.append(text[at:start])
            parts.append(MASK)
        at = max(at, end)
    return "".join([*parts, text[at:]])
