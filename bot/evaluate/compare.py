"""Comparison of two runs of the same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.evaluate.evaluation import Evaluated
from bot.evaluate.figures import FIGURES, MEANS, row_values
from bot.evaluate.rows import Row
from bot.evaluate.run_folder import RunError, read_run
from bot.evaluate.significance import randomisation_test

__all__ = ["Comparison", "Difference", "compare", "compared", "comparison", "run_summary"]


@dataclass(frozen=True)
class Difference:
    """A figure over the rows of which both runs have it: the means, the two-sided p of the paired
    randomisation test, and how many rows are better or worse in the second run."""

    figure: str
    count: int
    first: float
    second: float
    p: float
    better: int
    worse: int


@dataclass(frozen=True)
class Comparison:
    """`won` are the second run's rows that are a hit there and not in the first, `lost` the reverse.

    `changed` says what the runs were made of that differs, by name: (first, second). `unpaired` rows are
    in one run alone.
    """

    differences: tuple[Difference, ...]
    won: tuple[Row, ...]
    lost: tuple[Row, ...]
    changed: Mapping[str, tuple[object, object]]
    paired: int
    unpaired: int


def compare(first: Path, second: Path) -> Comparison:
    """The comparison of two finished runs' folders. Raises RunError."""
    (one, rows), (other, others) = read_run(first), read_run(second)
    changed = {
        name: (one.get(name), other.get(name))
        for name in dict.fromkeys((*one, *other))
        if one.get(name) != other.get(name)
    }
    return compared(rows, others, changed)


def compared(
    first: Sequence[Row], second: Sequence[Row], changed: Mapping[str, tuple[object, object]]
) -> Comparison:
    """Rows are paired by id, variant and question. Raises RunError where none are."""
    of_second = {(*row.key, row.question): row for row in second}
    pairs = [(row, of_second[key]) for row in first if (key := (*row.key, row.question)) in of_second]
    if not pairs:
        raise RunError("the two runs have no question in common: there is nothing to compare")
    return Comparison(
        differences=tuple(_differences([a for a, _ in pairs], [b for _, b in pairs])),
        won=tuple(b for a, b in pairs if b.hit is True and a.hit is False),
        lost=tuple(b for a, b in pairs if b.hit is False and a.hit is True),
        changed=changed,
        paired=len(pairs),
        unpaired=len(first) + len(second) - 2 * len(pairs),
    )


def _differences(first: Sequence[Row], second: Sequence[Row]) -> list[Difference]:
    ours, theirs = row_values(first), row_values(second)
    hits = [np.array([row.hit for row in rows], dtype=np.float64) for rows in (first, second)]
    found = []
    paired = {"hit": (hits[0], hits[1]), **{name: (ours[name], theirs[name]) for name in MEANS}}
    for name, (a, b) in paired.items():
        both = ~np.isnan(a) & ~np.isnan(b)
        if both.any():
            change = b[both] - a[both]
            means = float(a[both].mean()), float(b[both].mean())
            counts = int((change > 0).sum()), int((change < 0).sum())
            found.append(Difference(name, int(both.sum()), *means, randomisation_test(change), *counts))
    return found


def run_summary(run: Evaluated) -> str:
    """The figures that apply, each with its interval where it has one, and where the files are."""
    summary = run.summary
    lines = [f"{run.name}: {summary['answerable']} answerable, {summary['unanswerable']} unanswerable"]
    if elsewhere := summary["held_elsewhere"]:
        lines.append(
            f"  {elsewhere} more with their articles withheld are answered by another one all the same"
        )
    for name in FIGURES:
        if summary[name] is not None:
            lines.append(
                f"  {name:<26}{summary[name]:<8g}{_interval(summary['intervals'].get(name))}".rstrip()
            )
    return "\n".join([*lines, f"in {run.folder}"])


def _interval(both: tuple[float, float] | None) -> str:
    return f"({both[0]:.3f} to {both[1]:.3f})" if both else ""


def comparison(found: Comparison, first: str, second: str) -> str:
    """The figures side by side, what the runs were made of that differs, the questions won and lost."""
    lines = [f"A  {first}", f"B  {second}"]
    lines += [f"   {name}: {a} -> {b}" for name, (a, b) in found.changed.items()]
    unpaired = f", {found.unpaired} in one run alone" if found.unpaired else ""
    lines += [f"{found.paired} questions in both{unpaired}", ""]
    lines.append(f"{'':<26}{'A':>7}{'B':>8}{'B - A':>9}{'p':>8}{'higher':>8}{'lower':>7}{'of':>7}")
    lines += [
        f"{d.figure:<26}{d.first:>7.3f}{d.second:>8.3f}{d.second - d.first:>+9.3f}{d.p:>8.4f}"
        f"{d.better:>8}{d.worse:>7}{d.count:>7}"
        for d in found.differences
    ]
    for name, rows in (("won", found.won), ("lost", found.lost)):
        lines += ["", f"{name} by B: {len(rows)}", *(_question(row) for row in rows)]
    return "\n".join(lines)


def _question(row: Row) -> str:
    removed = " (right articles withheld)" if row.variant == "gold-removed" else ""
    return f"  {row.id}{removed}: {' '.join(row.question.split())} [{row.verdict}]"
