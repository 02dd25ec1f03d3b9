"""The bot that answers at the moment; another one takes its place between two questions."""

from __future__ import annotations

from bot.answer import Bot
from bot.answerer import StandIn

__all__ = ["Current"]


class Current(StandIn[Bot]):
    """Answers as the bot does that was put in last. A question that is being answered keeps its bot."""
