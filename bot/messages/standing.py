"""What became of an article since it was published, and where else its text was."""

from __future__ import annotations

from typing import Final

from bot.messages.message import Message

CORRECTION: Final = Message("更正：{note}", "更正：{note}", "Correction: {note}")
SUPERSEDED: Final = Message(
    "这篇文章已被{link}取代。", "這篇文章已被{link}取代。", "This article has been superseded by {link}."
)
SUPERSEDED_TITLE: Final = Message("《{title}》", "《{title}》", "“{title}”")
ALSO_IN: Final = Message("也刊登于：", "也刊登於：", "Also published in:")
WITHDRAWN_ARTICLE: Final = Message(
    "这篇文章已经撤下，不再引用。",
    "這篇文章已經撤下，不再引用。",
    "This article was withdrawn and is no longer quoted.",
)
WITHDRAWN_ON: Final = Message("撤下日期：{day}", "撤下日期：{day}", "Withdrawn on {day}")
WITHDRAWN_WHY: Final = Message("原因：{reason}", "原因：{reason}", "Reason: {reason}")
