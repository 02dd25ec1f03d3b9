"""What a visitor may ask, and in which language it was asked."""

from __future__ import annotations

import unicodedata
from typing import Literal

from index.folding import to_simplified, to_traditional
from index.script import counted, script

__all__ = ["LIMIT", "Language", "QuestionCode", "QuestionError", "check_question", "detect_language"]

Language = Literal["zh-Hans", "zh-Hant", "en"]
QuestionCode = Literal["empty", "no_words", "too_long", "not_text"]

LIMIT = 500
"""Characters that a question may have, the white space around it not counted."""

LINE_SPACES = "\t\n\r"


class QuestionError(ValueError):
    """A question that cannot be answered as it stands; `code` says why.

    empty: nothing but white space; no_words: no letter and no digit; too_long: over `limit`
    characters; not_text: no string, or one with control characters or lone surrogates.
    """

    def __init__(self, code: QuestionCode, limit: int = LIMIT) -> None:
        super().__init__(f"the question is refused: {code} (allowed: 1 to {limit} characters of text)")
        self.code = code
        self.limit = limit


def check_question(value: object) -> str:
    """The question without the white space around it: " 5G？ " -> "5G？".

    Raises QuestionError.
    """
    if not isinstance(value, str):
        raise QuestionError("not_text")
    question = value.strip()
    if not question:
        raise QuestionError("empty")
    if len(question) > LIMIT:
        raise QuestionError("too_long")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in LINE_SPACES for c in question):
        raise QuestionError("not_text")
    if not any(c.isalnum() for c in question):
        raise QuestionError("no_words")
    return question


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
