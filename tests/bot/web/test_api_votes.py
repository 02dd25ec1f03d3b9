"""POST /api/feedback, from an answer to its kept vote."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.operations.votes import Votes, VotesUnavailable
from bot.web.server import create_app
from tests.bot.backups import votes_of
from tests.bot.web.stub import StubBot


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Votes:
    return votes_of(tmp_path_factory.mktemp("votes"))


@pytest.fixture(scope="module")
def client(kept: Votes) -> TestClient:
    return TestClient(create_app(StubBot(), votes=kept), headers={"accept-language": "zh-CN"})


@pytest.fixture
def votes(kept: Votes) -> Votes:
    kept.delete()
    return kept


def answer_id(client: TestClient, question: str = "实名收寄率要达到多少?") -> str:
    return str(client.post("/api/ask", json={"question": question, "top": 1}).json()["answer_id"])


def vote(client: TestClient, **fields: object) -> httpx2.Response:
    return client.post("/api/feedback", json=fields)


def test_a_vote_is_kept_with_its_question(client: TestClient, votes: Votes) -> None:
    given = answer_id(client)
    assert vote(client, answer_id=given, vote="down", comment="没有\n回答").status_code == 204
    [kept] = votes.all()
    assert (kept.question, kept.vote, kept.comment) == ("实名收寄率要达到多少?", "down", "没有\n回答")
    assert kept.quotes == (("parcels", 1777, 1805),)
    vote(client, answer_id=given, vote="up")
    [kept] = votes.all()
    assert (kept.vote, kept.comment) == ("up", "")


def test_nothing_is_kept_of_a_question_without_a_vote(client: TestClient, votes: Votes) -> None:
    answer_id(client)
    assert votes.all() == []


def test_every_answer_has_an_id_of_its_own(client: TestClient) -> None:
    assert answer_id(client) != answer_id(client)


def test_an_answer_that_nobody_was_given_cannot_be_judged(client: TestClient, votes: Votes) -> None:
    response = vote(client, answer_id="A" * 16, vote="up")
    assert (response.status_code, response.json()["detail"]) == (404, messages.TOO_LATE_TO_VOTE.to("zh-Hans"))
    assert votes.all() == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"vote": "sideways"}, "vote"),
        ({"vote": None}, "vote"),
        ({"comment": "字" * 501}, "comment"),
        ({"comment": "\x1b[2J"}, "comment"),
        ({"comment": "\ud800"}, "comment"),
        ({"comment": 7}, "comment"),
        ({"answer_id": "../../etc/passwd"}, "answer_id"),
        ({"answer_id": "A" * 15 + "\n"}, "answer_id"),
        ({"answer_id": 7}, "answer_id"),
        ({"name": "张三"}, "name"),
    ],
)
def test_wrong_fields_are_named(client: TestClient, votes: Votes, change: dict[str, Any], wrong: str) -> None:
    body = json.dumps({"answer_id": answer_id(client), "vote": "up", **change})
    response = client.post("/api/feedback", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"][0]["pointer"] == f"#/{wrong}"
    assert votes.all() == []


def test_a_comment_may_have_500_characters(client: TestClient, votes: Votes) -> None:
    assert vote(client, answer_id=answer_id(client), vote="up", comment="字" * 500).status_code == 204


def test_who_votes_too_often_has_to_wait(votes: Votes) -> None:
    client = TestClient(create_app(StubBot(), votes=votes), headers={"accept-language": "zh-CN"})
    given = answer_id(client)
    assert {vote(client, answer_id=given, vote="up").status_code for _ in range(30)} == {204}
    refused = vote(client, answer_id=given, vote="down")
    assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
    seconds = int(refused.headers["retry-after"])
    assert 1 <= seconds <= 60
    assert refused.json()["detail"] == messages.TOO_MANY.to("zh-Hans", seconds=seconds)
    assert [kept.vote for kept in votes.all()] == ["up"]


def test_a_locked_file_costs_votes_and_nothing_else(tmp_path: Path) -> None:
    votes = votes_of(tmp_path)
    with closing(sqlite3.connect(tmp_path / "yuanwen.sqlite")) as other:
        service = TestClient(create_app(StubBot(), votes=votes))
        with service, ThreadPoolExecutor(20) as pool:
            given = answer_id(service)
            other.execute("BEGIN EXCLUSIVE")
            casting = [pool.submit(vote, service, answer_id=given, vote="up") for _ in range(20)]
            for address in ("/healthz", "/readyz", "/api/articles"):
                began = monotonic()
                assert service.get(address).status_code == 200
                assert monotonic() - began < 2
            assert answer_id(service)
            wait(casting, return_when=FIRST_COMPLETED)
            other.rollback()
            statuses = {cast.result().status_code for cast in casting}
        assert statuses <= {204, 503}
        assert 503 in statuses
        response = vote(service, answer_id=given, vote="up")
        assert response.status_code == 204


def test_a_vote_that_cannot_be_kept_is_a_problem(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    def keep(self: Votes, vote: object) -> None:
        raise VotesUnavailable("the disk is full")

    monkeypatch.setattr(Votes, "keep", keep)
    response = vote(client, answer_id=answer_id(client), vote="up")
    assert (response.status_code, response.headers["retry-after"]) == (503, "60")
    assert response.json()["detail"] == messages.NO_VOTES_NOW.to("zh-Hans")
