"""Added, changed, withdrawn and removed articles taken up while questions are answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Literal

from bot.answer import Bot
from bot.confidence import OWN
from bot.current import Current
from bot.unfinished import is_unfinished
from corpus.failure import Failure
from corpus.inventory import Inventory, take_inventory
from corpus.library import EXAMPLES, LibraryError
from corpus.listing import Stamp, listing, stamp
from index.apart import build_apart
from index.embedder import Embedder
from index.snapshot import Snapshot, load_current, wanted

__all__ = ["EVERY", "Outcome", "Reloader"]

logger = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at the folder of articles."""

RETRY = 60.0
"""Seconds until a reload that failed is tried again, where nothing has changed."""

SHARE = 0.05  # of the time, at most, is spent on looking: 10,000 files take .04 s, 100,000 some .5 s

BotOver = Callable[[Snapshot, Bot], Bot]
"""A bot over a snapshot, beside the bot that answers now."""


@dataclass(frozen=True)
class Outcome:
    """What came of the last reload; while one goes on, its figures are those of the one before."""

    state: Literal["ready", "reloading", "failed"]
    articles: int
    passages: int
    problem: str = ""


class Reloader:
    """One thread that looks for changes, has them built beside the service, and swaps the bot as a whole."""

    def __init__(
        self,
        current: Current,
        bot_over: BotOver,
        articles: Path,
        state: Path,
        embedder: Embedder,
        tell: Callable[[str], object] = logger.info,
    ) -> None:
        """`tell` is given a sentence on each reload that changed something or failed."""
        self._current, self._bot_over, self._tell = current, bot_over, tell
        self._articles, self._state, self._embedder = articles, state, embedder
        self._asked: SimpleQueue[None] = SimpleQueue()  # may be put to in a signal's handler
        self._seen: object = None
        self._again = inf
        self._thread: Thread | None = None
        self._stopping = False
        self.outcome = self._done()

    def start(self, watch: bool = False) -> None:
        """Starts the thread; with `watch` it looks for changes every second, else when it is requested."""
        self._thread = Thread(target=self._run, args=(watch,), name="reloader", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread, after a reload that goes on; the bot stays."""
        self._stopping = True
        self._asked.put(None)
        if self._thread:
            self._thread.join()

    def request(self) -> None:
        """Asks for a reload; several requests before one begins are one."""
        self.outcome = replace(self.outcome, state="reloading")
        self._asked.put(None)

    def _run(self, watch: bool) -> None:
        pause = EVERY
        if watch:
            self._seen = self._look()
            self.reload(at_start=True)
        while True:
            requested = self._requested(pause if watch else None)
            if self._stopping:
                return
            began = monotonic()
            seen = self._look()
            pause = max(EVERY, (monotonic() - began) / SHARE)
            if requested or seen != self._seen or began > self._again:
                self._seen = seen
                self.reload()

    def _requested(self, timeout: float | None) -> bool:
        try:
            self._asked.get(timeout=timeout)
        except Empty:
            return False
        while not self._asked.empty():
            self._asked.get()
        return True

    def _look(self) -> dict[str, Stamp] | str:
        try:
            found = listing(self._articles)
        except OSError as error:
            return str(error)
        for path in (self._articles / EXAMPLES, self._state / OWN):
            if path.is_file():
                found[str(path)] = stamp(path.stat())
        return found

    def reload(self, at_start: bool = False) -> None:
        """Takes up the articles as they are. What goes wrong is told, and the bot answers as before.

        `at_start` it is not told that nothing has changed.
        """
        self.outcome, self._again = replace(self.outcome, state="reloading"), inf
        try:
            changed = self._reload()
            self.outcome = self._done()
            if changed or not at_start:
                self._tell(f"reloaded: {self.outcome.articles} articles, {self.outcome.passages} passages")
            self._current.bot.prepare_examples()
        except Failure as failure:
            self._fail(str(failure))
        except Exception as error:
            logger.exception("the articles could not be taken up")
            self._fail(f"the articles could not be taken up: {error!r}")

    def _fail(self, problem: str) -> None:
        self.outcome = replace(self.outcome, state="failed", problem=problem)
        # Nothing may have to change here for it to succeed: a full disk has room again.
        self._again = monotonic() + RETRY
        self._tell(f"not reloaded: {problem}")

    def _reload(self) -> bool:
        """Whether another index is served now."""
        if is_unfinished(self._state):
            raise LibraryError("a backup is being restored")
        inventory = take_inventory(self._articles, self._state)
        served = self._current.bot.snapshot
        if served.manifest.fingerprint == self._fingerprint(inventory):
            self._swap(replace(served, withheld=frozenset()))
            return False
        self._withhold(inventory)
        build_apart(self._articles, self._state, self._embedder)
        self._swap(load_current(self._state, self._embedder.name))
        return True

    def _fingerprint(self, inventory: Inventory) -> str:
        published = [item.digest for item in inventory.items if item.status == "published"]
        return wanted(published, self._embedder).fingerprint

    def _withhold(self, inventory: Inventory) -> None:
        """What is withdrawn or removed is not quoted from now on: that cannot wait for a build."""
        served = self._current.bot.snapshot
        published = {item.id for item in inventory.items if item.status == "published"}
        gone = frozenset(served.texts.ids) - published
        if gone != served.withheld:
            self._swap(replace(served, withheld=gone))

    def _swap(self, snapshot: Snapshot) -> None:
        self._current.bot = self._bot_over(snapshot, self._current.bot)

    def _done(self) -> Outcome:
        manifest = self._current.bot.snapshot.manifest
        return Outcome("ready", manifest.articles, manifest.passages)
