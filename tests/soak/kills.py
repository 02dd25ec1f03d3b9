"""Kills at evenly spread moments inside each work: python -m tests.soak.kills --kills 200 [WORK ...].

How long a work takes is measured first; a kill that came after its end is not counted and tried again,
earlier. Ends with an AssertionError where anything is lost or half.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Timer
from time import perf_counter
from typing import NamedTuple

from tests.soak.works import WORKS, Work, folders

__all__ = ["Killed", "kill_evenly"]

ROOT = Path(__file__).resolve().parents[2]
TRIES = 5
MEMORY = Path("/dev/shm")
"""Where nothing waits for a disk: a killed process loses nothing that it has written."""


class Run(NamedTuple):
    """What a process of a work had printed, whether it came to its end, and in how many seconds."""

    printed: list[str]
    done: bool
    seconds: float


class Killed(NamedTuple):
    """How often a work was killed inside, and how often it had ended before."""

    name: str
    inside: int
    missed: int
    seconds: float


def run(work: Work, root: Path, number: int, after: float | None = None) -> Run:
    """Does the work in a process that is killed `after` so many seconds of it."""
    command = [sys.executable, "-m", "tests.soak.works", work.name, str(root), str(number)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "starts\n"
        began = perf_counter()
        timer = Timer(after or 0.0, process.kill)
        if after is not None:
            timer.start()
        printed = process.stdout.read().splitlines()
        seconds = perf_counter() - began
        timer.cancel()
    done = printed[-1:] == ["done"]
    if after is None and not done:
        raise SystemExit(f"{work.name} does not come to its end")
    return Run(printed[:-1] if done else printed, done, seconds)


def kill_evenly(work: Work, kills: int) -> Killed:
    """Kills a work so many times inside and checks after each; raises AssertionError."""
    missed, number = 0, 1
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        root = Path(name)
        work.prepare(root)
        folders(root)
        first = run(work, root, number)
        work.check(root, number, first.printed)
        seconds = first.seconds
        for kill in range(kills):
            for _ in range(TRIES):
                number += 1
                tried = run(work, root, number, after=seconds * (kill + 0.5) / kills)
                work.check(root, number, tried.printed)
                if not tried.done:
                    break
                missed += 1
                seconds = min(seconds, tried.seconds)
            else:
                raise SystemExit(f"{work.name} cannot be met inside")
    return Killed(work.name, kills, missed, first.seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m tests.soak.kills", description="Kill each work inside.")
    parser.add_argument("works", nargs="*", default=list(WORKS), metavar="WORK", help=", ".join(WORKS))
    parser.add_argument("--kills", type=int, default=200, help="of all works together")
    options = parser.parse_args(arguments)
    for place, name in enumerate(options.works):
        share = len(range(place, options.kills, len(options.works)))
        killed = kill_evenly(WORKS[name], share)
        print(
            f"{killed.name:8} {killed.inside} kills inside {killed.seconds:.2f} s of work,"
            f" {killed.missed} came too late: nothing lost, nothing half",
            flush=True,
        )


if __name__ == "__main__":
    main()
