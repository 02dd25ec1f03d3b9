"""A long run under attack: python -m tests.soak.soak --minutes 120 [--model fake] [--report FILE].

Eight visitors behave, an article changes every minute, and every attack of `attacks` goes on beside.
Every fifth minute the attackers and the editor rest: that is what "at rest" is measured by, so that
other work on the machine weighs on both alike. Fails where a visitor's request fails, where a 95th
percentile is more than twice that at rest, and where memory, open files or threads rise after the first
ten minutes. The figures so far are written to FILE each minute; one that is interrupted tells them too.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from time import monotonic

import numpy as np

from bot.settings import ROOT
from corpus.disk import replace_file
from tests.soak.attacks import Attackers, Target
from tests.soak.clients import Client, Wait
from tests.soak.service import Service, Usage, change, served

__all__ = ["Report", "Sample", "report_of", "slope", "soak"]

CLIENTS = 8
CYCLE = 5
"""Minutes of a cycle; in the first one the attackers and the editor rest."""

SETTLED = 600.0
"""Seconds after which memory, open files and threads are to be flat; in a short run half of it."""

SLOWER, MORE = 2.0, {"memory": 0.1, "descriptors": 0.5, "threads": 0.25}
"""What fails: how much slower than at rest, and the share by which a fitted line rises to the end."""


NOBODY: Counter[int] = Counter()


@dataclass(frozen=True)
class Sample:
    """What the service took at a moment, in seconds from the start; `rests`: nobody attacked it."""

    at: float
    usage: Usage
    rests: bool = True


@dataclass(frozen=True)
class Report:
    """What came of a run; `slopes` are an hour's, p95 in seconds by kind: at rest, under attack."""

    minutes: float
    requests: int
    failed: Sequence[str]
    p95: dict[str, tuple[float, float]]
    slopes: dict[str, float]
    rises: dict[str, float]
    first: Usage
    last: Usage
    reloads: int
    bursts: int
    log_bytes: int
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        """What is not as it must be."""
        told = [f"failed: {trouble}" for trouble in self.failed[:5]]
        for kind, (rest, attacked) in self.p95.items():
            if attacked > SLOWER * rest:
                told.append(f"{kind}: p95 {attacked:.2f} s, at rest {rest:.2f} s")
        told += [f"{name} rose by {rise:.0%}" for name, rise in self.rises.items() if rise > MORE[name]]
        return told

    def words(self) -> str:
        """The figures, a line each."""
        lines = [
            f"{self.minutes:.1f} minutes, {self.reloads} reloads, {self.bursts} bursts of attacks, log"
            f" {self.log_bytes:,} bytes, {self.requests} requests of visitors, {len(self.failed)} failed",
            "statuses of visitors: " + ", ".join(f"{n} times {one}" for one, n in self.statuses.items()),
            *(f"{kind:5} p95 at rest {rest:.2f} s, attacked {attacked:.2f} s ({attacked / rest:.2f} times)"
              for kind, (rest, attacked) in self.p95.items()),
            *(f"{name}: {getattr(self.first, name):,.0f} settled, {getattr(self.last, name):,.0f} at the end,"
              f" slope {self.slopes[name]:+.1f} an hour" for name in Usage._fields),
        ]  # fmt: skip
        return "\n".join([*lines, *(f"NOT AS IT MUST BE: {fault}" for fault in self.faults)])


def slope(samples: Sequence[Sample], name: str) -> float:
    """The least-squares slope of a figure, an hour; 0 for fewer than two samples."""
    if len(samples) < 2:
        return 0.0
    hours = np.array([sample.at / 3600 for sample in samples])
    values = np.array([getattr(sample.usage, name) for sample in samples], dtype=float)
    return float(np.polyfit(hours - hours.mean(), values, 1)[0])


