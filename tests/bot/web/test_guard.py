import json
import logging
import re
from collections.abc import Iterable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from bot import messages
from bot.web import guard
from bot.web.guard import Guard
from bot.web.server import create_app
from tests.bot.web.driver import Page, wished
from tests.bot.web.stub import StubBot

OPEN_OF_GRADIO = {
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/theme.css"),
    ("GET", "/assets/x"),
    ("GET", "/gradio_api/heartbeat/x"),
    ("GET", "/gradio_api/queue/data"),
    ("POST", "/gradio_api/queue/join"),
    ("GET", "/robots.txt"),  # ours goes before Gradio's
}


@pytest.fixture
def guarded() -> TestClient:
    """The guard before an app that says to every request that it was reached."""
    return TestClient(Guard(PlainTextResponse("reached")))


def gradio_routes(routes: Iterable[BaseRoute]) -> Iterable[tuple[str, str]]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from gradio_routes(route.original_router.routes)
        else:
            address = re.sub(r"\{[^}]*\}", "x", route.path)  # type: ignore[attr-defined]
            yield from ((method, address) for method in route.methods)  # type: ignore[attr-defined]


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        ["/nope", "/api", "/api/", "/API/ask", "/api/ask/", "/docs/", "/redoc", "/docs/oauth2-redirect",
         "/assets/", "/assets/../index.html", "/assets/%2e%2e/index.html", "/page/%2e%2e/chat.py",
         "/static/fonts/x.woff2", "/static-offline-docs/a/b", "/api/articles/a/b",
         "/gradio_api/heartbeat/x/y"],
    )  # fmt: skip
    def test_an_unknown_one_is_a_problem(self, guarded: TestClient, address: str) -> None:
        response = guarded.get(address)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize(
        ("method", "address", "allowed"),
        [
            ("GET", "/api/ask", "POST"),
            ("DELETE", "/api/ask", "POST"),
            ("OPTIONS", "/api/ask", "POST"),
            ("POST", "/", "GET"),
            ("POST", "/api/articles", "GET"),
            ("PUT", "/healthz", "GET"),
            ("OPTIONS", "/gradio_api/queue/join", "POST"),
        ],
    )
    def test_another_method_is_a_problem(
        self, guarded: TestClient, method: str, address: str, allowed: str
    ) -> None:
        response = guarded.request(method, address, headers={"accept-language": "en"})
        assert response.status_code == 405
        assert response.headers["allow"] == allowed
        assert response.json()["detail"] == messages.NO_METHOD.to("en", allowed=allowed)

    @pytest.mark.parametrize("address", ["/", "/healthz", "/docs", "/api/articles"])
    def test_head_is_answered_where_get_is(self, client: TestClient, address: str) -> None:
        assert client.head(address).status_code == 200

    def test_there_are_no_websockets(self, guarded: TestClient) -> None:
        with pytest.raises(WebSocketDisconnect), guarded.websocket_connect("/gradio_api/queue/join"):
            pass

    def test_of_gradios_routes_those_are_open_that_the_page_needs(
        self, app: FastAPI, guarded: TestClient
    ) -> None:
        [gradio] = [route.app for route in app.routes if isinstance(route, Mount) and route.path == ""]
        routes = set(gradio_routes(gradio.routes))
        assert {("POST", "/gradio_api/upload"), ("GET", "/gradio_api/file=x"), ("GET", "/config")} < routes
        opened = {
            (method, address)
            for method, address in routes
            if guarded.request(method, address, json={"data": []}).status_code == 200
        }
        assert opened == OPEN_OF_GRADIO


