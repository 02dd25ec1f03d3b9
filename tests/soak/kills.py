"""Kills spread evenly inside each work: python -m tests.soak.kills --kills 200 [WORK ...].

A first run counts the calls into C that a work makes (files, database, hashes); each further one is killed
at its share of them, every second time up to a millisecond later, so that the call itself is met. One that
came to its end all the same is counted as missed, and tried again earlier. Ends with an AssertionError
where anything is lost or half.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from tests.soak.works import WORKS, Work, folders

__all__ = ["Killed", "kill_evenly"]

TRIES = 5
MEMORY = Path("/dev/shm")
"""Where nothing waits for a disk: a killed process loses nothing that it has written."""

# Imports are made once; each work begins in a process that has computed nothing yet.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.soak.works"])


class Run(NamedTuple):
    """What a process of a work had said, and how many calls it made; 0 where it was killed."""

    said: list[str]
    calls: int


class Killed(NamedTuple):
    """How often a work was killed inside, how often it had ended before, and its calls."""

    name: str
    inside: int
    missed: int
    calls: int


class Deadline:
    """Counts calls into C, and ends the process at one of them."""

    def __init__(self, at: int, later: float) -> None:
        self._at, self._later = at, later
        self.calls = 0

    def count(self, frame: FrameType, event: str, argument: object) -> None:
        if event != "c_call":
            return
        self.calls += 1
        if self.calls == self._at:
            if not self._later:
                os.kill(os.getpid(), signal.SIGKILL)
            signal.setitimer(signal.ITIMER_REAL, self._later)  # nothing catches it: the process ends


def _do(name: str, root: Path, number: int, at: int, later: float, say: Connection) -> None:
    deadline = Deadline(at, later)
    threading.setprofile(deadline.count)
    sys.setprofile(deadline.count)
    WORKS[name].do(root, number, say.send)
    sys.setprofile(None)
    signal.setitimer(signal.ITIMER_REAL, 0)
    say.send(deadline.calls)


def run(work: Work, root: Path, number: int, at: int = 0, later: float = 0.0) -> Run:
    """Does the work in a process that is killed `later` seconds after call `at`; 0: never."""
    listen, say = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_do, args=(work.name, root, number, at, later, say))
    process.start()
    say.close()
    heard: list[str | int] = []
    try:
        while True:
            heard.append(listen.recv())
    except EOFError:
        process.join()
    said = [one for one in heard if isinstance(one, str)]
    calls = sum(one for one in heard if isinstance(one, int))
    if not calls and process.exitcode not in (-signal.SIGKILL, -signal.SIGALRM):
        raise SystemExit(f"{work.name} ended by itself with {process.exitcode}")
    return Run(said, calls)


def kill_evenly(work: Work, kills: int, seed: int = 1) -> Killed:
    """Kills a work so many times inside and checks after each; raises AssertionError."""
    chance, missed, number = random.Random(seed), 0, 1
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        root = Path(name)
        work.prepare(root)
        folders(root)
        first = run(work, root, number)
        work.check(root, number, first.said)
        calls = first.calls
        for kill in range(kills):
            for _ in range(TRIES):
                number += 1
                at = max(1, round(calls * (kill + 0.5) / kills))
                tried = run(work, root, number, at, later=kill % 2 and chance.uniform(1e-5, 1e-3))
                work.check(root, number, tried.said)
                if not tried.calls:
                    break
                missed += 1
                calls = min(calls, tried.calls)
            else:
                raise SystemExit(f"{work.name} cannot be met inside")
    return Killed(work.name, kills, missed, first.calls)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m tests.soak.kills", description="Kill each work inside.")
    parser.add_argument("works", nargs="*", default=list(WORKS), metavar="WORK", help=", ".join(WORKS))
    parser.add_argument("--kills", type=int, default=200, help="of all works together")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    inside = missed = 0
    for place, name in enumerate(options.works):
        share = len(range(place, options.kills, len(options.works)))
        killed = kill_evenly(WORKS[name], share, options.seed)
        inside, missed = inside + killed.inside, missed + killed.missed
        print(
            f"{name}: {killed.inside} kills inside {killed.calls} calls, {killed.missed} came too late;"
            " nothing lost, nothing half",
            flush=True,
        )
    print(f"{inside} kills inside of {inside + missed} ({inside / max(1, inside + missed):.0%})")


if __name__ == "__main__":
    main()
