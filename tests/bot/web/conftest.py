from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

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
