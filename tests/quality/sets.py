"""Bots over the nine articles and over public question sets, for what measures them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.evaluate.asking import PreparedEmbedder
from bot.settings import Settings
from corpus.article import Article
from corpus.library.files import read_library
from index.build import build
from index.models.embedder import load_embedder
from index.models.loading import ModelThread
from index.models.reranker import load_reranker
from index.query.query import Query
from index.search import Searcher
from index.store.snapshot import load_current

__all__ = ["FOLDER", "Measured", "nine_articles", "read_jsonl"]

FOLDER = Path(__file__).parent


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def nine_articles() -> list[Article]:
    return read_library(Settings.model_fields["articles"].default)


class Measured:
    """A bot over articles, as the settings would have it; its index is kept in the state folder."""

    def __init__(self, articles: list[Article], name: str) -> None:
        settings, thread = Settings(), ModelThread()
        state = settings.state / "quality" / "sets" / name
        self._embedder = PreparedEmbedder(load_embedder(settings.model, settings.state, thread=thread))
        build(articles, self._embedder, state, lambda done, total: print(f"\r{name}: {done}/{total}", end=""))
        print("\r", end="")
        searcher = Searcher(
            load_current(state, self._embedder.name),
            self._embedder,
            load_reranker(settings.reranker, settings.state, thread),
        )
        self.bot = Bot(searcher, Calibration.load())

    def prepare(self, questions: Iterable[str]) -> None:
        """Embeds questions in one batch, as the bot will search them: for many that is far faster."""
        self._embedder.prepare([Query(self.bot.meant(question, ())).embedded for question in questions])
