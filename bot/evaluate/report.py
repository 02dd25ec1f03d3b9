"""A run as a page that a publisher reads: report.html, which needs no other file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.evaluate.charts import reliability_svg, risk_coverage_svg
from bot.evaluate.row import Row
from bot.evaluate.selective import calibration_bins, risk_coverage

__all__ = ["LABELS", "MISSES", "report_html", "worst_misses"]

MISSES = 50  # that the page shows

LABELS = {
    "recall_at_1": ("Right article first", "A right article stands first (Recall@1)."),
    "recall_at_5": ("Right article among five", "A right article is among the first five (Recall@5)."),
    "recall_at_10": ("Right article among ten", "A right article is among the first ten (Recall@10)."),
    "mrr": ("MRR", "One over the place of the first right article, 0 beyond the tenth, on average."),
    "ndcg_at_10": ("nDCG@10", "How near the top all the right articles stand, 1 at best."),
    "answer_in_quotes": (
        "Answer in the quotes",
        "A gold answer stands whole inside one of the first three quotes, cut at 600 characters in all."
        " Compared without case, width, white space and the difference of Traditional and Simplified.",
    ),
    "answer_char_recall": (
        "Characters of the answer",
        "The share of the gold answer's characters that one of these quotes holds in the same order.",
    ),
    "answered_answerable": ("Answerable: answered", "Answerable questions whose verdict is “answered”."),
    "answered_or_unsure_right": (
        "Answerable: served",
        "The verdict is “answered”, or “unsure” with quotes that answer.",
    ),
    "answered_unanswerable": (
        "Unanswerable: answered",
        "Unanswerable questions whose verdict is “answered”: the lower the better.",
    ),
    "auroc": (
        "AUROC",
        "The chance that an answerable question gets more confidence than an unanswerable one; .5: a guess.",
    ),
    "ece": (
        "Calibration error",
        "How far confidence is from the share of quotes that answer, over ten bins (ECE): lower is better."
        " Quotes answer where a gold answer is inside, or without gold answers a right article is quoted;"
        " where there is no answer they never do.",
    ),
    "latency_p50_ms": (
        "Half within (ms)",
        "A whole question asked singly, its encoding included: the median.",
    ),
    "latency_p95_ms": ("95 % within (ms)", "The same: 95 of 100 questions are answered within it."),
}
"""A figure's name in the report, and what it says."""


class Figure(NamedTuple):
    """A figure as it is printed."""

    label: str
    value: str
    interval: str
    meaning: str


def report_html(
    rows: Sequence[Row], summary: Mapping[str, Any], description: Mapping[str, Any], left_out: Sequence[str]
) -> str:
    """The page. All that comes from questions and articles is escaped by the template."""
    environment = Environment(
        loader=PackageLoader("bot.evaluate", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    misses = worst_misses(rows)
    return environment.get_template("report.html.jinja").render(
        summary=summary,
        figures=[_figure(name, summary) for name in LABELS],
        columns=[name for name in LABELS if summary[name] is not None],
        labels=LABELS,
        shown=_shown,
        description=description,
        left_out=left_out,
        misses=misses[:MISSES],
        n_misses=len(misses),
        timed=sum(row.latency_ms is not None for row in rows),
        **_diagrams(rows),
    )


def worst_misses(rows: Sequence[Row]) -> list[Row]:
    """What a visitor got wrong, worst first: wrong and sure of it, then right and refused.

    An answerable question without an answer is worse the surer the quotes were shown; one that was
    answered although nothing answers likewise.
    """
    return sorted((row for row in rows if row.hit is False), key=_harm, reverse=True)


def _harm(row: Row) -> tuple[bool, float]:
    """A wrong quote that was shown does more harm than a refusal, and more the surer it was."""
    is_shown = row.verdict in ("answered", "unsure")
    return is_shown, row.confidence if is_shown else -row.confidence


def _diagrams(rows: Sequence[Row]) -> dict[str, Markup | None]:
    known = [row for row in rows if row.quotes_answer is not None]
    if not known:
        return {"reliability": None, "risk_coverage": None}
    confidence = np.array([row.confidence for row in known])
    right = np.array([row.quotes_answer for row in known], dtype=np.float64)
    return {
        "reliability": Markup(reliability_svg(calibration_bins(confidence, right))),
        "risk_coverage": Markup(risk_coverage_svg(risk_coverage(confidence, right))),
    }


def _figure(name: str, summary: Mapping[str, Any]) -> Figure:
    label, meaning = LABELS[name]
    both = summary["intervals"].get(name)
    interval = f"{_shown(name, both[0])} – {_shown(name, both[1])}" if both else ""
    return Figure(label, _shown(name, summary[name]), interval, meaning)


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if name.endswith("_ms") else f"{value:.3f}"
