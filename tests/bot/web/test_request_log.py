"""A line and figures a request, and in none of them a visitor's words or address."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.operations.metrics import Metrics
from bot.web.server import create_app
from tests.bot.web.driver import Page
from tests.bot.web.stub import StubBot

TOKEN = "correct-horse-battery"
WORDS = [chr(code) * 2 + chr(code + 7) for code in range(0x5000, 0x5000 + 1000)]


@pytest.fixture
def client() -> Iterator[TestClient]:
    service = create_app(StubBot(), questions_per_minute=10_000, metrics_token=TOKEN)
    with TestClient(service, client=("203.0.113.77", 50123), raise_server_exceptions=False) as client:
        yield client


def told(log: io.StringIO) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in lines if line["event"] == "request"]


def test_a_line_a_request(client: TestClient, log: io.StringIO) -> None:
    given = client.post("/api/ask", json={"question": "快递?"}, headers={"X-Request-ID": "proxy-7"})
    client.get("/api/articles/parcels")
    client.post("/api/ask", json={"question": ""})
    client.get("/没有这一页")
    assert given.headers["x-request-id"] == "proxy-7"
    lines = told(log)
    milliseconds = [line.pop("milliseconds") for line in lines]
    assert all(isinstance(value, int) for value in milliseconds)
    first = {name: value for name, value in lines[0].items() if name not in ("timestamp", "logger")}
    assert first == {
        "event": "request",
        "level": "info",
        "request_id": "proxy-7",
        "method": "POST",
        "route": "/api/ask",
        "status": 200,
        "verdict": "answered",
    }
    assert [(line["route"], line["status"], line.get("refusal")) for line in lines[1:]] == [
        ("/api/articles/{article_id}", 200, None),
        ("/api/ask", 422, "question-empty"),
        ("other", 404, "404"),
    ]


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "快递", "a\tb"])
def test_an_id_that_is_none_is_replaced(client: TestClient, given: str) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": given.encode()})
    assert len(response.headers["x-request-id"]) == 16


@pytest.mark.slow
def test_nothing_that_a_visitor_says_is_logged_or_counted(client: TestClient, log: io.StringIO) -> None:
    page = Page(client)
    for number, word in enumerate(WORDS):
        match number % 10:
            case 0:
                client.get(f"/{word}", params={"question": word})
            case 1:
                client.get(f"/articles/{word}")
            case 2:
                client.post("/api/ask", json={"question": f"崩溃{word}"})
            case 3:
                client.post(f"/api/{word}", json={word: word}, headers={"User-Agent": word.encode()})
            case 4 if number < 100:
                page.ask(f"快递{word}")
            case _:
                client.post("/api/ask", json={"question": f"快递{word}?", "history": [word]})
    figures = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    said = log.getvalue()
    assert len(told(log)) > 1000
    assert "yuanwen_answers_total" in figures
    for place in (said, figures):
        assert [word for word in WORDS if word in place or json.dumps(word)[1:-1] in place] == []
        assert "203.0.113" not in place


def test_metrics_are_for_whoever_shows_the_token(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    assert "yuanwen_queue_waiting 0.0" in response.text


def test_without_a_token_there_are_none() -> None:
    with TestClient(create_app(StubBot(), metrics=Metrics())) as client:
        assert client.get("/metrics").status_code == 404
