"""Whatever is sent to the service is answered or refused, and never fails."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot.web.server import create_app
from tests.bot.web.stub import StubBot

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=600),
    lambda inner: st.lists(inner, max_size=25) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=30,
)
FIELDS = st.sampled_from(("question", "history", "top", "answer_id", "vote", "comment", "language", "x"))
POSTS = st.sampled_from(("/api/ask", "/api/feedback", "/api/follow-ups", "/mcp", "/gradio_api/queue/join"))
GETS = st.sampled_from(("/api/articles", "/api/examples", "/articles", "/verify", "/", "/widget/panel"))
QUERIES = st.dictionaries(
    st.sampled_from(
        ("offset", "limit", "language", "q", "year", "page", "text", "link", "lang", "deep_link")
    ),
    st.text(max_size=50),
    max_size=4,
)
ANYTHING = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def service() -> Iterator[TestClient]:
    app = create_app(StubBot(), questions_per_minute=10**6)
    with TestClient(app, raise_server_exceptions=False, headers={"host": "127.0.0.1"}) as client:
        yield client


@ANYTHING
@given(path=POSTS, body=st.dictionaries(FIELDS, VALUES, max_size=4) | VALUES)
def test_no_body_fails(service: TestClient, path: str, body: object) -> None:
    content = json.dumps(body).encode("utf-8", "surrogatepass")
    response = service.post(path, content=content, headers={"content-type": "application/json"})
    assert response.status_code < 500


@ANYTHING
@given(path=GETS, query=QUERIES)
def test_no_query_fails(service: TestClient, path: str, query: dict[str, str]) -> None:
    assert service.get(path, params=query).status_code < 500


@pytest.mark.parametrize("query", ["page=0", "page=", "deep_link=x", "view=api", "__theme=x"])
def test_gradio_does_not_see_what_the_address_says(
    service: TestClient, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It would look for a page or a link of that name, and fail with a long traceback."""
    response = service.get(f"/?{query}&lang=en")
    assert (response.status_code, '<html lang="en"' in response.text) == (200, True)
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
