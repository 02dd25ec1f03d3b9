"""The tables in Markdown, as docs/measurements.md has them. The best figure of a column is bold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.quality.peers.metrics import Figures

__all__ = ["Row", "quality_table", "rest_table"]

NONE = "–"


@dataclass(frozen=True)
class Row:
    """A system's figures by the set's name; a set may be missing. `installed_mb`: None for a baseline."""

    label: str
    installed_mb: float | None = None
    figures: Mapping[str, Figures] = field(default_factory=dict)


def quality_table(rows: Sequence[Row], sets: Sequence[str]) -> str:
    """For each set: right article first / among five / gold answer in what is shown."""
    measures: list[Callable[[Figures], float]] = [
        lambda one: one.recall_at_1,
        lambda one: one.recall_at_5,
        lambda one: one.answer_shown,
    ]
    columns = [[_marked(rows, name, measure, _share, best=max) for measure in measures] for name in sets]
    cells = [
        [" / ".join(measure[number] for measure in column) for column in columns]
        for number in range(len(rows))
    ]
    return _table(["R@1 / R@5 / answer shown", *sets], rows, cells)


def rest_table(rows: Sequence[Row], name: str) -> str:
    """What else was measured on one set."""
    columns = [
        _marked(rows, name, lambda one: one.ndcg_at_10, _share, best=max),
        _marked(rows, name, lambda one: one.answer_whole, _share, best=max),
        _marked(rows, name, lambda one: one.ms, _number, best=min),
        _marked(rows, name, lambda one: one.cpu_ms, _number, best=min),
        _marked(rows, name, lambda one: one.index_seconds, _number, best=min),
        [NONE if row.installed_mb is None else _number(row.installed_mb) for row in rows],
    ]
    heads = [name, "nDCG@10", "answer in three whole passages", "ms a question", "processor ms"]
    heads += ["index, processor s", "installs, MB"]
    return _table(heads, rows, [list(cells) for cells in zip(*columns, strict=True)])


def _marked(
    rows: Sequence[Row],
    name: str,
    measure: Callable[[Figures], float | None],
    written: Callable[[float], str],
    best: Callable[[list[float]], float],
) -> list[str]:
    values = [measure(row.figures[name]) if name in row.figures else None for row in rows]
    texts = [NONE if value is None else written(value) for value in values]
    known = [value for value in values if value is not None]
    first = written(best(known)) if known else NONE
    return [f"**{text}**" if text == first != NONE else text for text in texts]


def _table(heads: Sequence[str], rows: Sequence[Row], cells: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads)]
    lines += [[row.label, *row_cells] for row, row_cells in zip(rows, cells, strict=True)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _share(value: float) -> str:
    """.934 -> ".93"."""
    return f"{value:.2f}".removeprefix("0")


def _number(value: float) -> str:
    return f"{value:.0f}"
