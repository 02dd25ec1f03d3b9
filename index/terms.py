"""Text folding and terms, the same for index and question; quotes never pass through here."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from opencc import OpenCC

from corpus.script import HAN, HAN_CHARACTER

__all__ = [
    "FOLDING_RULES",
    "Script",
    "counted",
    "fold",
    "script",
    "terms",
    "to_simplified",
    "to_traditional",
]

FOLDING_RULES = "3:simplified,bigrams"  # raise the number when the same text would be indexed otherwise

# A run of Han characters, or of Latin letters and digits with the points and dashes inside them.
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[.\-][^\W_{HAN}]+)*")


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def to_simplified(text: str) -> str:
    """Traditional characters as Simplified ones, the rest untouched (OpenCC t2s)."""
    return str(_converter("t2s").convert(text))


def to_traditional(text: str) -> str:
    """Simplified characters as Traditional ones, the rest untouched (OpenCC s2t)."""
    return str(_converter("s2t").convert(text))


def fold(text: str) -> str:
    """NFKC, Simplified, lower case: "５Ｇ基站輻射" -> "5g基站辐射"."""
    return to_simplified(unicodedata.normalize("NFKC", text)).lower()


def terms(text: str) -> list[str]:
    """The terms that BM25 counts: bigrams of Han runs, whole Latin words and numbers.

    "5G基站辐射" -> ["5g", "基站", "站辐", "辐射"]. A Han run of one character is a term itself.
    """
    found = []
    for run in RUN.findall(fold(text)):
        if len(run) > 1 and HAN_CHARACTER.match(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(run)
    return found


Script = Literal["han", "latin"]

LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")


def counted(text: str) -> tuple[int, int]:
    """Counts of Chinese characters and of Latin words."""
    return len(HAN_CHARACTER.findall(text)), len(LATIN_WORD.findall(text))


def script(text: str) -> Script:
    """ "latin" where Latin words outnumber Chinese characters: "the Pingyu 平舆 post office"."""
    han, words = counted(text)
    return "latin" if words > han else "han"
