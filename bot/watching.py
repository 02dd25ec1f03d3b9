"""A thread that looks whether articles have changed, and tells so; also when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import thread_time

__all__ = ["EVERY", "Watcher"]

EVERY = 1.0
"""Seconds between two looks at the folder of articles."""

SHARE = 0.1  # of a processor, at most, is spent on looking: 10,000 files take .04 s, 100,000 some .5 s


class Watcher:
    """Calls `on_change` where `look` gives something else than before, where `is_due`, and on request."""

    def __init__(
        self, look: Callable[[], object], is_due: Callable[[], bool], on_change: Callable[[], object]
    ) -> None:
        self._look, self._is_due, self._on_change = look, is_due, on_change
        self._asked: SimpleQueue[bool] = SimpleQueue()  # may be put to in a signal's handler
        self._thread: Thread | None = None

    def start(self, watch: bool) -> None:
        """With `watch` it looks every second, what is there now is no change; else it waits for requests."""
        self._thread = Thread(target=self._run, args=[watch], name="watcher", daemon=True)
        self._thread.start()

    def request(self) -> None:
        """Several requests before one is heard are one."""
        self._asked.put(True)

    def stop(self) -> None:
        self._asked.put(False)
        if self._thread:
            self._thread.join()

    def _run(self, watch: bool) -> None:
        seen, pause = self._look() if watch else None, EVERY
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