def report_of(
    samples: Sequence[Sample],
    waits: Sequence[Wait],
    rests: Sequence[tuple[float, float]],
    statuses: Counter[int] = NOBODY,
    **counts: int,
) -> Report:
    """The figures of a run; `rests` are the spans in which nobody attacked, times as those of the waits."""
    whole = samples[-1].at
    late = [sample for sample in samples if sample.at >= min(SETTLED, whole / 2)]
    # Under attack connections come and go: what stays of them is seen at rest.
    settled = [sample for sample in late if sample.rests] or late
    slopes = {name: slope(settled, name) for name in Usage._fields}
    hours = (settled[-1].at - settled[0].at) / 3600
    rises = {name: slopes[name] * hours / max(1.0, getattr(settled[0].usage, name)) for name in slopes}
    return Report(
        whole / 60, len(waits), [f"{wait.kind} {wait.trouble}" for wait in waits if wait.trouble],
        _p95(waits, rests), slopes, rises, settled[0].usage, settled[-1].usage, **counts,
        statuses={str(status): number for status, number in sorted(statuses.items())},
    )  # fmt: skip


def _p95(waits: Sequence[Wait], rests: Sequence[tuple[float, float]]) -> dict[str, tuple[float, float]]:
    found = {}
    for kind in sorted({wait.kind for wait in waits}):
        parts: tuple[list[float], list[float]] = ([], [])
        for wait in waits:
            if wait.kind == kind:
                parts[not any(start <= wait.began <= end for start, end in rests)].append(wait.seconds)
        if all(parts):
            rest, attacked = (float(np.percentile(seconds, 95)) for seconds in parts)
            found[kind] = rest, attacked
    return found


def soak(
    service: Service,
    minutes: float,
    minute: float = 60.0,
    pause: float = 2.0,
    tell: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Runs for `minutes` of `minute` seconds each; visitors pause `pause` seconds between two requests.

    `tell` is given the figures so far each minute.
    """
    chance = random.Random(20241126)
    attackers = Attackers(Target(service.address, service.articles, chance, minute / 6), minute / 3)
    clients = [Client(service.address, number, pause) for number in range(CLIENTS)]
    samples: list[Sample] = []
    rests: list[tuple[float, float]] = []
    begun, changes = monotonic(), 0

    def so_far() -> Report:
        waits = [wait for client in clients for wait in list(client.waits)]
        statuses = sum((client.statuses for client in clients), Counter[int]())
        log = service.log.stat().st_size
        return report_of(
            samples, waits, rests, statuses, reloads=changes, bursts=attackers.bursts, log_bytes=log
        )

    attackers.rests.set()
    attackers.start()
    with suppress(KeyboardInterrupt):
        while (at := monotonic() - begun) < minutes * minute:
            number = int(at / minute)
            resting = number % CYCLE == 0
            if resting:
                attackers.rests.set()
                # What was begun before goes on for a moment.
                start = begun + number * minute + (minute / 3 if number else 0)
                rests[number // CYCLE :] = [(start, begun + (number + 1) * minute)]
            else:
                attackers.rests.clear()
                if changes < number:
                    changes = number
                    change(service.articles, changes)
                    tell(so_far())
            if service.process.poll() is not None:
                raise SystemExit(f"the service has ended: {service.log.read_text()[-2000:]}")
            at_rest = resting and (number == 0 or at % minute > minute / 2)
            samples.append(Sample(at, service.usage(), at_rest))
            print(f"{at:.0f}", *samples[-1].usage, file=sys.stderr, flush=True)
            Event().wait(minute / 6)
    attackers.end()
    for client in clients:
        client.end()
    found = so_far()
    return replace(found, reloads=_reloads(service))


def _reloads(service: Service) -> int:
    assert service.process.stdout is not None
    service.process.terminate()
    return sum(line.startswith("reloaded:") for line in service.process.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m tests.soak.soak", description="A long run under attack.")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--model", choices=["bundled", "fake"], default="bundled")
    parser.add_argument("--report", type=Path, help="a file for the samples and figures, as JSON")
    options = parser.parse_args(arguments)

    def keep(report: Report) -> None:
        if options.report:
            values = {**vars(report), "first": report.first._asdict(), "last": report.last._asdict()}
            replace_file(options.report, json.dumps(values, ensure_ascii=False, indent=2) + "\n")

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(ROOT / "corpus" / "articles", root / "articles")
        (root / "state").mkdir()
        with served(root, options.model) as service:
            report = soak(service, options.minutes, tell=keep)
    print(report.words(), flush=True)
    keep(report)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
