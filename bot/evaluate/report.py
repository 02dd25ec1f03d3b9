"""A run as a page that a publisher reads: report.html, which needs no other file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.evaluate.figures import Bin, Curve, calibration_bins, risk_coverage
from bot.evaluate.rows import Row

__all__ = ["LABELS", "MISSES", "reliability_svg", "report_html", "risk_coverage_svg", "worst_misses"]

SIDE = 240  # of the square that is drawn in, in SVG units
LEFT, TOP = 52, 10
WIDTH, HEIGHT = LEFT + SIDE + 14, TOP + SIDE + 44
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def risk_coverage_svg(curve: Curve) -> str:
    """The share of wrong quotes against the share of questions that are answered, most confident first."""
    points = [f"{_x(c):.1f},{_y(r):.1f}" for c, r in zip(curve.coverage, curve.risk, strict=True)]
    line = f'<polyline class="line" points="{" ".join(points)}"/>'
    label = f"Risk and coverage: when all are answered, {curve.risk[-1]:.0%} of the quotes are wrong"
    return _chart(label, "share of questions answered", "share of these that is wrong", line)


def reliability_svg(bins: Sequence[Bin | None]) -> str:
    """The share of right quotes in each tenth of confidence; on the diagonal confidence is what it says."""
    width = SIDE / len(bins)
    most = max((one.rows for one in bins if one), default=1)
    parts = [f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    for number, one in enumerate(bins):
        if one is None:
            continue
        x = LEFT + number * width
        title = f"{one.rows} questions, mean confidence {one.confidence:.2f}, right {one.right:.2f}"
        parts.append(
            f'<g><title>{title}</title><rect class="bar" x="{x + 1:.1f}" y="{_y(one.right):.1f}"'
            f' width="{width - 2:.1f}" height="{SIDE * one.right:.1f}"/>'
            f'<circle class="dot" cx="{_x(one.confidence):.1f}" cy="{_y(one.right):.1f}"'
            f' r="{2 + 4 * (one.rows / most) ** 0.5:.1f}"/></g>'
        )
    label = "Reliability: the share of right quotes by confidence"
    return _chart(label, "confidence", "share of quotes that answer", "".join(parts))


def _chart(label: str, across: str, upward: str, drawing: str) -> str:
    middle = TOP + SIDE / 2
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{_axes()}{drawing}'
        f'<text class="name" x="{LEFT + SIDE / 2}" y="{HEIGHT - 8}">{across}</text>'
        f'<text class="name" x="12" y="{middle}" transform="rotate(-90 12 {middle})">{upward}</text></svg>'
    )


def _axes() -> str:
    parts = []
    for tick in TICKS:
        x, y = _x(tick), _y(tick)
        parts.append(f'<line class="grid" x1="{x}" y1="{_y(0)}" x2="{x}" y2="{_y(1)}"/>')
        parts.append(f'<line class="grid" x1="{_x(0)}" y1="{y}" x2="{_x(1)}" y2="{y}"/>')
        parts.append(f'<text class="tick" x="{x}" y="{_y(0) + 16}">{tick:g}</text>')
        parts.append(f'<text class="tick side" x="{LEFT - 6}" y="{y + 4}">{tick:g}</text>')
    return "".join(parts)


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


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
    "right_mark": (
        "Right sentence marked",
        "Of the questions with quotes: the first quote's marked sentence holds a gold answer.",
    ),
    "padding": (
        "Padding",
        "Of the quotes that are shown to answerable questions the share that holds no gold answer.",
    ),
    "characters_before_fold": (
        "Characters before the fold",
        "The length of the first quote's marked sentence: what a visitor reads before unfolding anything.",
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


COUNTED = ("characters_before_fold", "latency_p50_ms", "latency_p95_ms")  # in whole numbers, no shares


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
    return f"{value:.0f}" if name in COUNTED else f"{value:.3f}"
