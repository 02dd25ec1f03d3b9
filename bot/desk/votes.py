"""What visitors thought of answers: how many, day by day, each with its question; and as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render
from bot.desk.spreadsheet import as_csv, csv_response
from bot.operations.votes import VoteRecord, VotesUnavailable
from bot.web.problems import Problem

__all__ = ["VERDICTS", "by_day", "vote_routes", "votes_csv"]

SHOWN = 200
"""Votes on the page; the CSV has all."""

DAYS = 30
VERDICTS = {
    "answered": messages.DESK_ANSWERED,
    "unsure": messages.DESK_UNSURE,
    "none": messages.DESK_REFUSED_ANSWER,
    "talk": messages.DESK_TALK,
}


def by_day(votes: Iterable[VoteRecord]) -> list[tuple[str, int, int]]:
    """Day, votes up and votes down, the latest day first."""
    counted = Counter((vote.voted_on.isoformat(), vote.vote) for vote in votes)
    days = sorted({day for day, _ in counted}, reverse=True)
    return [(day, counted[day, "up"], counted[day, "down"]) for day in days]


def votes_csv(votes: Iterable[VoteRecord]) -> str:
    """The votes as CSV with a heading."""
    rows = ((v.voted_on.isoformat(), v.vote, v.verdict, v.question, v.comment) for v in votes)
    return as_csv(("day", "vote", "verdict", "question", "comment"), rows)


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
        return csv_response("votes.csv", votes_csv(_all(desk)))

    return router


def _all(desk: Desk) -> list[VoteRecord]:
    """Raises Problem (503)."""
    try:
        return desk.votes.all()
    except VotesUnavailable:
        raise Problem(503, messages.NO_VOTES_NOW) from None
