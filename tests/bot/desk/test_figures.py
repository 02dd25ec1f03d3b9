from __future__ import annotations

import csv
from datetime import date, datetime

import pytest

from bot.desk.desk import Desk
from bot.desk.figures import Period, periods
from bot.operations.figures import Count
from bot.operations.votes import Vote
from corpus.article import Article, to_markdown
from tests.bot.desk.browser import Browser

SATURDAY = date(2026, 11, 28)
COUNTS = {("2026-11-28", "answered"): 3, ("2026-11-28", "talk"): 1, ("2026-11-23", "none"): 2}
VOTES: dict[tuple[date, Vote], int] = {(SATURDAY, "up"): 1, (date(2026, 11, 24), "down"): 1}


def test_by_day_every_day_is_there() -> None:
    found = periods(COUNTS, VOTES, "day", SATURDAY)
    assert len(found) == 30
    assert found[0] == Period("2026-11-28", answered=3, other=1, up=1)
    assert found[0].asked == 4
    assert (found[1], found[4]) == (Period("2026-11-27"), Period("2026-11-24", down=1))


def test_by_week_from_monday() -> None:
    found = periods({**COUNTS, ("2020-01-01", "answered"): 9}, VOTES, "week", SATURDAY)
    assert found[0] == Period("2026-11-23", answered=3, none=2, other=1, up=1, down=1)
    assert (len(found), found[1]) == (27, Period("2026-11-16"))


@pytest.fixture
def counted(desk: Desk) -> None:
    now = datetime.now().replace(hour=9)
    desk.figures.add({Count.of_answer(now, "answered"): 7, Count.of_answer(now, "none"): 2})
    desk.figures.add({Count.of_quote(now, "water"): 5, Count.of_quote(now, "gone"): 1})
    (desk.articles / "water.md").write_text(to_markdown(Article("water", "停水", "明天停水。")), "utf-8")


@pytest.mark.usefixtures("counted")
def test_a_publisher_sees_days_hours_and_articles(publisher: Browser) -> None:
    publisher.get("/desk/figures")
    today = datetime.now().date().isoformat()
    assert f"{today} 9 7 0 2 0 0 0" in publisher.said
    assert "9:00 9" in publisher.said
    assert "停水 · 5" in publisher.said
    assert "gone · 1" in publisher.said
    assert publisher.get("/desk/figures?by=week").status_code == 200
    assert publisher.get("/desk/figures?by=year").status_code == 400
    rows = list(
        csv.reader(publisher.get("/desk/figures.csv?by=day").text.removeprefix("\ufeff").splitlines())
    )
    assert rows[:2] == [
        ["day", "asked", "answered", "unsure", "none", "other", "up", "down"],
        [today, "9", "7", "0", "2", "0", "0", "0"],
    ]


def test_editors_do_not(editor: Browser) -> None:
    assert editor.get("/desk/figures").status_code == editor.get("/desk/figures.csv").status_code == 403