class TestBodies:
    @pytest.mark.parametrize("address", ["/api/ask", "/gradio_api/queue/join"])
    @pytest.mark.parametrize(
        "content_type", ["", "text/plain", "multipart/form-data; boundary=x", "application/jsonp"]
    )
    def test_are_json(self, guarded: TestClient, address: str, content_type: str) -> None:
        response = guarded.post(address, content=b"{}", headers={"content-type": content_type})
        assert (response.status_code, response.json()["detail"]) == (
            415,
            messages.BODY_NOT_JSON.to("zh-Hans"),
        )

    @pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
    def test_json_is_taken(self, guarded: TestClient, content_type: str) -> None:
        response = guarded.post("/api/ask", content=b"{}", headers={"content-type": content_type})
        assert response.text == "reached"

    @pytest.mark.parametrize("address", ["/api/ask", "/gradio_api/queue/join"])
    def test_are_not_too_large(self, guarded: TestClient, address: str) -> None:
        def in_pieces(size: int) -> Iterable[bytes]:
            yield b'{"data": ["' + b"x" * (size - 14)
            yield b'"]}'

        limit = 64 * 1024
        headers = {"content-type": "application/json"}
        # In pieces, so that no Content-Length gives the size away.
        assert guarded.post(address, content=in_pieces(limit), headers=headers).text == "reached"
        response = guarded.post(address, content=in_pieces(limit + 1), headers=headers)
        assert response.status_code == 413
        assert response.json()["detail"] == messages.BODY_TOO_LARGE.to("zh-Hans", limit=limit)

    @pytest.mark.parametrize(
        "change",
        [
            {"data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}, None]},
            {"data": [{"path": "/etc/passwd"}, None]},
            {"data": [[["/etc/passwd"]], None]},
            {"data": [{"text": "x"}, None]},
            {"data": [1, None]},
            {"data": "x"},
            {"data": None},
            {"event_data": {"value": {"path": "/etc/passwd"}}},
            {"event_data": {"value": [{"url": "http://127.0.0.1/"}]}},
            {"event_data": {"meta": {}}},
            {"event_data": {"_type": "gradio.FileData"}},
            {"event_id": "x"},
            {"batched": True},
            {"simple_format": True},
            {"oauth_token": "x"},
        ],
    )
    def test_an_event_with_files_or_unknown_fields_is_refused(
        self, client: TestClient, change: dict[str, Any]
    ) -> None:
        page = Page(client)
        body = page.body("ask", "快递", None)
        assert page.join({**body, **change}).status_code == 400

    @pytest.mark.parametrize(
        "body",
        [
            b'{"data": [], "event_data": {"path": "/etc/passwd", "path": 1}, "event_data": null}',
            b'{"data": [], "event_data": {"\\u0070ath": "/etc/passwd"}}',
            b"[" * 60_000,
            b"\xff",
            b"",
            b"[]",
            b"7",
        ],
        ids=["twice", "escaped", "deep", "bytes", "empty", "list", "number"],
    )
    def test_a_malformed_event_is_refused(self, client: TestClient, body: bytes) -> None:
        headers = {"content-type": "application/json"}
        assert client.post("/gradio_api/queue/join", content=body, headers=headers).status_code == 400


class TestAnswers:
    @pytest.mark.parametrize("address", ["/", "/docs", "/nope", "/healthz", "/page/chat.css", "/theme.css"])
    def test_carry_the_security_headers(self, client: TestClient, address: str) -> None:
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe-eval" not in policy

    @pytest.mark.parametrize("address", ["/api/articles", "/healthz", "/readyz", "/", "/docs"])
    def test_that_change_are_not_stored(self, client: TestClient, address: str) -> None:
        assert client.get(address).headers["cache-control"] == "no-store"

    def test_a_failure_below_is_a_problem_without_its_cause(self) -> None:
        async def failing(*_: object) -> None:
            raise RuntimeError("secret")

        response = TestClient(Guard(failing)).get("/healthz")
        assert (response.status_code, response.json()["detail"]) == (500, messages.FAILED.to("zh-Hans"))
        assert "secret" not in response.text


class TestPace:
    @pytest.mark.parametrize("address", ["/api/ask", "/gradio_api/queue/join"])
    def test_who_asks_too_often_has_to_wait(self, address: str) -> None:
        client = TestClient(Guard(PlainTextResponse("reached"), questions_per_minute=2))
        statuses = [client.post(address, json={"data": []}).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]

    def test_reading_is_limited_far_above_what_one_reads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guard, "PAGES_PER_MINUTE", 50)
        client = TestClient(Guard(PlainTextResponse("reached"), questions_per_minute=1))
        assert {client.get("/articles").status_code for _ in range(50)} == {200}
        assert client.get("/articles").status_code == 429
        # What a page needs besides, and what tells whether the service is well, always come.
        assert {client.get(path).status_code for path in ("/healthz", "/readyz", "/page/chat.css")} == {200}

    def test_a_conversation_that_is_resumed_counts_as_its_questions(self) -> None:
        with TestClient(create_app(StubBot(), questions_per_minute=42)) as client:
            page = Page(client)
            body = page.body("resume", wished(*["快递?"] * 20), None)
            assert [page.join(body).status_code for _ in range(3)] == [200, 200, 429]
            assert page.join(page.body("ask", wished("快递?"), None)).status_code == 200


class TestHeaders:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("x-gradio-server", "http://x:abc"),
            ("x-gradio-server", "http://evil.example"),
            ("x-forwarded-host", "[::"),
            ("x-forwarded-host", "evil.example/path"),
            ("x-forwarded-host", "a b"),
            ("x-forwarded-prefix", "//evil.example"),
        ],
    )
    def test_that_would_have_gradio_fail_do_not_reach_it(
        self, client: TestClient, name: str, value: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        response = client.get("/", headers={name: value})
        assert response.status_code == 200
        assert "evil.example" not in response.text
        assert [one for one in caplog.records if one.levelno > logging.INFO] == []

    def test_a_host_that_a_proxy_forwards_is_believed(self, client: TestClient) -> None:
        assert "ask.example.org" in client.get("/", headers={"x-forwarded-host": "ask.example.org"}).text


class TestStreams:
    def test_one_of_a_session_that_is_not_known_begins_anew_and_logs_nothing(
        self, client: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for session in ("unknown", "", "a" * 50, "\x00"):
            response = client.get("/gradio_api/queue/data", params={"session_hash": session})
            assert (response.status_code, response.headers["content-type"]) == (
                200,
                "text/event-stream; charset=utf-8",
            )
            told = json.loads(response.text.removeprefix("data: "))
            assert (told["msg"], told["session_not_found"]) == ("unexpected_error", True)
        assert [one for one in caplog.records if one.levelno > logging.INFO] == []
        assert capfd.readouterr().err == ""
