"""The tools, used by the protocol's official client over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.types import CallToolResult
from starlette.testclient import TestClient

from bot import messages
from bot.publisher import Publisher
from bot.web.server import create_app
from tests.bot.backups import votes_of
from tests.bot.web.running import running
from tests.bot.web.stub import PARCELS, QUOTES, StubBot

PUBLIC = "https://city.example/ask"
HELLO = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running service's address, like "http://127.0.0.1:40001"."""
    votes = votes_of(tmp_path_factory.mktemp("votes"))
    app = create_app(StubBot(), "/ask", publisher=Publisher(url=PUBLIC), votes=votes)
    with running(app) as address:
        yield address


def talk(address: str, speak: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    async def connected() -> Any:
        async with Client(f"{address}/mcp", mode=mode) as client:
            return await speak(client)

    return asyncio.run(connected())


def call(address: str, tool: str, mode: str = "auto", **arguments: object) -> CallToolResult:
    result = talk(address, lambda client: client.call_tool(tool, dict(arguments)), mode)
    assert isinstance(result, CallToolResult)
    return result


def words(result: CallToolResult) -> str:
    [content] = result.content
    return str(content.text)  # type: ignore[union-attr]


@MODES
def test_the_tools_say_what_they_take_and_give(address: str, mode: str) -> None:
    tools = {tool.name: tool for tool in talk(address, lambda client: client.list_tools(), mode).tools}
    assert set(tools) == {"ask", "get_article"}
    takes = tools["ask"].input_schema["properties"]
    assert (takes["top"]["minimum"], takes["top"]["maximum"]) == (1, 10)
    assert set(tools["ask"].output_schema["properties"]) >= {"verdict", "quotes", "answer_id"}
    assert tools["get_article"].input_schema["required"] == ["article_id"]


@MODES
def test_an_answer_is_that_of_the_api(address: str, mode: str) -> None:
    result = call(address, "ask", mode, question="实名收寄率要达到多少?", top=1)
    answer = result.structured_content
    shown, as_json = (content.text for content in result.content)
    assert json.loads(as_json) == answer
    assert shown.splitlines()[:3] == ["文章里这样写道：", "", "  实名收寄率必须达到百分之百。"]
    assert (answer["verdict"], answer["language"]) == ("answered", "zh-Hans")
    [quote] = answer["quotes"]
    assert quote["text"] == QUOTES["parcels"].text
    assert quote["link"] == "/articles/parcels?quote=1777-1805&of=086d5d54#quote"


def test_an_answer_can_be_judged(address: str) -> None:
    given = call(address, "ask", question="快递").structured_content["answer_id"]
    vote = {"answer_id": given, "vote": "up"}
    assert httpx2.post(f"{address}/api/feedback", json=vote).status_code == 204


def test_a_quote_stands_in_its_article(address: str) -> None:
    [quote] = call(address, "ask", question="快递", top=1).structured_content["quotes"]
    article = call(address, "get_article", article_id=quote["article"]["id"]).structured_content
    assert article["body"] == PARCELS.body
    assert article["body"][quote["start"] : quote["end"]] == quote["text"]
    assert [copy["id"] for copy in article["also_in"]] == ["reprint"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": "  "}, messages.EMPTY.to("en")),
        ("ask", {"question": "x" * 501}, messages.TOO_LONG.to("en", limit=500)),
        ("ask", {"question": "快递", "top": 11}, "top"),
        ("get_article", {"article_id": "nope"}, messages.NO_ARTICLE.to("en")),
        ("get_article", {"article_id": "gone"}, messages.WITHDRAWN_ARTICLE.to("en")),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(
    address: str, tool: str, arguments: dict[str, object], said: str
) -> None:
    result = call(address, tool, **arguments)
    assert result.is_error
    assert said in words(result)


def test_a_failure_does_not_tell_its_cause(address: str) -> None:
    result = call(address, "ask", question="崩溃")
    assert result.is_error
    assert "secret" not in words(result)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "city.example", "origin": "https://city.example"}, 200),
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"content-type": "text/plain"}, 415),
    ],
)
def test_only_its_own_hosts_and_pages_are_served(address: str, headers: dict[str, str], status: int) -> None:
    accept = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    response = httpx2.post(f"{address}/mcp", content=json.dumps(HELLO), headers=accept | headers)
    assert response.status_code == status
    assert response.headers["cache-control"] == "no-store"


def test_many_calls_in_one_are_refused(address: str) -> None:
    accept = {"accept": "application/json, text/event-stream"}
    assert httpx2.post(f"{address}/mcp", json=[HELLO] * 50, headers=accept).status_code == 400


@pytest.mark.parametrize("headers", [{"origin": "://"}, {"host": ""}, {"origin": ""}])
def test_where_no_address_is_set_an_empty_one_is_not_it(headers: dict[str, str]) -> None:
    accept = {"accept": "application/json, text/event-stream", "host": "127.0.0.1"}
    with TestClient(create_app(StubBot())) as client:
        assert client.post("/mcp", json=HELLO, headers=accept).status_code == 200
        refused = client.post("/mcp", json=HELLO, headers=accept | headers).status_code
    assert refused in ((200,) if headers == {"origin": ""} else (403, 421))


@pytest.mark.parametrize("path", ["/mcp/", "/mcp/x", "/gradio_api/mcp", "/gradio_api/mcp/sse"])
def test_no_other_path_is_open(address: str, path: str) -> None:
    assert httpx2.post(f"{address}{path}", json=HELLO).status_code == 404


def test_there_is_no_stream_to_wait_on(address: str) -> None:
    assert httpx2.get(f"{address}/mcp").status_code == 405
