from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from bot.operations.database import Database
from bot.operations.questions import QuestionBook, QuestionRecord, since_day
from bot.operations.votes import Votes
from tests.bot.backups import VOTE

TODAY = date(2026, 11, 28)
DAY = TODAY.isoformat()


def by_first_letter(texts: Sequence[str]) -> np.ndarray:
    """Questions that begin alike are alike."""
    vectors = np.zeros((len(texts), 64), np.float32)
    for row, text in enumerate(texts):
        vectors[row, ord(text[0]) % 64] = 1
    return vectors


def asked(question: str, verdict: str = "answered", day: str = DAY) -> QuestionRecord:
    return QuestionRecord(day, question.rstrip("?"), question, "zh-Hans", verdict)


def filled(database: Database) -> QuestionBook:
    book = QuestionBook(database, by_first_letter)
    book.add({asked("水停吗?"): 3, asked("水几点停?", "none"): 2, asked("电停吗?", "unsure"): 4})
    book.add({asked("水停吗?"): 1, asked("水停吗?", day="2026-10-01"): 9})
    while book.sort(2):
        pass
    return book


def test_questions_are_grouped_by_likeness_and_counted(database: Database) -> None:
    book = filled(database)
    found = book.groups(since_day(TODAY, 30), "asked")
    assert {group.question[0]: (group.asked, group.none, group.unsure) for group in found} == {
        "水": (6, 2, 0),
        "电": (4, 0, 4),
    }
    assert [group.question[0] for group in found] == ["水", "电"]
    assert [group.question[0] for group in book.groups(since_day(TODAY, 30), "none")] == ["水"]
    assert [group.question[0] for group in book.groups(since_day(TODAY, 30), "unsure")] == ["电"]
    assert book.groups(since_day(TODAY, 90), "asked", most=1)[0].asked == 15
    assert book.wordings(found[0].id, since_day(TODAY, 30)) == [("水停吗?", 4), ("水几点停?", 2)]


def test_another_process_knows_the_groups(database: Database) -> None:
    filled(database)
    again = QuestionBook(database, by_first_letter)
    again.add({asked("水多少钱?"): 1})
    assert again.sort() == 1
    assert [group.asked for group in again.groups(since_day(TODAY, 30), "asked")] == [7, 4]


def test_what_is_settled_is_listed_by_itself(database: Database) -> None:
    book = filled(database)
    first = book.groups(since_day(TODAY, 30), "asked")[0]
    book.set_state(first.id, "not for us")
    assert len(book.groups(since_day(TODAY, 30), "asked")) == 1
    [settled] = book.groups(since_day(TODAY, 30), "asked", "not for us")
    assert (settled.id, settled.state) == (first.id, "not for us")
    assert book.group(first.id, since_day(TODAY, 30)) == settled
    assert book.group(999, since_day(TODAY, 30)) is None


def test_what_is_older_is_deleted_and_the_rest_grouped_anew(database: Database) -> None:
    book = QuestionBook(database, by_first_letter)
    book.add({asked("水停吗?", day="2026-10-01"): 1})
    book.sort()
    book.add({asked("水几点停?"): 2})
    book.sort()
    book.purge(date(2026, 11, 1))
    assert (book.count(), book.groups(date(2026, 1, 1), "asked")) == (1, [])
    book.sort()
    assert [group.question for group in book.groups(date(2026, 1, 1), "asked")] == ["水几点停?"]


def test_votes_down_are_counted_with_what_was_said(database: Database) -> None:
    book, votes = filled(database), Votes(database)
    votes.keep(replace(VOTE, answer_id="1", question="水几点停? ", vote="down", comment="没说几点"))
    votes.keep(replace(VOTE, answer_id="2", question="水停吗?", vote="down", comment=""))
    votes.keep(replace(VOTE, answer_id="3", question="水停吗?", vote="up", comment="好"))
    votes.keep(replace(VOTE, answer_id="4", question="别的?", vote="down", comment="无关"))
    since = since_day(VOTE.voted_on, 30)
    [water] = book.groups(min(since, since_day(TODAY, 30)), "down")
    assert (water.question[0], water.down) == ("水", 2)
    assert book.comments(water.id, since) == ["没说几点"]
