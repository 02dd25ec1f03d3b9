"""What strangers send and hostile articles say: nothing of the machine is had, no script runs."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from time import monotonic, sleep

import httpx2
import pytest
from starlette.testclient import TestClient

from bot.answering.bot import Answer, Quote
from bot.web.server import create_app
from corpus.article import Article
from tests.bot.web.driver import Page, shown, wished
from tests.bot.web.running import running
from tests.bot.web.stub import StubBot

# What was open in versions of Gradio, by its advisories, and other ways to the same.
NOT_OURS = [
    *("/file=/etc/passwd", "/file/etc/passwd", "/gradio_api/file=/etc/passwd", "/gradio_api/file/etc/passwd"),
    *("/gradio_api/file%3D/etc/passwd", "/gradio_api//file=/etc/passwd", "/./gradio_api/file=/etc/passwd"),
    *("/proxy=http://127.0.0.1/", "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/deep_link"),
    *("/upload", "/gradio_api/upload", "/gradio_api/upload_progress", "/gradio_api/component_server"),
    *("/config", "/info", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/startup-events"),
    *(
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/app_id",
        "/gradio_api/runs",
        "/login_check",
        "/token",
    ),
    *("/gradio_api/run/ask", "/gradio_api/call/ask", "/gradio_api/call/v2/ask", "/gradio_api/api/ask"),
    *("/gradio_api/queue/status", "/gradio_api/cancel", "/gradio_api/reset", "/gradio_api/vibe-code"),
    *("/gradio_api/vibe-edit-history/", "/gradio_api/stream/a/b/c/playlist.m3u8", "/gradio_api/dev/reload"),
    *("/custom_component/x/client/component/y", "/svelte/x", "/manifest.json", "/favicon.ico", "/logout"),
    *("/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd"),
    *("/assets/%2e%2e%2fetc%2fpasswd", "/page/..%2f..%2fsettings.py", "/page/shared/..%2f..%2f..%2fapp.py"),
    *("/articles/..%2f..%2fetc%2fpasswd", "/articles/%00", "/articles/%ed%a0%80", "/api/articles/%2e%2e"),
    *("//etc/passwd", "/.env", "/var/yuanwen.sqlite", "/%5c..%5c..%5cetc%5cpasswd", "/widget/files/0/app.py"),
]


@pytest.mark.parametrize("address", NOT_OURS)
def test_nothing_of_the_machine_is_to_be_had(client: TestClient, address: str) -> None:
    for method in ("GET", "POST"):
        response = client.request(method, address, json={"path": "/etc/passwd"} if method == "POST" else None)
        assert response.status_code in (403, 404, 405), method
        assert "root:" not in response.text


@pytest.mark.parametrize("address", ["/", "/articles", "/articles/hostile", "/about", "/verify", "/widget"])
def test_no_query_writes_a_header(client: TestClient, address: str) -> None:
    broken = "zh%0d%0aSet-Cookie:%20a=1%0d%0a%0d%0a<script>window.hacked=1</script>"
    response = client.get(
        f"{address}?lang={broken}&question={broken}&text={broken}&quote={broken}&q={broken}"
    )
    assert response.status_code in (200, 404)
    assert "set-cookie" not in response.headers
    assert "<script>window" not in response.text


class Scripts(HTMLParser):
    """What of a page would run: `found` are elements and attributes that no page of ours has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = str(given.get("type")).startswith("application/")
        if tag == "script" and not is_data and not {"nonce", "src"} & set(given):
            self.found.append(f"<{tag}>")
        self.found += [name for name in given if name.startswith("on")]
        self.found += [
            value for name, value in attrs
            if value and name in ("href", "src", "action") and ":" in value.split("/")[0]
            and not value.startswith(("http:", "https:", "tel:", "mailto:", "data:image/"))
        ]  # fmt: skip
        if tag in ("img", "iframe", "object", "embed", "svg") and "hacked" in str(attrs):
            self.found.append(f"<{tag}>")


SCRIPT = "</script></title><script>hacked()</script>\"'><img src=x onerror=hacked()>{{7*7}}<!--"


