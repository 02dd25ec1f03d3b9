from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from bot.desk.desk import Desk
from bot.desk.votes import by_day, votes_csv
from bot.operations.votes import Vote, VotesUnavailable
from tests.bot.backups import VOTE
from tests.bot.desk.browser import Browser

DOWN = replace(
    VOTE, answer_id="b" * 16, vote="down", comment="=1+1<script>", question="几点停水?", verdict="none"
)
OLD = replace(DOWN, answer_id="c" * 16, voted_on=date(2024, 1, 2))


@pytest.fixture(autouse=True)
def given(desk: Desk) -> None:
    for vote in (OLD, VOTE, DOWN):
        desk.votes.keep(vote)


def test_votes_are_counted_by_day() -> None:
    today, old = VOTE.voted_on, OLD.voted_on
    counts: dict[tuple[date, Vote], int] = {(old, "down"): 1, (today, "up"): 1, (today, "down"): 1}
    assert by_day(counts) == [(today.isoformat(), 1, 1), ("2024-01-02", 0, 1)]


def test_a_table_holds_no_formula() -> None:
    [heading, row] = list(csv.reader(votes_csv([OLD]).splitlines()))
    assert heading == ["day", "vote", "verdict", "question", "comment"]
    assert row == ["2024-01-02", "down", "none", "几点停水?", "'=1+1<script>"]


def test_a_publisher_reads_them_and_what_was_voted_down(publisher: Browser) -> None:
    publisher.get("/desk/votes")
    assert "3 votes" in publisher.said
    publisher.get("/desk/votes?vote=down")
    assert "2 votes" in publisher.said
    assert "停水吗?" not in publisher.said
    assert "=1+1&lt;script&gt;" in publisher.page.text
    assert publisher.get("/desk/votes?vote=x").status_code == 400
    assert publisher.get("/desk/votes.csv").text.startswith("\ufeffday,vote,verdict,question,comment")
    assert publisher.page.headers["content-disposition"] == 'attachment; filename="votes.csv"'


def test_editors_do_not(editor: Browser) -> None:
    assert editor.get("/desk/votes").status_code == editor.get("/desk/votes.csv").status_code == 403


def test_votes_that_cannot_be_read_now(
    publisher: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise VotesUnavailable("locked")

    for name, path in (("latest", "votes"), ("all", "votes.csv")):
        monkeypatch.setattr(desk.votes, name, fail)
        assert publisher.get(f"/desk/{path}").status_code == 503
