"""Live updates: changed articles are indexed beside the service, and the bot is swapped as a whole."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic, thread_time
from typing import Literal

from bot.answering.answerer import AnswererProxy
from bot.answering.bot import Bot
from bot.answering.confidence import OWN
from bot.operations.metrics import ServiceState
from bot.operations.restore import is_unfinished
from corpus.article import Article
from corpus.errors import Failure
from corpus.library.files import CARDS, LibraryError, Stamp, additions, listing, stamp
from corpus.library.inventory import Inventory, readable, take_inventory
from index.models.embedder import Embedder
from index.store.snapshot import Snapshot, current_manifest, load_current, pointer, wanted
from index.worker import build_in_subprocess, merge_in_subprocess

__all__ = ["EVERY", "CurrentBot", "ReloadResult", "Reloader", "Warned", "Watcher"]

EVERY = 1.0
"""Seconds between two looks at the folder of articles."""

SHARE = 0.1  # of a processor, at most, is spent on looking: 10,000 files take .04 s, 100,000 some .5 s


class Watcher:
    """Calls `on_change` when `look()` returns a new value, when `is_due()`, or on request."""

    def __init__(
        self, look: Callable[[], object], is_due: Callable[[], bool], on_change: Callable[[], object]
    ) -> None:
        self._look, self._is_due, self._on_change = look, is_due, on_change
        self._asked: SimpleQueue[bool] = SimpleQueue()  # may be put to in a signal's handler
        self._thread: Thread | None = None

    def start(self, watch: bool) -> None:
        """With `watch` it looks every second, what is there now is no change; else it waits for requests."""
        seen = self._look() if watch else None
        self._thread = Thread(target=self._run, args=[watch, seen], name="watcher", daemon=True)
        self._thread.start()

    def request(self) -> None:
        """Request a look; several before one is heard count as one."""
        self._asked.put(True)

    def stop(self) -> None:
        self._asked.put(False)
        if self._thread:
            self._thread.join()

    def _run(self, watch: bool, seen: object) -> None:
        pause = EVERY
        while (requested := self._heard(pause if watch else None)) is not False:
            # Processor time: on a busy machine a withdrawal must not wait longer still.
            began = thread_time()
            now = self._look()
            pause = max(EVERY, (thread_time() - began) / SHARE)
            if requested or now != seen or self._is_due():
                seen = now
                self._on_change()

    def _heard(self, timeout: float | None) -> bool | None:
        """True for requests, False for a stop, None where nothing was said in time."""
        try:
            heard = [self._asked.get(timeout=timeout)]
        except Empty:
            return None
        while not self._asked.empty():
            heard.append(self._asked.get())
        return all(heard)


class CurrentBot(AnswererProxy[Bot]):
    """Delegates to the bot installed last; running requests keep theirs."""


logger = logging.getLogger(__name__)

RETRY = 60.0
"""Seconds until a reload that failed is tried again, where nothing has changed."""

MERGED_FROM = 10_000
"""Passages beside the base of a large index from which on they are merged into it."""

DOUBT = 60.0
"""Seconds until all articles are hidden where their folder has become empty."""

Warned = Literal["reload-failed", "articles-empty"]

BotOver = Callable[[Snapshot, Bot], Bot]
"""A bot over a snapshot, beside the bot that answers now."""


@dataclass(frozen=True)
class ReloadResult:
    """Result of the last reload; during a reload the counts are still the old ones."""

    state: Literal["ready", "reloading", "failed"]
    articles: int
    passages: int
    problem: str = ""


class Reloader:
    """Builds changes beside the service, and swaps the bot as a whole.

    One thread looks for changes and hides what is withdrawn or removed; another has the rest built,
    which may take long.
    """

    def __init__(
        self,
        current: CurrentBot,
        bot_over: BotOver,
        articles: Path,
        state: Path,
        embedder: Embedder,
        tell: Callable[[str], object] = logger.info,
        published: Path | None = None,
    ) -> None:
        """`tell` is given a sentence on each reload that changed something or failed.

        `published` is the state folder where another process publishes the index; without one it is built
        here.
        """
        self._current, self._bot_over, self._tell = current, bot_over, tell
        self._articles, self._state, self._embedder = articles, state, embedder
        self._published, self._builds = published or state, published is None
        self._again = inf
        self._emptied: float | None = None
        self._taken_up = monotonic()
        self._reloads: Counter[str] = Counter()
        self._watcher = Watcher(self._look, lambda: monotonic() > self._again, self._on_change)
        self._work: SimpleQueue[bool] = SimpleQueue()
        self._builder: Thread | None = None
        self._swapping = Lock()
        self._merger: Thread | None = None
        self._is_merged = Event()
        self.outcome = self._done()

    def start(self, watch: bool = False) -> None:
        """With `watch` it looks for changes every second, else when that is requested."""
        # The first look comes before the first inventory: what changes between the two is seen as a change.
        self._watcher.start(watch)
        self._builder = Thread(target=self._build_on, args=[watch], name="builder", daemon=True)
        self._builder.start()

    def stop(self) -> None:
        """Ends the threads, after a reload that goes on; the bot stays."""
        self._watcher.stop()
        self._work.put(False)
        if self._builder:
            self._builder.join()

    def request(self) -> None:
        """Asks for a reload; several requests before one begins are one. For a signal's handler too."""
        self.outcome = replace(self.outcome, state="reloading")
        self._watcher.request()

    def _on_change(self) -> None:
        self._again = inf
        self.outcome = replace(self.outcome, state="reloading")
        self.withhold()
        self._work.put(True)

    def _build_on(self, watch: bool) -> None:
        if watch:  # something may have changed between the build before the start and the first look
            self.reload(at_start=True)
        while self._work.get():
            self._take_up()

    def _look(self) -> dict[str, Stamp] | str:
        try:
            found = listing(self._articles)
        except OSError as error:
            return str(error)
        # The folder of cards itself too: an empty one and none are not the same.
        further = (self._articles / CARDS, self._published / OWN, pointer(self._published))
        for path in (*additions(self._articles), *(further[:2] if self._builds else further)):
            if path.exists():
                found[str(path)] = stamp(path.stat())
        return found

    def withhold(self) -> None:
        """Hides what is withdrawn or removed: that waits for no build and no broken article's repair."""
        if is_unfinished(self._published):
            return
        # Listed while nothing is swapped: an older list would hide what a newer index has taken up. A folder
        # that cannot be read is told by the reload.
        with self._swapping, suppress(LibraryError):
            found = readable(self._articles, self._state)
            if not self._is_doubted(found):
                self._show(self._current.bot.snapshot, found)

    def _is_doubted(self, found: Inventory) -> bool:
        """Whether the folder has just become empty: more often that is a mount that was lost."""
        snapshot = self._current.bot.snapshot
        served = set(snapshot.texts.ids) - snapshot.withheld
        if found.items or len(served) < 2:
            self._emptied = None
            return False
        if self._emptied is None:
            self._emptied = monotonic()
            self._tell(
                f"{self._articles} is empty; unless its {len(served)} articles come back,"
                f" they are hidden in {DOUBT:.0f} seconds"
            )
        return monotonic() < self._emptied + DOUBT

    @property
    def service_state(self) -> ServiceState:
        """Gauges for the metrics: what is served, since when, and how many reloads there were."""
        age = monotonic() - self._taken_up
        outcome = self.outcome
        return ServiceState(outcome.articles, outcome.passages, age, reloads=dict(self._reloads))

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """Warnings for an operator though questions are answered."""
        warned: list[Warned] = ["reload-failed"] if self.outcome.state == "failed" else []
        return (*warned, "articles-empty") if self._emptied is not None else tuple(warned)

    def reload(self, at_start: bool = False) -> None:
        """Takes up the articles as they are. What goes wrong is told, and the bot answers as before.

        `at_start` nothing is told or prepared where nothing has changed: the service is doing that.
        """
        self.withhold()
        self._take_up(at_start)

    def _take_up(self, at_start: bool = False) -> None:
        self.outcome = replace(self.outcome, state="reloading")
        try:
            changed = self._reload()
        except Failure as failure:
            self._fail(str(failure))
        except Exception as error:
            logger.exception("the articles could not be taken up")
            self._fail(f"the articles could not be taken up: {error!r}")
        else:
            self.outcome = self._done()
            self._reloads["done"] += 1
            if changed:
                self._taken_up = monotonic()
            if changed or not at_start:
                self._tell(f"reloaded: {self.outcome.articles} articles, {self.outcome.passages} passages")
                self._current.bot.prepare_examples(self._work.empty)
            self._merge_if_due()

    def _merge_if_due(self) -> None:
        """Begins to merge what stands beside a large index, while articles are taken up as before."""
        if not self._builds or self._current.bot.snapshot.manifest.newer < MERGED_FROM:
            return
        if self._merger is None or not self._merger.is_alive():
            self._merger = Thread(target=self._merge, name="merger", daemon=True)
            self._merger.start()

    def _merge(self) -> None:
        try:
            merge_in_subprocess(self._articles, self._state, self._embedder)
        except Failure as failure:  # it is begun again after the next reload
            self._tell(f"the index is not merged: {failure}")
        else:
            self._is_merged.set()
            self._work.put(True)

    def _reload(self) -> bool:
        """Whether another index is served now."""
        if is_unfinished(self._published):
            raise LibraryError("a backup is being restored")
        served = self._current.bot.snapshot
        changed = served.manifest.fingerprint != self._newest()
        if changed and self._builds:
            build_in_subprocess(self._articles, self._state, self._embedder)
        if changed or self._is_merged.is_set():
            self._is_merged.clear()
            served = load_current(self._published, self._embedder.name, is_trusted=self._builds)
        with self._swapping:
            # What was withdrawn during the build is not shown by what was built.
            self._show(served, readable(self._articles, self._state), anew=True)
        return changed

    def _newest(self) -> str:
        """The fingerprint of the index to serve: of the articles as they are, or of what is published."""
        if self._builds:
            return wanted(take_inventory(self._articles, self._state), self._embedder).fingerprint
        manifest = current_manifest(self._published)
        return manifest.fingerprint if manifest else ""

    def _show(self, snapshot: Snapshot, now: Inventory, anew: bool = False) -> None:
        """Serve only articles still published; with `anew`, swap even if nothing changed."""
        gone = frozenset(snapshot.texts.ids).difference(now.ids("published"))
        if anew or gone != snapshot.withheld:
            snapshot = replace(snapshot, withheld=gone, withdrawn=tuple(_withdrawn(now, gone)))
            self._current.bot = self._bot_over(snapshot, self._current.bot)

    def _fail(self, problem: str) -> None:
        self._reloads["failed"] += 1
        self.outcome = replace(self.outcome, state="failed", problem=problem)
        # It may succeed later without any change here: a full disk has room again.
        self._again = monotonic() + RETRY
        self._tell(f"not reloaded: {problem}")

    def _done(self) -> ReloadResult:
        manifest = self._current.bot.snapshot.manifest
        return ReloadResult("ready", manifest.articles, manifest.passages)


def _withdrawn(now: Inventory, among: Collection[str]) -> Iterator[Article]:
    """Articles among the ids that are withdrawn and not removed."""
    withdrawn = now.having("withdrawn")
    for place, item in enumerate(withdrawn.items):
        if item.id in among:
            with suppress(LibraryError):  # it is broken by now: it is hidden, and its page says nothing
                yield withdrawn.article(place)
