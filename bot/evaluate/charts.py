"""Two diagrams as inline SVG: coordinates and words only, so that nothing in them needs escaping."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluate.selective import Bin, Curve

__all__ = ["reliability_svg", "risk_coverage_svg"]

SIDE = 240  # of the square that is drawn in, in SVG units
LEFT, TOP = 52, 10
WIDTH, HEIGHT = LEFT + SIDE + 14, TOP + SIDE + 44
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def risk_coverage_svg(curve: Curve) -> str:
    """The share of wrong quotes against the share of questions that are answered, most confident first."""
    points = [f"{_x(c):.1f},{_y(r):.1f}" for c, r in zip(curve.coverage, curve.risk, strict=True)]
    line = f'<polyline class="line" points="{" ".join(points)}"/>'
    label = f"Risk and coverage: when all are answered, {curve.risk[-1]:.0%} of the quotes are wrong"
    return _figure(label, "share of questions answered", "share of these that is wrong", line)


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
    return _figure(label, "confidence", "share of quotes that answer", "".join(parts))


def _figure(label: str, across: str, upward: str, drawing: str) -> str:
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
