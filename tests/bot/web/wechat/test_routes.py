"""The callbacks, with messages made by the platforms' published algorithm, and with forged ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot import messages
from bot.answering.answer import Answer
from bot.publisher import Publisher
from bot.web.faces import Faces
from bot.web.problems import add_problem_handlers
from bot.web.queue import AskQueue
from bot.web.server import create_app
from bot.web.wechat.crypto import MessageCipher, sha1_signature
from bot.web.wechat.routes import Channel, wechat_routes
from bot.web.wechat.xml import fields_of, xml_of
from tests.bot.web.stub import StubBot
from tests.bot.web.wechat.test_crypto import CIPHER, CORP, KEY, TOKEN

SEALED = MessageCipher("plain", KEY, "wxapp")
SAFE = Channel("/wechat", "plain", SEALED)
PLAIN, CORPORATE = Channel("/wechat", "plain"), Channel("/wecom", TOKEN, CIPHER, is_corporate=True)
PUBLISHER = Publisher(url="https://ask.example.com")
LINK = "https://ask.example.com/articles/parcels?quote=1791-1805&of=f1c564da#quote"
QUESTION = {
    "ToUserName": "gh_paper",
    "FromUserName": "oReader",
    "CreateTime": "1348831860",
    "MsgType": "text",
    "Content": "实名收寄率要达到多少?",
    "MsgId": "1234567890123456",
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    faces = Faces(channels=(PLAIN, CORPORATE))
    with TestClient(create_app(StubBot(), publisher=PUBLISHER, faces=faces)) as client:
        yield client


def signs(token: str, age: float = 0, **more: str) -> dict[str, str]:
    """The address's query, as the platform signs it."""
    timestamp = str(int(time.time() - age))
    given = {"timestamp": timestamp, "nonce": "1320562132", **more}
    return {**given, "signature": sha1_signature(token, timestamp, given["nonce"])}


def post(client: TestClient, fields: dict[str, str], query: dict[str, str]) -> httpx2.Response:
    return client.post("/wechat", params=query, content=xml_of(fields), headers={"content-type": "text/xml"})


def content(reply: httpx2.Response) -> str:
    return fields_of(reply.text)["Content"]


def sealed(cipher: MessageCipher, fields: dict[str, str]) -> tuple[dict[str, str], str]:
    """Query and body of an encrypted message."""
    query = signs("unused")
    body, signed = cipher.encrypted(xml_of(fields), query["timestamp"], query["nonce"])
    return {**query, "msg_signature": signed}, xml_of({"ToUserName": CORP, "Encrypt": body})


def test_the_platform_is_answered_when_the_address_is_entered(client: TestClient) -> None:
    assert client.get("/wechat", params=signs("plain", echostr="4375")).text == "4375"
    query = signs("unused")
    echo, signed = CIPHER.encrypted("1616140317555161061", query["timestamp"], query["nonce"])
    asked = client.get("/wecom", params={**query, "echostr": echo, "msg_signature": signed})
    assert (asked.status_code, asked.text) == (200, "1616140317555161061")


def test_a_question_gets_the_sentence_with_source_and_link(client: TestClient) -> None:
    reply = fields_of(post(client, QUESTION, signs("plain")).text)
    assert (reply["ToUserName"], reply["FromUserName"], reply["MsgType"]) == ("oReader", "gh_paper", "text")
    assert reply["Content"].splitlines() == [
        "文章里这样写道：",
        "实名收寄率必须达到百分之百。",
        "—— 市邮政管理局 邮政管理局督导快递安全 ——筑牢寄递防线 · 驻马店日报 · 2024-11-26",
        LINK,
    ]


def test_hostile_text_comes_back_to_the_letter(client: TestClient) -> None:
    reply = fields_of(post(client, {**QUESTION, "Content": "恶意", "MsgId": "2"}, signs("plain")).text)
    assert "第二句在这里。" in reply["Content"]


