"""Figures: how much was asked and what came of it, by day or week, at which hours, of which articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from fastapi import APIRouter, Request, Response

from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render
from bot.desk.spreadsheet import as_csv, csv_response
from bot.operations.figures import QUOTED
from bot.operations.votes import Vote, VotesUnavailable

__all__ = ["Period", "figure_routes", "periods"]

By = Literal["day", "week"]
SPANS: dict[By, int] = {"day": 30, "week": 26 * 7}
"""Days that are shown: a month by days, half a year by weeks."""

LISTED = 20  # articles in the list of those that are quoted most
COLUMNS = ("asked", "answered", "unsure", "none", "other", "up", "down")


@dataclass(frozen=True)
class Period:
    """A day or a week, named by its first day; `other` are small talk and notices for people in need."""

    start: str
    answered: int = 0
    unsure: int = 0
    none: int = 0
    other: int = 0
    up: int = 0
    down: int = 0

    @property
    def asked(self) -> int:
        return self.answered + self.unsure + self.none + self.other


def periods(
    counts: Mapping[tuple[str, str], int], votes: Mapping[tuple[date, Vote], int], by: By, today: date
) -> list[Period]:
    """Every period of the span, the latest first; `counts` by (day, verdict), `votes` by (day, vote)."""
    found: dict[str, Counter[str]] = {_start(day, by): Counter() for day in _days(SPANS[by], today)}
    for (day, verdict), count in counts.items():
        if (start := _start(date.fromisoformat(day), by)) in found:
            found[start][verdict if verdict in ("answered", "unsure", "none") else "other"] += count
    for (voted_on, vote), count in votes.items():
        if (start := _start(voted_on, by)) in found:
            found[start][vote] += count
    return [Period(start, **counted) for start, counted in sorted(found.items(), reverse=True)]


def figure_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/figures")
    def show(request: Request, by: By = "day") -> Response:
        today = datetime.now().date()
        shown, hours = _periods(desk, by, today), desk.figures.by_hour(SPANS[by], today.isoformat())
        quoted = desk.figures.most(QUOTED, SPANS[by], today.isoformat(), LISTED)
        articles = desk.shelf.look().by_id
        titles = {found: articles[found].title for found, _ in quoted if found in articles}
        return render(
            request, desk, "figures.html", by=by, periods=shown, hours=[hours.get(h, 0) for h in range(24)],
            most=max((period.asked for period in shown), default=0), quoted=quoted, titles=titles,
            total=Period("", **{name: sum(getattr(p, name) for p in shown) for name in COLUMNS[1:]}),
        )  # fmt: skip

    @router.get("/desk/figures.csv")
    def download(by: By = "day") -> Response:
        rows = (
            (period.start, *(getattr(period, name) for name in COLUMNS))
            for period in _periods(desk, by, datetime.now().date())
        )
        return csv_response("figures.csv", as_csv((by, *COLUMNS), rows))

    return router


def _periods(desk: Desk, by: By, today: date) -> list[Period]:
    try:
        votes = desk.votes.by_day(today - timedelta(days=SPANS[by]))
    except VotesUnavailable:
        votes = {}
    return periods(desk.figures.by_day(SPANS[by], today.isoformat()), votes, by, today)


def _days(count: int, today: date) -> Iterable[date]:
    return (today - timedelta(days=before) for before in range(count))


def _start(day: date, by: By) -> str:
    """The day itself, or the Monday of its week."""
    return (day - timedelta(days=day.weekday() if by == "week" else 0)).isoformat()
