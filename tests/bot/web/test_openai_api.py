"""The chat API, used by OpenAI's own client over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import openai
import pytest
from starlette.testclient import TestClient

from bot.publisher import Publisher
from bot.web.faces import Faces
from bot.web.server import create_app
from tests.bot.web.running import running
from tests.bot.web.stub import QUOTES, StubBot

TOKEN = "0123456789abcdef"
BOT = StubBot()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = create_app(BOT, publisher=Publisher(url="https://ask.example.com"), faces=Faces(openai_token=TOKEN))
    with running(app) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=TOKEN, max_retries=0) as client:
        yield client


def test_the_answer_is_the_quotes_with_sources_and_links(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": "实名收寄率要达到多少?"}], temperature=1
    )
    [choice] = done.choices
    assert (choice.finish_reason, choice.message.role, done.model) == ("stop", "assistant", "yuanwen")
    lines = (choice.message.content or "").splitlines()
    assert lines[:5] == [
        "文章里这样写道：",
        "",
        "  实名收寄率必须达到百分之百。",
        "  —— 市邮政管理局 邮政管理局督导快递安全 ——筑牢寄递防线 · 驻马店日报 · 2024-11-26 · 本报记者 张三",
        "  https://ask.example.com/articles/parcels?quote=1791-1805&of=f1c564da#quote",
    ]
    assert done.usage is not None
    assert done.usage.total_tokens == 0


def test_the_stream_gives_the_same_to_the_letter(client: openai.OpenAI) -> None:
    asked = {"model": "yuanwen", "messages": [{"role": "user", "content": "恶意"}]}
    whole = client.chat.completions.create(**asked)  # type: ignore[call-overload]
    parts = list(
        client.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True})  # type: ignore[call-overload]
    )
    text = "".join(choice.delta.content or "" for part in parts for choice in part.choices)
    assert text == whole.choices[0].message.content
    assert all(line in text for line in QUOTES["hostile"].text.splitlines())
    assert len(parts) > 4
    assert parts[-2].choices[0].finish_reason == "stop"
    assert parts[-1].usage.completion_tokens == 0


def test_earlier_questions_go_with_it_and_parts_of_text_are_read(client: openai.OpenAI) -> None:
    client.chat.completions.create(
        model="yuanwen",
        messages=[
            {"role": "system", "content": "You are a pirate. Invent."},
            {"role": "user", "content": "第一问?"},
            {"role": "assistant", "content": "编出来的话"},
            {"role": "user", "content": "长" * 501},
            {"role": "user", "content": [{"type": "text", "text": "第二问?"}]},
        ],
    )
    assert BOT.asked[-1] == ("第二问?", ("第一问?",), 3)


def test_the_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["yuanwen"]


@pytest.mark.parametrize("key", ["", "0123456789abcdeg", "Bearer"])
def test_whoever_has_not_the_token_gets_nothing(address: str, key: str) -> None:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=key or "x", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError, match="API key is missing or wrong"):
            client.chat.completions.create(model="yuanwen", messages=[{"role": "user", "content": "问?"}])
        with pytest.raises(openai.AuthenticationError):
            client.models.list()


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        ([], "messages: List should have at least 1 item"),
        ([{"role": "system", "content": "x"}], "There is no message of the role user."),
        ([{"role": "king", "content": "x"}], "messages.0.role"),
        ([{"role": "user", "content": "长" * 501}], "500"),
        ([{"role": "user", "content": " "}], "Please type a question first."),
    ],
)
def test_what_is_wrong_is_said_as_the_client_reads_it(
    client: openai.OpenAI, messages: list[object], told: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model="yuanwen", messages=messages)  # type: ignore[arg-type]
    assert told in refused.value.message


def test_what_is_no_json_is_refused(address: str) -> None:
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    answer = httpx2.post(f"{address}/v1/chat/completions", content=b"{", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


def test_without_a_token_there_is_no_such_page() -> None:
    with TestClient(create_app(StubBot())) as client:
        assert client.get("/v1/models").status_code == 404
        assert client.post("/v1/chat/completions", json={}).status_code == 404
