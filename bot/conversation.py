"""A follow-up question to the question that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.questions import HAN

__all__ = ["is_follow_up", "meant_question"]

# What a question that leans on the one before it begins with, or points back with.
OPENING = re.compile(
    r"^(那|那么|那麼|还有|還有|另外|然后|然後|and\b|what about\b|how about\b|also\b|then\b)", re.IGNORECASE
)
POINTING = re.compile(
    r"它|他们|他們|她们|她們|这个|這個|那个|那個|这些|這些|那些|这样|這樣|上面|刚才|剛才|该活动"
    r"|\b(it|its|they|them|their|he|she|his|her|this|that|these|those|there)\b",
    re.IGNORECASE,
)
SHORTEST_ALONE = 5  # Han characters: "多少钱" leans on something, "医保怎么交" stands alone


def is_follow_up(question: str) -> bool:
    """Whether a question leans on the one before it: "那医保呢?", "多少钱?", "and for the elderly?"."""
    if OPENING.search(question) or POINTING.search(question):
        return True
    letters = [c for c in question if c.isalnum()]
    return bool(HAN.search(question)) and len(letters) < SHORTEST_ALONE


def meant_question(question: str, history: Sequence[str]) -> str:
    """The question with the words of the ones it leans on before it; unchanged if it stands alone.

    `history` holds the earlier questions, oldest first.
    ("那老年人呢?", ["怎样防范电信诈骗?"]) -> "怎样防范电信诈骗? 那老年人呢?"
    """
    parts = [question]
    for earlier in reversed(history):
        if not is_follow_up(parts[0]):
            break
        parts.insert(0, earlier)
    return " ".join(parts)