def test_wecom_gets_an_encrypted_reply(client: TestClient) -> None:
    query, body = sealed(CIPHER, {**QUESTION, "AgentID": "1"})
    reply = fields_of(client.post("/wecom", params=query, content=body).text)
    opened = CIPHER.decrypted(reply["Encrypt"], reply["TimeStamp"], reply["Nonce"], reply["MsgSignature"])
    assert LINK in fields_of(opened)["Content"]


def test_whoever_subscribes_is_greeted_and_a_picture_gets_nothing(client: TestClient) -> None:
    joined = {**QUESTION, "MsgType": "event", "Event": "subscribe"}
    assert fields_of(post(client, joined, signs("plain")).text)["Content"] == messages.GREETING.to("zh-Hans")
    assert post(client, {**QUESTION, "MsgType": "image"}, signs("plain")).text == "success"


@pytest.mark.parametrize(
    "signing",
    [
        dict,
        lambda: {**signs("plain"), "signature": "0" * 40},
        lambda: signs("another"),
        lambda: signs("plain", age=601),
        lambda: signs("plain", age=-700),
        lambda: {**signs("plain"), "timestamp": "soon"},
        lambda: {**signs("plain"), "timestamp": "٣٤٥"},
    ],
)
def test_a_forged_or_old_message_is_refused(
    client: TestClient, signing: Callable[[], dict[str, str]]
) -> None:
    query = signing()  # now, not when the tests were collected
    assert post(client, QUESTION, query).status_code == 403
    assert client.get("/wechat", params={**query, "echostr": "4375"}).status_code == 403


def test_wecom_takes_nothing_that_is_not_encrypted_for_it(client: TestClient) -> None:
    unsealed = client.post("/wecom", params=signs(TOKEN), content=xml_of(QUESTION))
    assert unsealed.status_code == 403
    query, body = sealed(MessageCipher(TOKEN, KEY, "wx0000"), QUESTION)
    assert client.post("/wecom", params=query, content=body).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"<xml>", 422),
        (b"\xff", 422),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Content>&a;</Content></xml>', 422),
        (b"<xml>" + b" " * 70_000, 413),
    ],
)
def test_what_is_no_message_is_refused(client: TestClient, body: bytes, status: int) -> None:
    assert client.post("/wechat", params=signs("plain"), content=body).status_code == status


def test_where_encryption_is_set_a_plain_message_is_refused() -> None:
    app = FastAPI()
    add_problem_handlers(app)
    app.include_router(wechat_routes(AskQueue(StubBot()), PUBLISHER, SAFE))
    with TestClient(app) as client:
        assert post(client, QUESTION, signs("plain")).status_code == 403
        query, body = sealed(SEALED, QUESTION)
        reply = fields_of(client.post("/wechat", params=query, content=body).text)
        opened = SEALED.decrypted(reply["Encrypt"], reply["TimeStamp"], reply["Nonce"], reply["MsgSignature"])
        assert LINK in fields_of(opened)["Content"]


class SlowBot(StubBot):
    def __init__(self) -> None:
        super().__init__()
        self.may_answer = Event()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        self.may_answer.wait(30)
        return super().ask(question, history, top)


def test_a_slow_answer_comes_when_the_platform_asks_again_and_is_worked_out_once() -> None:
    bot, app = SlowBot(), FastAPI()
    app.include_router(wechat_routes(AskQueue(bot), PUBLISHER, PLAIN, within=0.01, last=0.01))
    with TestClient(app) as client:
        assert post(client, QUESTION, signs("plain")).text == "success"
        assert post(client, QUESTION, signs("plain")).text == "success"
        busy = content(post(client, QUESTION, signs("plain")))
        assert busy == messages.BUSY.to("zh-Hans")
        bot.may_answer.set()
        until = time.monotonic() + 30
        while (told := content(post(client, QUESTION, signs("plain")))) == busy and time.monotonic() < until:
            pass
        assert LINK in told
    assert len(bot.asked) == 1


def test_without_an_account_there_are_no_callbacks() -> None:
    with TestClient(create_app(StubBot())) as client:
        assert client.get("/wechat", params=signs("plain", echostr="1")).status_code == 404
        assert client.post("/wecom", content=b"<xml/>").status_code == 404
