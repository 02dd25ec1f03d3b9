from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.operations import logs
from bot.web.server import create_app
from tests.bot.web.stub import StubBot


@pytest.fixture(scope="session")
def app() -> FastAPI:
    """One service for all tests: Gradio takes a second to build its page."""
    return create_app(StubBot())


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False, headers={"accept-language": "zh-CN"}) as client:
        yield client


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the service logs, of every level, a JSON object a line."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    said = io.StringIO()
    logs.set_up_logging("json", "debug")
    root.handlers[0].setStream(said)  # type: ignore[attr-defined]
    yield said
    root.handlers[:], root.level = handlers, level
    for name in logs.OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)
