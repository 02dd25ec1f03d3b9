import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic

import pytest

from bot.answering.bot import Answer
from bot.operations.database import Database, open_database
from bot.operations.votes import VoteRecord, Votes, VotesUnavailable, vote_record
from tests.bot.backups import votes_of
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


def test_votes_are_kept_in_the_database(database: Database) -> None:
    Votes(database).keep(VOTE)
    assert Votes(database).all() == [VOTE]


def test_numbers_of_persons_are_masked() -> None:
    vote = vote_record(replace(ANSWER, question="我13800138000,实名率?"), "down", "打豫Q12345找我")
    assert (vote.question, vote.comment) == ("我***,实名率?", "打***找我")


def test_a_later_vote_takes_the_place_of_an_earlier_one(database: Database) -> None:
    votes = Votes(database)
    other = VoteRecord(**{**vars(VOTE), "answer_id": "b" * 16})
    changed = VoteRecord(**{**vars(VOTE), "vote": "up", "comment": ""})
    for vote in (VOTE, other, changed):
        votes.keep(vote)
    assert votes.all() == [other, changed]


@pytest.mark.parametrize(
    "text", ["", "第一行\n第二行", "'; DROP TABLE votes; --", "\u2028😀%(x)s :y ?", "x" * 5000]
)
def test_any_text_comes_back(database: Database, text: str) -> None:
    votes, vote = Votes(database), replace(VOTE, question=text, comment=text)
    votes.keep(vote)
    assert votes.all() == [vote]


@pytest.mark.parametrize(("answer_id", "deleted", "left"), [("a" * 16, 1, 1), ("c" * 16, 0, 2), ("", 2, 0)])
def test_what_is_deleted_is_gone_from_the_file(
    tmp_path: Path, answer_id: str, deleted: int, left: int
) -> None:
    votes = votes_of(tmp_path)
    votes.keep(VOTE)
    votes.keep(replace(VOTE, answer_id="b" * 16, comment="other words"))
    assert votes.delete(answer_id) == deleted
    assert len(votes.all()) == left
    assert ("没有回答".encode() in (tmp_path / "yuanwen.sqlite").read_bytes()) == (deleted == 0)


def test_two_processes_see_one_anothers_votes(url: str) -> None:
    with closing(open_database(url)) as one, closing(open_database(url)) as other:
        service, command = Votes(one), Votes(other)
        service.keep(VOTE)
        assert command.delete(VOTE.answer_id) == 1
        assert service.all() == []


def test_without_a_database_none_can_be_kept() -> None:
    for call in (lambda: Votes().keep(VOTE), Votes().all, Votes().delete):
        with pytest.raises(VotesUnavailable, match="no database"):
            call()


def test_a_database_that_is_damaged_later_costs_votes(tmp_path: Path) -> None:
    votes = votes_of(tmp_path)
    for number in range(200):
        votes.keep(replace(VOTE, answer_id=str(number), comment="x" * 400))
    path = tmp_path / "yuanwen.sqlite"
    with path.open("r+b") as file:
        file.seek(24)  # from the counter of changes on, so that nothing is taken from the cache
        file.write(b"\xff" * (path.stat().st_size - 24))
    for call in (votes.all, lambda: votes.keep(VOTE), votes.delete):
        with pytest.raises(VotesUnavailable, match="cannot be used now"):
            call()


def test_a_locked_file_is_told_within_a_second_and_used_once_it_is_free(tmp_path: Path) -> None:
    votes = votes_of(tmp_path)
    with closing(sqlite3.connect(tmp_path / "yuanwen.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = monotonic()
        with pytest.raises(VotesUnavailable, match="locked"):
            votes.keep(VOTE)
        assert monotonic() - began < 2
    votes.keep(VOTE)
    assert votes.all() == [VOTE]


FORMER_VOTES = """
CREATE TABLE votes (
    answer_id TEXT PRIMARY KEY, vote TEXT NOT NULL, comment TEXT NOT NULL, question TEXT NOT NULL,
    language TEXT NOT NULL, verdict TEXT NOT NULL, confidence REAL NOT NULL, quotes TEXT NOT NULL,
    voted_on TEXT NOT NULL
);
INSERT INTO votes VALUES ('aaaaaaaaaaaaaaaa', 'down', '没有回答', '实名率?', 'zh-Hans', 'answered', 0.6,
    '[["parcels", 1777, 1805]]', '2026-11-24');
"""


def test_the_votes_of_a_former_version_are_taken_over_once(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "feedback.sqlite"
    with closing(sqlite3.connect(path)) as former:
        former.executescript(FORMER_VOTES)
    votes = Votes(database)
    with caplog.at_level("INFO"):
        assert votes.take_over(tmp_path) == 1
    assert votes.all() == [VOTE]
    assert caplog.messages[-1] == f"1 votes of {path} are in the database now"
    assert (path.exists(), votes.take_over(tmp_path)) == (False, 0)


@pytest.mark.parametrize("damage", [b"\xff" * 5000, b"SQLite format 3\0" + b"\x07" * 5000])
def test_a_damaged_file_of_a_former_version_stays(
    database: Database, tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_bytes(damage)
    votes = Votes(database)
    assert (votes.take_over(tmp_path), votes.all()) == (0, [])
    assert path.read_bytes() == damage
    assert str(path) in caplog.messages[-1]


def test_votes_are_counted_by_day(database: Database) -> None:
    votes, day = Votes(database), VOTE.voted_on
    for number, vote in enumerate(("up", "down", "down")):
        votes.keep(replace(VOTE, answer_id=str(number), vote=vote))  # type: ignore[arg-type]
    votes.keep(replace(VOTE, answer_id="old", voted_on=date(2020, 1, 1)))
    assert votes.by_day(day) == {(day, "up"): 1, (day, "down"): 2}
