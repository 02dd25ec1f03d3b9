"""Report of a run for a publisher: report.html, which needs no other file.

Its words stand in `report.en.toml` and `report.zh-Hans.toml` beside this file.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.evaluate.figures import FIGURES, is_served
from bot.evaluate.rows import QuotedText, Row
from bot.evaluate.selective import Bin, Curve, calibration_bins, risk_coverage

__all__ = ["ReportLanguage", "ReportTexts", "plain_sentences", "report_html", "worst_first"]

ReportLanguage = Literal["en", "zh-Hans"]


@dataclass(frozen=True)
class ReportTexts:
    """Texts of the report in one language by name, and each figure's label and meaning."""

    texts: Mapping[str, str]
    figures: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, language: ReportLanguage) -> Self:
        path = Path(__file__).with_name(f"report.{language}.toml")
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(figures=texts.pop("figures"), texts=texts)

    def say(self, name: str, **values: object) -> str:
        """The text of that name with its placeholders filled in."""
        return self.texts[name].format(**values)


SIDE = 240  # of the square that is drawn in, in SVG units
LEFT, TOP = 52, 10
WIDTH, HEIGHT = LEFT + SIDE + 14, TOP + SIDE + 44
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def _risk_coverage_svg(curve: Curve, words: ReportTexts) -> str:
    """The share of wrong quotes against the share of questions that are answered, most confident first."""
    points = [f"{_x(c):.1f},{_y(r):.1f}" for c, r in zip(curve.coverage, curve.risk, strict=True)]
    line = f'<polyline class="line" points="{" ".join(points)}"/>'
    label = words.say("risk_label", risk=f"{curve.risk[-1]:.0%}")
    return _chart(label, words.say("risk_across"), words.say("risk_upward"), line)


def _reliability_svg(bins: Sequence[Bin | None], words: ReportTexts) -> str:
    """The share of right quotes in each tenth of confidence; on the diagonal confidence is what it says."""
    width = SIDE / len(bins)
    most = max((one.rows for one in bins if one), default=1)
    parts = [f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    for number, one in enumerate(bins):
        if one is None:
            continue
        x = LEFT + number * width
        title = words.say(
            "reliability_bar", rows=one.rows, confidence=f"{one.confidence:.2f}", right=f"{one.right:.2f}"
        )
        parts.append(
            f'<g><title>{title}</title><rect class="bar" x="{x + 1:.1f}" y="{_y(one.right):.1f}"'
            f' width="{width - 2:.1f}" height="{SIDE * one.right:.1f}"/>'
            f'<circle class="dot" cx="{_x(one.confidence):.1f}" cy="{_y(one.right):.1f}"'
            f' r="{2 + 4 * (one.rows / most) ** 0.5:.1f}"/></g>'
        )
    return _chart(
        words.say("reliability_label"),
        words.say("reliability_across"),
        words.say("reliability_upward"),
        "".join(parts),
    )


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


COUNTED = ("characters_before_fold", "latency_p50_ms", "latency_p95_ms")  # in whole numbers, no shares


class Figure(NamedTuple):
    """A figure as it is printed."""

    label: str
    value: str
    interval: str
    meaning: str


def report_html(
    rows: Sequence[Row],
    summary: Mapping[str, Any],
    description: Mapping[str, Any],
    left_out: Sequence[str],
    language: ReportLanguage = "en",
) -> str:
    """The page. All that comes from questions and articles is escaped by the template."""
    environment = Environment(
        loader=PackageLoader("bot.evaluate", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    words = ReportTexts.of(language)
    listed = [ListedRow(row, _groups(row)) for row in worst_first(rows)]
    return environment.get_template("report.html.jinja").render(
        language=language,
        say=words.say,
        sentences=plain_sentences(rows, words),
        summary=summary,
        figures=[_figure(name, summary, words) for name in FIGURES],
        columns=[name for name in FIGURES if summary[name] is not None],
        labels={name: words.figures[name]["label"] for name in FIGURES},
        shown=_shown,
        description=description,
        left_out=left_out,
        listed=listed,
        parted=_parted,
        counts={"all": len(listed), **dict.fromkeys(GROUPS, 0)}
        | Counter(g for one in listed for g in one.groups),
        timed=sum(row.latency_ms is not None for row in rows),
        **_diagrams(rows, words),
    )


def plain_sentences(rows: Sequence[Row], words: ReportTexts) -> list[str]:
    """What the run says, in three sentences: who was served, what was marked, what was answered wrongly."""
    answerable = [row for row in rows if row.answerable]
    marked = [row.mark_answers for row in rows if row.mark_answers is not None]
    unanswerable = [row for row in rows if row.answerable is False]
    served = sum(is_served(row) for row in answerable)
    wrong = sum(row.verdict == "answered" for row in unanswerable)
    return [
        words.say("said_right", count=len(answerable), right=served),
        words.say("said_marked", count=len(marked), right=sum(marked))
        if marked
        else words.say("said_marked_unknown"),
        words.say("said_refused", count=len(unanswerable), wrong=wrong)
        if unanswerable
        else words.say("said_refused_unknown"),
    ]


GROUPS = ("wrong", "unsure", "refused")
"""By which the list of questions can be filtered."""


class ListedRow(NamedTuple):
    """A row, and those of GROUPS that it belongs to."""

    row: Row
    groups: tuple[str, ...]


def _groups(row: Row) -> tuple[str, ...]:
    is_wrong = row.hit is False and row.verdict != "none"
    kept = {"wrong": is_wrong, "unsure": row.verdict == "unsure", "refused": row.verdict == "none"}
    return tuple(name for name in GROUPS if kept[name])


def _parted(quote: QuotedText) -> tuple[str, str, str]:
    """A quote's text before its mark, the mark, and what follows."""
    before, _, after = quote.text.partition(quote.mark)
    return before, quote.mark, after


def worst_first(rows: Sequence[Row]) -> list[Row]:
    """All rows: wrong and sure of it, then right and refused, then what a visitor was told rightly.

    An answerable question without an answer is worse the surer the quotes were shown; one that was
    answered although nothing answers likewise.
    """
    return sorted((row for row in rows if row.hit is False), key=_harm, reverse=True) + [
        row for row in rows if row.hit is not False
    ]


def _harm(row: Row) -> tuple[bool, float]:
    """A wrong quote that was shown does more harm than a refusal, and more the surer it was."""
    is_shown = row.verdict in ("answered", "unsure")
    return is_shown, row.confidence if is_shown else -row.confidence


def _diagrams(rows: Sequence[Row], words: ReportTexts) -> dict[str, Markup | None]:
    known = [row for row in rows if row.quotes_answer is not None]
    if not known:
        return {"reliability": None, "risk_coverage": None}
    confidence = np.array([row.confidence for row in known])
    right = np.array([row.quotes_answer for row in known], dtype=np.float64)
    return {
        "reliability": Markup(_reliability_svg(calibration_bins(confidence, right), words)),
        "risk_coverage": Markup(_risk_coverage_svg(risk_coverage(confidence, right), words)),
    }


def _figure(name: str, summary: Mapping[str, Any], words: ReportTexts) -> Figure:
    told = words.figures[name]
    both = summary["intervals"].get(name)
    interval = f"{_shown(name, both[0])} – {_shown(name, both[1])}" if both else ""
    return Figure(told["label"], _shown(name, summary[name]), interval, told["meaning"])


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if name in COUNTED else f"{value:.3f}"
