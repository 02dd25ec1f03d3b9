"""What visitors thought of answers: how many, day by day, each with its question; and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render
from bot.operations.votes import VoteRecord, VotesUnavailable
from bot.web.problems import Problem

__all__ = ["by_day", "table", "vote_routes"]

SHOWN = 200
"""Votes on the page; the CSV has all."""

DAYS = 30
VERDICTS = {
    "answered": messages.DESK_ANSWERED,
    "unsure": messages.DESK_UNSURE,
    "none": messages.DESK_REFUSED_ANSWER,
    "talk": messages.DESK_TALK,
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at a cell's beginning."""


def by_day(votes: Iterable[VoteRecord]) -> list[tuple[str, int, int]]:
    """Day, votes up and votes down, the latest day first."""
    counted = Counter((vote.voted_on.isoformat(), vote.vote) for vote in votes)
    days = sorted({day for day, _ in counted}, reverse=True)
    return [(day, counted[day, "up"], counted[day, "down"]) for day in days]


def table(votes: Iterable[VoteRecord]) -> str:
    """The votes as CSV with a heading; what could be a formula begins with an apostrophe."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("day", "vote", "verdict", "question", "comment"))
    for vote in votes:
        cells = (vote.voted_on.isoformat(), vote.vote, vote.verdict, vote.question, vote.comment)
        rows.writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    return text.getvalue()


def vote_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/votes")
    def show(request: Request, vote: Literal["", "up", "down"] = "") -> Response:
        votes = _all(desk)
        shown = [one for one in reversed(votes) if vote in ("", one.vote)]
        return render(
            request, desk, "votes.html", votes=shown[:SHOWN], count=len(shown), wanted=vote,
            days=by_day(votes)[:DAYS], verdicts=VERDICTS,
        )  # fmt: skip

    @router.get("/desk/votes.csv")
    def download() -> Response:
        headers = {"Content-Disposition": 'attachment; filename="votes.csv"', "Cache-Control": "no-store"}
        # The mark has spreadsheets read it as UTF-8.
        return Response("\ufeff" + table(_all(desk)), headers=headers, media_type="text/csv; charset=utf-8")

    return router


def _all(desk: Desk) -> list[VoteRecord]:
    """Raises Problem (503)."""
    try:
        return desk.votes.all()
    except VotesUnavailable:
        raise Problem(503, messages.NO_VOTES_NOW) from None
