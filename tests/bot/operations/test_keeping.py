from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy.exc import OperationalError

from bot.answering.answer import Answer, CuratedParts
from bot.answering.cards import Card
from bot.operations.database import Database
from bot.operations.figures import CARD, QUOTED
from bot.operations.keeping import Keeper, Noted
from bot.settings import KeepQuestions
from tests.bot.web.stub import PARCELS, QUOTES

NOW = datetime(2026, 11, 28, 9, 30)
ANSWER = Answer("我13800138000,几点停水?", "zh-Hans", "answered", 0.9, (QUOTES["parcels"],), (PARCELS,), 1.0)
MASKED = "我***,几点停水?"


def noted(answer: Answer, *addresses: str) -> list[Noted]:
    return [Noted(answer, address, NOW) for address in addresses]


def kept(keeper: Keeper) -> list[tuple[str, int]]:
    return keeper.questions.wordings(0, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("keep", "addresses", "found"),
    [
        ("off", 6, []),
        ("all", 1, [(MASKED, 1)]),
        ("all", 6, [(MASKED, 6)]),
        ("shared", 4, []),
        ("shared", 6, [(MASKED, 6)]),
    ],
)
def test_what_is_kept_is_what_the_publisher_allows(
    database: Database, keep: KeepQuestions, addresses: int, found: list[tuple[str, int]]
) -> None:
    keeper = Keeper(database, keep)
    keeper.write(noted(ANSWER, *(f"192.0.2.{n}" for n in range(addresses))))
    assert kept(keeper) == found
    assert keeper.figures.by_day(1, "2026-11-28") == {("2026-11-28", "answered"): addresses}
    assert keeper.figures.most(QUOTED, 1, "2026-11-28", 9) == [("parcels", addresses)]


def test_small_talk_and_people_in_need_are_counted_and_not_kept(database: Database) -> None:
    keeper = Keeper(database, "all")
    card = Card("suicide", "x", "y", ())
    talk = replace(ANSWER, verdict="talk", quotes=())
    keeper.write(noted(talk, "a") + noted(replace(ANSWER, cards=(card,)), "a"))
    assert kept(keeper) == []
    assert keeper.figures.by_day(1, "2026-11-28") == {("2026-11-28", "talk"): 1, ("2026-11-28", "card"): 1}
    assert keeper.figures.most(CARD, 1, "2026-11-28", 9) == [("suicide", 1)]


def test_each_question_of_a_line_is_one(database: Database) -> None:
    keeper = Keeper(database, "all")
    parts = (
        replace(ANSWER, question="停水吗?"),
        replace(ANSWER, question="停电吗?", verdict="none", quotes=()),
    )
    keeper.write(noted(replace(ANSWER, parts=parts), "a"))
    assert sorted(kept(keeper)) == [("停水吗?", 1), ("停电吗?", 1)]
    assert keeper.figures.by_day(1, "2026-11-28") == {
        ("2026-11-28", "answered"): 1,
        ("2026-11-28", "none"): 1,
    }


def test_the_same_of_one_address_counts_once_within_an_hour(database: Database) -> None:
    keeper = Keeper(database, "all")
    keeper.start()
    for address in ("a", "a", "b", "", ""):
        keeper.note(ANSWER, address)
    keeper.stop()
    today = datetime.now().date()
    assert keeper.figures.by_day(1, today.isoformat()) == {(today.isoformat(), "answered"): 4}
    assert kept(keeper) == [(MASKED, 4)]


def test_a_database_that_fails_costs_figures_and_no_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Keeper(database, "all")

    def fail(counts: object) -> None:
        raise OperationalError("", {}, Exception("locked"))

    monkeypatch.setattr(keeper.figures, "add", fail)
    keeper.start()
    keeper.note(ANSWER, "a")
    keeper.stop()
    assert "1 answers are not counted" in caplog.text


def test_once_it_is_off_what_was_kept_is_deleted(database: Database) -> None:
    Keeper(database, "all").write(noted(ANSWER, "a"))
    keeper = Keeper(database, "off")
    keeper.start()
    keeper.stop()
    assert keeper.questions.count() == 0


def test_what_editors_had_a_part_in_is_counted_without_its_words(database: Database) -> None:
    keeper = Keeper(database)
    pinned = replace(
        ANSWER, curated=(CuratedParts("pin", "parcels\n几点停水?"), CuratedParts("synonym", "停水"))
    )
    keeper.write(noted(pinned, "a", "b"))
    keys = ("parcels\n几点停水?", "parcels\n几时停水?")
    assert keeper.figures.curated("pin", keys, 1, "2026-11-28") == {keys[0]: 2}
    assert keeper.figures.curated("synonym", ["停水"], 1, "2026-11-28") == {"停水": 2}
    assert "停水" not in str(keeper.figures.most("pin", 1, "2026-11-28", 9))
