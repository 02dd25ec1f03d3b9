"""A paused bot gives one sentence on every face, and notices to whoever is in need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.operations.database import database_url, open_database
from bot.operations.site import Site
from bot.settings import Settings
from bot.web.pausing import Pausing
from bot.web.server import create_app
from tests.bot.web.driver import Page
from tests.bot.web.stub import StubBot

SENTENCE = "正在维护，明天再来。"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    for name in [name for name in os.environ if name.startswith("YUANWEN_")]:
        monkeypatch.delenv(name)
    return Site(Settings(), open_database(database_url("", tmp_path)))


def test_every_face_says_the_sentence_at_once(site: Site) -> None:
    stub = StubBot()
    call = {"name": "ask", "arguments": {"question": "实名收寄率?"}}
    headers = {"accept": "application/json, text/event-stream", "host": "127.0.0.1"}
    with TestClient(create_app(stub, site=site), headers={"accept-language": "zh-CN"}) as client:
        stub.asked.clear()
        site.set_pause(SENTENCE, "chief")
        answer = client.post("/api/ask", json={"question": "实名收寄率?"}).json()
        assert (answer["verdict"], answer["reply"], answer["quotes"]) == ("talk", SENTENCE, [])
        page = Page(client)
        assert f'<p id="paused" role="status">{SENTENCE}</p>' in page.html
        assert SENTENCE in page.ask("实名收寄率?")[1]
        tool = client.post(
            "/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call},
            headers=headers,
        )
        assert tool.json()["result"]["structuredContent"]["reply"] == SENTENCE
        assert "实名收寄率?" not in [question for question, *_ in stub.asked]  # the start may ask its own
        site.set_pause("", "chief")
        assert client.post("/api/ask", json={"question": "实名收寄率?"}).json()["verdict"] == "answered"
        assert 'id="paused"' not in client.get("/").text


def test_whoever_is_in_need_gets_the_notice_too() -> None:
    answer = Pausing(StubBot(), lambda: SENTENCE).ask("家里着火了")
    assert ([card.id for card in answer.cards], answer.quotes) == (["fire"], ())
    assert answer.reply == f"火警\n打 119。\n\n{SENTENCE}"


def test_the_widgets_sites_change_at_once(site: Site) -> None:
    client = TestClient(create_app(StubBot(), site=site))
    headers = {"origin": "https://www.example.com"}
    assert "access-control-allow-origin" not in client.get("/api/articles", headers=headers).headers
    site.set({"widget_origins": "https://www.example.com"}, "root")
    allowed = client.get("/api/articles", headers=headers).headers["access-control-allow-origin"]
    assert allowed == "https://www.example.com"


def test_follow_ups_are_none_while_it_is_paused() -> None:
    stub = StubBot()
    answer = stub.ask("实名?")
    assert Pausing(stub, lambda: SENTENCE).follow_ups(answer, (), "en") == ()
    assert Pausing(stub, str).follow_ups(answer, (), "en") == stub.follow_ups(answer, (), "en")