class HostileBot(StubBot):
    """Every field of its article would be script, were it not escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.article = Article(
            "x", SCRIPT, SCRIPT + "。\n\n## " + SCRIPT + "\n\n" + SCRIPT, kicker=SCRIPT, subtitle=SCRIPT,
            byline=SCRIPT, section=SCRIPT, source=SCRIPT, correction=SCRIPT, published=date(2024, 11, 26),
            url="javascript:hacked()",
        )  # fmt: skip
        self.articles = {"x": self.article}
        gone = replace(self.article, id="gone", status="withdrawn", withdrawal=SCRIPT)
        self.withdrawn = {"gone": gone}

    def ask(self, question: str, history: object = (), top: int = 3) -> Answer:
        end = len(SCRIPT)
        quote = Quote(self.article, 0, end, self.article.body[:end], ((0, end),), 0.9)
        return Answer(question, "zh-Hans", "answered", 0.9, (quote,), (self.article,), 1.0)

    def examples(self, language: object) -> tuple[str, ...]:
        return (SCRIPT,)


@pytest.fixture(scope="module")
def hostile() -> Iterator[TestClient]:
    with TestClient(create_app(HostileBot())) as client:
        yield client


@pytest.mark.parametrize(
    "address",
    [
        *("/", f"/?question={SCRIPT.replace('#', '')}", "/articles", "/articles?q=<script>hacked()</script>"),
        *("/articles/x", "/articles/x?quote=0-9&of=00000000", "/articles/gone", "/about", "/widget/panel"),
        *("/widget", "/verify", f"/verify?text={SCRIPT}", "/articles/<script>hacked()"),
    ],
)
def test_no_article_and_no_address_runs_script(hostile: TestClient, address: str) -> None:
    response = hostile.get(address, headers={"accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    read = Scripts()
    read.feed(response.text)
    assert read.found == []
    policy = response.headers["content-security-policy"]
    scripts = policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe-inline" not in scripts


def test_no_answer_runs_script(hostile: TestClient) -> None:
    page = Page(hostile)
    lines = [*page.ask(SCRIPT), *shown(page.run("suggest", wished("x"), None)[0]), page.open("0.0")[1]]
    for html in lines:
        read = Scripts()
        read.feed(html)
        assert read.found == []


def test_the_parser_sees_what_runs() -> None:
    read = Scripts()
    read.feed('<script>1</script><a href="javascript:1" onclick="1">x</a><script nonce="a">1</script>')
    assert read.found == ["<script>", "onclick", "javascript:1"]


def test_a_body_that_nobody_reads_fills_no_memory(client: TestClient) -> None:
    with running(create_app(StubBot())) as address:
        before = _megabytes()
        for method, path in (("GET", "/healthz"), ("POST", "/api/reload"), ("POST", "/api/ask")):
            pieces = (b"x" * 65_536 for _ in range(512))  # 32 MB
            with suppress(httpx2.TransportError):  # hung up on
                httpx2.request(method, address + path, content=pieces, timeout=30)
        assert httpx2.get(f"{address}/healthz").status_code == 200
        assert _megabytes() - before < 24


def _megabytes() -> float:
    with open("/proc/self/statm", encoding="ascii") as figures:
        return int(figures.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_streams_that_are_left_open_leave_nothing_behind() -> None:
    with running(create_app(StubBot())) as address:
        httpx2.get(f"{address}/healthz")
        before = len(os.listdir("/proc/self/fd"))
        host, port = address.removeprefix("http://").split(":")
        with ExitStack() as opened:
            for number in range(100):
                stream = opened.enter_context(socket.create_connection((host, int(port))))
                stream.sendall(f"GET /gradio_api/heartbeat/s{number} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                assert stream.recv(12) == b"HTTP/1.1 200"
            assert httpx2.get(f"{address}/healthz").status_code == 200
        ends = monotonic() + 30
        while len(os.listdir("/proc/self/fd")) > before + 2 and monotonic() < ends:
            sleep(0.05)
        assert len(os.listdir("/proc/self/fd")) <= before + 2
