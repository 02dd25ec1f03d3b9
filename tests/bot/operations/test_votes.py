import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.bot import Answer
from bot.operations.votes import VoteRecord, Votes, VotesUnavailable, vote_record
from tests.bot.web.stub import PARCELS, QUOTES

ANSWER = Answer(
    "实名率?", "zh-Hans", "answered", 0.6, (QUOTES["parcels"],), (PARCELS,), 1.5, answer_id="a" * 16
)
VOTE = VoteRecord(
    "a" * 16,
    "down",
    "没有回答",
    "实名率?",
    "zh-Hans",
    "answered",
    0.6,
    (("parcels", 1777, 1805),),
    date(2026, 11, 24),
)


def test_a_vote_says_what_it_is_about_and_of_the_time_only_the_day() -> None:
    before = datetime.now(UTC).date()
    vote = vote_record(ANSWER, "down", "没有回答")
    assert before <= vote.voted_on <= datetime.now(UTC).date()
    assert vote == VoteRecord(**{**vars(VOTE), "voted_on": vote.voted_on})


def test_votes_are_kept_in_the_file(tmp_path: Path) -> None:
    Votes(tmp_path / "votes").keep(VOTE)
    assert Votes(tmp_path / "votes").all() == [VOTE]


def test_a_later_vote_takes_the_place_of_an_earlier_one() -> None:
    votes = Votes()
    other = VoteRecord(**{**vars(VOTE), "answer_id": "b" * 16})
    changed = VoteRecord(**{**vars(VOTE), "vote": "up", "comment": ""})
    for vote in (VOTE, other, changed):
        votes.keep(vote)
    assert votes.all() == [other, changed]


@given(st.text(), st.text())
def test_any_text_comes_back(question: str, comment: str) -> None:
    vote = VoteRecord(**{**vars(VOTE), "question": question, "comment": comment})
    votes = Votes()
    try:
        question.encode(), comment.encode()
    except UnicodeEncodeError:
        return
    votes.keep(vote)
    assert votes.all() == [vote]


@pytest.mark.parametrize(("answer_id", "deleted", "left"), [("a" * 16, 1, 1), ("c" * 16, 0, 2), ("", 2, 0)])
def test_what_is_deleted_is_gone_from_the_file(
    tmp_path: Path, answer_id: str, deleted: int, left: int
) -> None:
    votes = Votes(tmp_path / "votes")
    votes.keep(VOTE)
    votes.keep(VoteRecord(**{**vars(VOTE), "answer_id": "b" * 16, "comment": "other words"}))
    assert votes.delete(answer_id) == deleted
    assert len(votes.all()) == left
    assert ("没有回答".encode() in (tmp_path / "votes").read_bytes()) == (deleted == 0)


def test_two_processes_see_one_anothers_votes(tmp_path: Path) -> None:
    service, command = Votes(tmp_path / "votes"), Votes(tmp_path / "votes")
    service.keep(VOTE)
    assert command.delete(VOTE.answer_id) == 1
    assert service.all() == []


@pytest.mark.parametrize("damage", [b"\xff" * 5000, b"SQLite format 3\0" + b"\x07" * 5000])
def test_a_damaged_file_is_moved_aside_and_another_begun(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "votes"
    path.write_bytes(damage)
    votes = Votes(path)
    votes.keep(VOTE)
    assert Votes(path).all() == [VOTE]
    [aside] = tmp_path.glob("votes.damaged-*")
    assert aside.read_bytes() == damage
    [record] = caplog.records
    assert str(aside) in record.getMessage()


def test_a_file_that_is_damaged_later_costs_one_vote(tmp_path: Path) -> None:
    path = tmp_path / "votes"
    votes = Votes(path)
    for number in range(200):
        votes.keep(VoteRecord(**{**vars(VOTE), "answer_id": str(number), "comment": "x" * 400}))
    with path.open("r+b") as file:
        file.seek(24)  # from the counter of changes on, so that nothing is taken from the cache
        file.write(b"\xff" * (path.stat().st_size - 24))
    with pytest.raises(VotesUnavailable, match="were damaged"):
        votes.all()
    votes.keep(VOTE)
    assert votes.all() == [VOTE]


def test_a_locked_file_is_told_within_a_second_and_used_once_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "votes"
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        votes = Votes(path)
        began = monotonic()
        with pytest.raises(VotesUnavailable, match="locked"):
            votes.keep(VOTE)
        assert monotonic() - began < 2
    votes.keep(VOTE)
    assert votes.all() == [VOTE]
