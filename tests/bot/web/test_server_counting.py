"""Every face's answers are counted, each with the address of who asked."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from bot.answering.answer import Answer
from bot.operations.database import database_url, open_database
from bot.operations.keeping import Keeper
from bot.web.server import create_app
from tests.bot.web.driver import Page
from tests.bot.web.stub import StubBot


class Noting(Keeper):
    def __init__(self, state: Path) -> None:
        super().__init__(open_database(database_url("", state)))
        self.noted: list[tuple[str, str]] = []

    def note(self, answer: Answer, address: str) -> None:
        self.noted.append((answer.question, address))


def test_page_api_and_tools_are_counted(tmp_path: Path) -> None:
    keeper = Noting(tmp_path)
    with TestClient(create_app(StubBot(), keeper=keeper), client=("192.0.2.7", 1)) as client:
        client.post("/api/ask", json={"question": "api"})
        Page(client).ask("page")
        call = {"name": "ask", "arguments": {"question": "tool"}}
        client.post(
            "/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call},
            headers={"accept": "application/json, text/event-stream", "host": "127.0.0.1"},
        )
    assert keeper.noted == [(question, "192.0.2.7") for question in ("api", "page", "tool")]
