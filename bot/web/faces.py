"""Ways to the answers beside page, API and widget, and the pages that tell of the service itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI

from bot.answering.answerer import Answerer
from bot.answering.signing import QuoteSigner
from bot.publisher import Publisher
from bot.web.about import About, about_routes
from bot.web.verify import verify_routes

__all__ = ["Faces"]


@dataclass(frozen=True)
class Faces:
    """What the settings switch on. Without `signer` quotes bear no signature."""

    about: Callable[[], About] = About
    signer: QuoteSigner | None = None

    def add_to(self, app: FastAPI, bot: Answerer, publisher: Publisher) -> None:
        """Put the routes of all of them into the service."""
        app.include_router(about_routes(self.about, publisher))
        app.include_router(verify_routes(bot, publisher, self.signer))
