"""A run's headline figures, and two runs side by side, for a terminal."""

from __future__ import annotations

from bot.evaluate.compare import Comparison
from bot.evaluate.evaluation import Evaluated
from bot.evaluate.row import Row
from bot.evaluate.summary import FIGURES

__all__ = ["comparison", "headline"]


def headline(run: Evaluated) -> str:
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
