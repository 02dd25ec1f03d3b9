"""Following publishers while the service runs: `sync` in a process of its own, which delays no answer."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

__all__ = ["SyncLoop"]

LOG = logging.getLogger(__name__)
PAUSE = 60.0  # seconds between two looks at whose time has come
LONGEST = 6 * 3600.0  # seconds; a first run over a large site fetches for hours
COMMAND = (sys.executable, "-m", "app", "sync", "--json")


class SyncLoop:
    """Runs `sync` every minute; `changed` is called where articles were added or changed."""

    def __init__(
        self, home: Path, articles: Path, state: Path, changed: Callable[[], object],
        command: tuple[str, ...] = COMMAND, pause: float = PAUSE,
    ) -> None:  # fmt: skip
        self._home, self._changed, self._command, self._pause = home, changed, command, pause
        folders = {"YUANWEN_ARTICLES": str(articles.resolve()), "YUANWEN_STATE": str(state.resolve())}
        self._environment = {**os.environ, **folders}
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits for no run: the next one takes up what is left."""
        self._stopped.set()

    def _run(self) -> None:
        while True:
            try:
                self.run_once()
            except (OSError, subprocess.SubprocessError) as error:
                LOG.warning("sync cannot be run: %s", error)
            if self._stopped.wait(self._pause):
                return

    def run_once(self) -> None:
        """One run; what it says of refused documents is in its report, what ends it is logged."""
        done = subprocess.run(
            self._command, cwd=self._home, env=self._environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=LONGEST, check=False,
        )  # fmt: skip
        last = (done.stdout.splitlines() or [""])[-1]
        if not last.startswith('{"sync": '):
            LOG.warning("sync: %s", (done.stderr.strip().splitlines() or ["it ended without a word"])[-1])
            return
        if any(report["added"] or report["changed"] for report in json.loads(last)["sync"]):
            self._changed()
