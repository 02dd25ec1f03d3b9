"""Votes of visitors at the desk: counts day by day, each vote with its question, and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render
from bot.desk.spreadsheet import as_csv, csv_response
from bot.operations.votes import Vote, VoteRecord, VotesUnavailable
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


def by_day(counts: Mapping[tuple[date, Vote], int]) -> list[tuple[str, int, int]]:
    """Day, votes up and votes down, the latest day first."""
    days = sorted({day for day, _ in counts}, reverse=True)
    return [(day.isoformat(), counts.get((day, "up"), 0), counts.get((day, "down"), 0)) for day in days]


def votes_csv(votes: Iterable[VoteRecord]) -> str:
    """The votes as CSV with a heading."""
    rows = ((v.voted_on.isoformat(), v.vote, v.verdict, v.question, v.comment) for v in votes)
    return as_csv(("day", "vote", "verdict", "question", "comment"), rows)


def vote_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/votes")
    def show(request: Request, vote: Literal["", "up", "down"] = "") -> Response:
        since = datetime.now(UTC).date() - timedelta(days=DAYS - 1)
        with _told():
            counts, latest = desk.votes.by_day(since), desk.votes.latest(SHOWN, vote)
            count = desk.votes.count(vote)
        return render(
            request, desk, "votes.html", votes=latest, count=count, wanted=vote, days=by_day(counts),
            verdicts=VERDICTS,
        )  # fmt: skip

    @router.get("/desk/votes.csv")
    def download() -> Response:
        with _told():
            return csv_response("votes.csv", votes_csv(desk.votes.all()))

    return router


@contextmanager
def _told() -> Iterator[None]:
    """Raises Problem (503) where the votes cannot be read."""
    try:
        yield
    except VotesUnavailable:
        raise Problem(503, messages.NO_VOTES_NOW) from None
