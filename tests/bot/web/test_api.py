import asyncio
import re
from threading import Event

import httpx2
import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.answering.bot import Answer
from bot.answering.question import LIMIT
from bot.language import Language
from bot.web.queue import AT_ONCE, WAITING
from bot.web.server import create_app
from tests.bot.web.stub import HOSTILE, LATER_CARD, PARCELS_CARD, QUOTES, REPRINT_CARD, StubBot


def ask(client: TestClient, question: object, **more: object) -> httpx2.Response:
    return client.post("/api/ask", json={"question": question, **more})


class TestAsk:
    def test_small_talk_is_a_verdict_of_its_own(self, client: TestClient) -> None:
        answer = ask(client, "你好").json()
        assert (answer["verdict"], answer["quotes"], answer["nearest"]) == ("talk", [], [])
        assert answer["reply"] == "您好！\n· 快递安全吗?"

    def test_gives_the_whole_answer(self, client: TestClient) -> None:
        quote = QUOTES["parcels"]
        response = ask(client, "实名收寄率要达到多少?", top=1)
        assert response.status_code == 200
        answer = response.json()
        assert re.fullmatch(r"[\w-]{16}", answer.pop("answer_id"))
        assert answer == {
            "question": "实名收寄率要达到多少?",
            "language": "zh-Hans",
            "verdict": "answered",
            "confidence": 0.6,
            "quotes": [
                {
                    "text": quote.text,
                    "start": quote.start,
                    "end": quote.end,
                    "marks": [list(mark) for mark in quote.marks],
                    "clause": None,
                    "score": 0.9,
                    "article": PARCELS_CARD,
                    "superseded_by": None,
                    "was_valid_until": None,
                    "also_in": [REPRINT_CARD],
                    "link": "/articles/parcels?quote=1777-1805&of=086d5d54#quote",
                    "sentence_link": "/articles/parcels?quote=1791-1805&of=f1c564da#quote",
                }
            ],
            "nearest": [{"id": "parcels", "title": "邮政管理局督导快递安全"}],
            "took_ms": 1.5,
            "reply": "",
            "cards": [],
            "listed": [],
            "parts": [],
            "choices": [],
        }

    def test_says_what_has_become_of_an_article(self, client: TestClient) -> None:
        [quote] = ask(client, "恶意").json()["quotes"]
        assert (quote["superseded_by"], quote["also_in"]) == (LATER_CARD, [])
        [quote] = ask(client, "新规").json()["quotes"]
        assert quote["article"]["correction"] == "第二段的日期<应>为3月。"

    def test_asks_back_with_choices(self, client: TestClient) -> None:
        answer = ask(client, "哪个街道?").json()
        assert (answer["verdict"], answer["quotes"]) == ("talk", [])
        assert answer["choices"] == [
            {"label": "雪松街道", "question": "雪松街道：新规?"},
            {"label": "<古城>街道", "question": "<古城>街道：恶意?"},
        ]

    def test_quotes_to_the_letter(self, client: TestClient) -> None:
        assert ask(client, "恶意").json()["quotes"][0]["text"] == HOSTILE

    def test_without_an_answer_it_names_the_nearest(self, client: TestClient) -> None:
        answer = ask(client, "今天天气怎么样?").json()
        assert (answer["verdict"], answer["quotes"]) == ("none", [])
        assert [article["id"] for article in answer["nearest"]] == ["parcels", "station"]

    def test_hands_on_the_history_and_the_top(self) -> None:
        bot = StubBot()
        client = TestClient(create_app(bot))
        ask(client, "那么过机安检呢?", history=["什么是三项制度?"], top=2)
        assert bot.asked == [("那么过机安检呢?", ("什么是三项制度?",), 2)]

    def test_answers_are_not_stored(self, client: TestClient) -> None:
        assert ask(client, "快递").headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        ("question", "code", "said"),
        [
            ("", "empty", "请先输入您的问题。"),
            ("　 \n", "empty", "请先输入您的问题。"),
            ("?!", "no_words", "请用文字写出您的问题，例如一句完整的话。"),
            ("长" * 10_000, "too_long", "问题太长了：最多 500 个字，请写短一些。"),
            ("a" * 10_000, "too_long", "问题太长了：最多 500 个字，请写短一些。"),
            ("请\x00问", "not_text", "问题里有无法识别的字符，请重新输入。"),
        ],
    )
    def test_says_why_a_question_is_refused(
        self, client: TestClient, question: str, code: str, said: str
    ) -> None:
        response = ask(client, question)
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json() == {
            "type": f"urn:yuanwen:problem:question-{code}",
            "title": "Unprocessable Entity",
            "status": 422,
            "detail": said,
        }

    def test_speaks_the_browsers_language_where_the_question_has_no_words(self, client: TestClient) -> None:
        response = client.post("/api/ask", json={"question": ""}, headers={"accept-language": "en"})
        assert response.json()["detail"] == messages.EMPTY.to("en")
        assert response.headers["content-language"] == "en"

    @pytest.mark.parametrize(
        ("accept", "detail", "faults"),
        [
            (
                "zh-CN",
                "请求的字段有误：question, top, x。",
                ["必须是文字。", "太大：最多 10。", "没有这个字段。"],
            ),
            (
                "en-GB",
                "These fields of the request are wrong: question, top, x.",
                ["This must be text.", "This is too large: at most 10.", "There is no such field."],
            ),
        ],
    )
    def test_wrong_fields_are_told_in_one_language(
        self, client: TestClient, accept: str, detail: str, faults: list[str]
    ) -> None:
        body = {"question": 1, "top": 99, "x": 2}
        problem = client.post("/api/ask", json=body, headers={"accept-language": accept}).json()
        assert problem["detail"].startswith(detail)
        assert [error["detail"] for error in problem["errors"]] == faults

    def test_what_is_no_json_is_called_that(self, client: TestClient) -> None:
        headers = {"content-type": "application/json", "accept-language": "en"}
        problem = client.post("/api/ask", content='{"question": ', headers=headers).json()
        assert problem["type"] == "urn:yuanwen:problem:invalid-json"
        assert problem["detail"] == "The content of the request is no valid JSON."

    def test_the_asked_for_language_goes_before_the_questions(self, client: TestClient) -> None:
        body = {"question": "too long " * 100}
        said = client.post("/api/ask", json=body, headers={"accept-language": "zh-CN"}).json()["detail"]
        assert said == messages.TOO_LONG.to("zh-Hans", limit=LIMIT)

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({}, ["#/question"]),
            ({"question": 3}, ["#/question"]),
            ({"question": None}, ["#/question"]),
            ({"question": ["快递"]}, ["#/question"]),
            ({"question": "快递", "top": 0}, ["#/top"]),
            ({"question": "快递", "top": 11}, ["#/top"]),
            ({"question": "快递", "top": "3"}, ["#/top"]),
            ({"question": "快递", "history": "快递"}, ["#/history"]),
            ({"question": "快递", "history": ["问"] * 21}, ["#/history"]),
            ({"question": "快递", "history": [1]}, ["#/history/0"]),
            ({"question": "快递", "history": ["长" * (LIMIT + 1)]}, ["#/history/0"]),
            ({"question": "快递", "extra": 1, "other": 2}, ["#/extra", "#/other"]),
            (["快递"], ["#/"]),
            ("快递", ["#/"]),
        ],
    )
    def test_names_the_wrong_fields(self, client: TestClient, body: object, fields: list[str]) -> None:
        response = client.post("/api/ask", json=body)
        problem = response.json()
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert problem["type"] == "urn:yuanwen:problem:wrong-fields"
        assert [error["pointer"] for error in problem["errors"]] == fields
        assert problem["detail"].startswith("请求的字段有误：")

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}', b"[" * 60_000, b'{"question": NaN}', b"null"],
        ids=["empty", "cut", "bytes", "surrogate", "deep", "nan", "null"],
    )
    def test_a_body_that_is_no_question_is_a_problem(self, client: TestClient, body: bytes) -> None:
        response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
        assert response.status_code in (400, 422)
        assert response.headers["content-type"] == "application/problem+json"
        assert "Traceback" not in response.text

    def test_a_failure_tells_nothing_of_its_cause(self, client: TestClient) -> None:
        response = ask(client, "崩溃")
        assert (response.status_code, response.json()["detail"]) == (500, messages.FAILED.to("zh-Hans"))
        assert "secret" not in response.text

    def test_more_than_may_wait_are_sent_away(self) -> None:
        release = Event()

        class SlowBot(StubBot):
            def ask(self, question: str, *args: object) -> Answer:  # type: ignore[override]
                release.wait(10)
                return super().ask(question)

        transport = httpx2.ASGITransport(create_app(SlowBot()))

        async def crowd() -> list[int]:
            async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
                pending = [
                    asyncio.create_task(client.post("/api/ask", json={"question": "快递"}))
                    for _ in range(AT_ONCE + WAITING + 3)
                ]
                done, _ = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                refused = done.pop().result()
                assert refused.headers["retry-after"] == "5"
                assert refused.json()["detail"] == messages.BUSY.to("zh-Hans")
                release.set()
                return [response.status_code for response in await asyncio.gather(*pending)]

        statuses = asyncio.run(crowd())
        assert statuses.count(200) == AT_ONCE + WAITING
        assert statuses.count(503) == 3


