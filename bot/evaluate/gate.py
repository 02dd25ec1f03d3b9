"""Gate: a run that falls below a pinned floor fails, and no floor is lowered in silence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.evaluate.figures import FIGURES
from bot.evaluate.questions import EvaluationError
from corpus.disk import replace_file

__all__ = [
    "LOWER_IS_BETTER",
    "TOLERANCE",
    "Floors",
    "GateError",
    "below_floors",
    "gate_words",
    "read_floors",
    "update_floors",
]

LOWER_IS_BETTER = frozenset(
    {"answered_unanswerable", "ece", "padding", "characters_before_fold", "latency_p50_ms", "latency_p95_ms"}
)
"""Figures whose "floor" is the most that is allowed."""

NOT_PINNED = frozenset({"characters_before_fold", "latency_p50_ms", "latency_p95_ms"})
"""No shares, so that TOLERANCE says nothing of them; pin them by hand."""

TOLERANCE = 0.02
"""How far below a figure its floor is pinned. A processor without bfloat16 gives slightly other vectors:
of some sixty questions one changes sides (.017)."""


class GateError(EvaluationError):
    """A floors file is not as it must be, or it would be lowered without a reason."""


def _known_figure(name: str) -> str:
    if name not in FIGURES:
        raise ValueError(f"no figure is called {name}")
    return name


FigureName = Annotated[str, AfterValidator(_known_figure)]
Floor = Annotated[float, Field(allow_inf_nan=False)]


class Floors(BaseModel):
    """A floors file: `floors` by set and figure, and `lowered`, a record of each that was lowered."""

    model_config = ConfigDict(extra="allow", strict=True)

    floors: dict[str, dict[FigureName, Floor]]
    lowered: list[dict[str, Any]] = []


def read_floors(path: Path) -> Floors:
    """The floors in a file. Raises GateError."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GateError(f"{path} cannot be read as floors ({error}); --update-floors writes it") from None
    try:
        return Floors.model_validate(document)
    except ValidationError as error:
        raise GateError(f"{path}: {_fault(error.errors()[0])}") from None


def _fault(fault: ErrorDetails) -> str:
    """Fault that pydantic found, in our words."""
    match fault["loc"]:
        case "floors", name, figure, "[key]":
            return f"{figure!r} is no figure; there are {', '.join(FIGURES)}"
        case "floors", name, figure:
            return f"the floor of {name} {figure} is {fault['input']!r}; a number is expected"
        case "floors", name:
            return f"the floors of {name!r} are {fault['input']!r}; figures are expected"
    return '{"floors": {"SET": {"recall_at_1": 0.9}}} is expected'


def below_floors(path: Path, name: str, summary: Mapping[str, Any]) -> list[str]:
    """Sentences on each figure of a set's run that is below its floor; one that is missing is below it.

    Raises GateError, also where the file has no floors for the set.
    """
    floors = read_floors(path).floors
    if name not in floors:
        raise GateError(
            f"{path} has no floors for {name!r}, only for {', '.join(floors)}; use --update-floors"
        )
    return [
        f"{name} {figure}: {value} is {'above' if figure in LOWER_IS_BETTER else 'below'} the pinned {floor}"
        for figure, floor in floors[name].items()
        if not _is_kept(figure, value := summary[figure], floor)
    ]


def update_floors(path: Path, name: str, summary: Mapping[str, Any], reason: str | None) -> list[str]:
    """Pin a set's figures TOLERANCE below what they are, and says in words which floors moved.

    A floor that the figure still keeps is raised or stays. One that it does not keep is lowered with a
    `reason`, which is recorded with the date; without one nothing is written and GateError is raised.
    """
    document = read_floors(path) if path.is_file() else Floors(floors={})
    pinned: dict[str, float | None] = dict(document.floors.get(name, {}))
    below = {
        f: floor for f, floor in document.floors.get(name, {}).items() if not _is_kept(f, summary[f], floor)
    }
    if below and not (reason and reason.strip()):
        raise GateError(
            f"{path} would be lowered for {name}: "
            + ", ".join(f"{figure} from {floor} to {summary[figure]}" for figure, floor in below.items())
            + '; if that is meant, say why: --allow-lower "REASON"'
        )
    moved = []
    for figure in FIGURES:
        former, new = pinned.get(figure), _pinned(figure, summary[figure])
        if figure in NOT_PINNED and former is None:
            continue
        if figure in below:
            document.lowered.append(_record(name, figure, former, new, str(reason).strip()))
        elif new is None or (former is not None and not _is_worse(figure, former, new)):
            continue
        pinned[figure] = new
        moved.append(f"{name} {figure}: {'new' if former is None else former} -> {new}")
    document.floors[name] = {figure: floor for figure, floor in pinned.items() if floor is not None}
    replace_file(path, json.dumps(document.model_dump(), indent=2, ensure_ascii=False) + "\n")
    return moved


def gate_words(
    path: Path, name: str, summary: Mapping[str, Any], update: bool, reason: str | None
) -> tuple[bool, str]:
    """Whether a run passes, and what to say; with `update` the floors are pinned anew first.

    Raises GateError.
    """
    moved = update_floors(path, name, summary, reason) if update else []
    below = below_floors(path, name, summary)
    return not below, "\n".join(["gate: below the floors" if below else "gate: passed", *moved, *below])


def _record(
    name: str, figure: str, former: float | None, new: float | None, reason: str
) -> dict[str, object]:
    today = date.today().isoformat()
    return {"date": today, "set": name, "figure": figure, "from": former, "to": new, "reason": reason}


def _pinned(figure: str, value: float | None) -> float | None:
    """The floor, two decimals; None for a figure that does not apply."""
    if value is None:
        return None
    if figure in LOWER_IS_BETTER:
        return math.ceil(round(100 * (value + TOLERANCE), 6)) / 100
    return max(0.0, math.floor(round(100 * (value - TOLERANCE), 6)) / 100)


def _is_kept(figure: str, value: float | None, floor: float) -> bool:
    return value is not None and not _is_worse(figure, value, floor)


def _is_worse(figure: str, value: float, floor: float) -> bool:
    return value > floor if figure in LOWER_IS_BETTER else value < floor
