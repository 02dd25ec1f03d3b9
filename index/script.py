"""Whether a text is written in Chinese characters or in Latin letters."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["HAN", "Script", "counted", "script"]

Script = Literal["han", "latin"]

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")


def counted(text: str) -> tuple[int, int]:
    """How many Chinese characters, and how many Latin words."""
    return len(HAN.findall(text)), len(LATIN_WORD.findall(text))


def script(text: str) -> Script:
    """ "latin" where Latin words outnumber Chinese characters: "the Pingyu 平舆 post office"."""
    han, words = counted(text)
    return "latin" if words > han else "han"
