"""Whether the bot can answer, shown by one question that it did answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Lock
from typing import get_args

from anyio import to_thread
from fastapi import FastAPI

from bot import messages
from bot.answerer import Answerer
from bot.questions import Language

__all__ = ["Readiness"]

logger = logging.getLogger(__name__)


class Readiness:
    """Asks the bot one question when the service starts, which warms the model too; then for the examples."""

    def __init__(self, bot: Answerer) -> None:
        self._bot = bot
        self._shown = False
        self._asking = Lock()

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        first = asyncio.create_task(to_thread.run_sync(self._warm))
        yield
        await first

    def _warm(self) -> None:
        if self.is_ready():
            for language in get_args(Language):
                self._bot.examples(language)

    def is_ready(self) -> bool:
        """True from the first answer on. Until then each call tries, unless another one is trying."""
        if not self._shown and self._asking.acquire(blocking=False):
            try:
                self._shown = self._answers()
            finally:
                self._asking.release()
        return self._shown

    def _answers(self) -> bool:
        try:
            self._bot.ask(messages.WELCOME.hans)
        except Exception:
            logger.exception("the bot cannot answer")
            return False
        return True