class TestFollowUps:
    def test_are_questions_in_the_language_that_were_not_asked(self, client: TestClient) -> None:
        answer_id = ask(client, "今天天气怎么样?").json()["answer_id"]
        asked = {"answer_id": answer_id, "history": ["实名收寄率要达到多少?"]}
        assert client.post("/api/follow-ups", json=asked).json() == ["快递安全有哪三项制度?"]
        asked["language"] = "en"
        assert client.post("/api/follow-ups", json=asked).json() == ["Is base-station radiation safe?"]

    def test_of_an_answer_that_nobody_remembers_there_are_none(self, client: TestClient) -> None:
        assert client.post("/api/follow-ups", json={"answer_id": "A" * 16}).json() == []

    @pytest.mark.parametrize(
        "body", [{}, {"answer_id": "../x"}, {"answer_id": "A" * 16, "language": "fr"}, {"answer_id": None}]
    )
    def test_what_names_no_answer_is_refused(self, client: TestClient, body: dict[str, object]) -> None:
        assert client.post("/api/follow-ups", json=body).status_code == 422


class TestExamples:
    @pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
    def test_are_in_the_language_asked_for(self, client: TestClient, language: Language) -> None:
        response = client.get("/api/examples", params={"language": language})
        assert response.json() == list(StubBot().examples(language))

    def test_of_another_language_there_are_none(self, client: TestClient) -> None:
        assert client.get("/api/examples?language=fr").status_code == 422


def test_the_process_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
