"""Spans tell route, status, verdict and times, and hold none of a visitor's words."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from bot.cli.startup import open_traces
from bot.operations.tracing import Traces
from bot.settings import Settings, SettingsError
from bot.web.server import create_app
from tests.bot.web.stub import StubBot

PARENT = "4bf92f3577b34da6a3ce929d0e0e4736"
QUESTIONS = ("实名收寄率13800138000要达到多少?", "恶意的秘密问题?", "崩溃的秘密问题?", "x" * 600)


@pytest.fixture
def spans() -> list[ReadableSpan]:
    """What is told of four questions, one of which fails and one of which is refused."""
    exporter = InMemorySpanExporter()
    traces = Traces(exporter)
    with TestClient(create_app(StubBot(), traces=traces), raise_server_exceptions=False) as client:
        for question in QUESTIONS:
            headers = {"traceparent": f"00-{PARENT}-00f067aa0ba902b7-01", "X-Request-ID": "one"}
            client.post("/api/ask", json={"question": question}, headers=headers)
    traces.close()
    return [span for span in exporter.get_finished_spans() if format(span.context.trace_id, "032x") == PARENT]


def test_a_request_and_its_parts_are_one_trace(spans: list[ReadableSpan]) -> None:
    waiting, answering, request = spans[:3]
    assert [span.name for span in spans[:3]] == ["waiting", "answering", "POST /api/ask"]
    assert waiting.parent == answering.parent == request.context
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": "/api/ask",
        "http.response.status_code": 200,
        "yuanwen.request_id": "one",
        "yuanwen.verdict": "answered",
    }
    statuses = [(span.attributes or {}).get("http.response.status_code") for span in spans]
    assert [status for status in statuses if status] == [200, 200, 500, 422]


def test_no_span_holds_a_visitors_words(spans: list[ReadableSpan]) -> None:
    told = "\n".join(span.to_json() for span in spans)
    assert not any(
        words in told for words in ("实名", "13800138000", "秘密", "secret detail", "xxxx", "testclient")
    )
    assert not any(span.events for span in spans)


def test_there_are_none_unless_a_collector_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_traces(Settings()) is None
    monkeypatch.setattr("bot.cli.startup.find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"run: pip install 'yuanwen\[otel\]'"):
        open_traces(Settings(traces="http://127.0.0.1:4318/v1/traces"))
