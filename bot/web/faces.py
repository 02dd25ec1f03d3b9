"""Faces beside page, API and widget (OpenAI's API, WeChat, WeCom), and the pages about the service itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI

from bot.answering.answerer import Answerer
from bot.answering.signing import QuoteSigner
from bot.publisher import Publisher
from bot.web.about import About, about_routes
from bot.web.openai_api import openai_routes
from bot.web.queue import AskQueue
from bot.web.verify import verify_routes
from bot.web.wechat.routes import Channel, wechat_routes

__all__ = ["Faces"]


@dataclass(frozen=True)
class Faces:
    """The faces that the settings switch on; `articles` is the folder in which pictures of scans are.

    Without `signer` quotes bear no signature, without `openai_token` there is
    no /v1, and of WeChat and WeCom there are the `channels` alone."""

    about: Callable[[], About] = About
    signer: QuoteSigner | None = None
    openai_token: str = ""
    channels: tuple[Channel, ...] = ()
    articles: Path | None = None

    def add_to(self, app: FastAPI, bot: Answerer, turns: AskQueue, publisher: Publisher) -> None:
        """Put the routes of all of them into the service."""
        app.include_router(about_routes(self.about, publisher))
        app.include_router(verify_routes(bot, publisher, self.signer))
        if self.openai_token:
            app.include_router(openai_routes(turns, publisher, self.openai_token))
        for channel in self.channels:
            app.include_router(wechat_routes(turns, publisher, channel))
