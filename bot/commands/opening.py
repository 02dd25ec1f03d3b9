"""From the settings to a bot that answers."""

from __future__ import annotations

from functools import partial

from bot.answer import Bot
from bot.commands.progress import bar
from bot.confidence import Calibration
from bot.settings import Settings
from corpus.library import read_examples, read_library
from index.build import BuildReport, build
from index.embedder import Embedder
from index.hub import ModelThread
from index.reranker import Reranker, load_reranker
from index.search import Searcher
from index.snapshot import Snapshot, load_current

__all__ = ["bot_over", "built", "open_bot"]


def built(settings: Settings, embedder: Embedder) -> BuildReport:
    """Builds the index of the articles where it is not that of them already."""
    with bar() as show:
        library = read_library(settings.articles)
        return build(library, embedder, settings.state, partial(show, "building the index"))


def open_bot(settings: Settings, embedder: Embedder, thread: ModelThread) -> Bot:
    """A bot over the published index. Raises SnapshotError where there is none that fits."""
    reranker = load_reranker(settings.reranker, settings.state, thread)
    return bot_over(settings, reranker, load_current(settings.state, embedder.name), embedder)


def bot_over(settings: Settings, reranker: Reranker | None, snapshot: Snapshot, embedder: Embedder) -> Bot:
    """A bot over a snapshot, with the publisher's own calibration and examples where there are any."""
    searcher = Searcher(snapshot, embedder, reranker)
    return Bot(searcher, Calibration.of(settings.state), read_examples(settings.articles))
