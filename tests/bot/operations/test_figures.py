from __future__ import annotations

from datetime import datetime

from bot.operations.database import Database
from bot.operations.figures import QUOTED, Count, Figures

MORNING, EVENING = datetime(2026, 11, 27, 9, 30), datetime(2026, 11, 28, 20, 0)


def test_counts_add_up_by_day_and_by_hour(database: Database) -> None:
    figures = Figures(database)
    figures.add({Count.of_answer(MORNING, "answered"): 2, Count.of_answer(EVENING, "none"): 1})
    figures.add({Count.of_answer(MORNING, "answered"): 3, Count.of_answer(EVENING, "answered"): 1})
    assert figures.by_day(2, "2026-11-28") == {
        ("2026-11-27", "answered"): 5, ("2026-11-28", "none"): 1, ("2026-11-28", "answered"): 1,
    }  # fmt: skip
    assert figures.by_day(1, "2026-11-28") == {("2026-11-28", "none"): 1, ("2026-11-28", "answered"): 1}
    assert figures.by_hour(7, "2026-11-28") == {9: 5, 20: 2}


def test_the_most_quoted_articles_are_no_answers(database: Database) -> None:
    figures = Figures(database)
    figures.add({Count.of_quote(MORNING, "fire"): 1, Count.of_quote(EVENING, "water"): 2})
    figures.add({Count.of_quote(EVENING, "fire"): 3})
    assert figures.most(QUOTED, 7, "2026-11-28", 10) == [("fire", 4), ("water", 2)]
    assert figures.most(QUOTED, 1, "2026-11-28", 1) == [("fire", 3)]
    assert figures.by_hour(7, "2026-11-28") == {}
