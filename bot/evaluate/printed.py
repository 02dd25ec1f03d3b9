"""A run's headline figures for a terminal."""

from __future__ import annotations

from bot.evaluate.evaluation import Evaluated
from bot.evaluate.summary import FIGURES

__all__ = ["headline"]


def headline(run: Evaluated) -> str:
    """The figures that apply, each with its interval where it has one, and where the files are."""
    summary = run.summary
    lines = [f"{run.name}: {summary['answerable']} answerable, {summary['unanswerable']} unanswerable"]
    for name in FIGURES:
        if summary[name] is not None:
            lines.append(
                f"  {name:<26}{summary[name]:<8g}{_interval(summary['intervals'].get(name))}".rstrip()
            )
    return "\n".join([*lines, f"in {run.folder}"])


def _interval(both: tuple[float, float] | None) -> str:
    return f"({both[0]:.3f} to {both[1]:.3f})" if both else ""
