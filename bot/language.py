"""The language of a text: Chinese in either script, or English."""

from __future__ import annotations

from typing import Literal

from index.terms import counted, script, to_simplified, to_traditional

__all__ = ["Language", "detect_language"]

Language = Literal["zh-Hans", "zh-Hant", "en"]


def detect_language(text: str, otherwise: Language = "zh-Hans") -> Language:
    """English where Latin words outnumber Han characters, else Chinese; `otherwise` if there is neither.

    Chinese is Traditional if t2s changes more characters than s2t does, else Simplified:
    "5G基站有輻射嗎" -> "zh-Hant".
    """
    if counted(text) == (0, 0):
        return otherwise
    if script(text) == "latin":
        return "en"
    traditional, simplified = _changed(text, to_simplified(text)), _changed(text, to_traditional(text))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _changed(text: str, converted: str) -> int:
    return sum(before != after for before, after in zip(text, converted, strict=False))
