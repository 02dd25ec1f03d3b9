from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.desk.routes import mount_desk
from bot.operations.database import Database
from bot.publisher import Publisher
from bot.web.guard import Guard
from bot.web.problems import add_problem_handlers
from tests.bot.desk.browser import PASSWORD, Browser
from tests.bot.web.stub import StubBot


@pytest.fixture
def changes() -> list[str]:
    """Grows by one each time that the service is told of changed articles."""
    return []


@pytest.fixture
def desk(database: Database, tmp_path: Path, changes: list[str]) -> Desk:
    """A desk with an administrator, a publisher and two editors, over an empty folder."""
    articles = tmp_path / "articles"
    articles.mkdir()
    publisher = Publisher(name="驿城晚报")
    desk = Desk.over(
        database, articles, tmp_path / "state", publisher, lambda: changes.append("changed"), bot=StubBot()
    )
    for name, role in (
        ("root", "administrator"),
        ("chief", "publisher"),
        ("ed", "editor"),
        ("eve", "editor"),
    ):
        desk.users.add(name, role, PASSWORD, "test")
    return desk


@pytest.fixture
def service(desk: Desk) -> FastAPI:
    app = FastAPI()
    add_problem_handlers(app)
    mount_desk(app, desk, "")
    app.add_middleware(Guard)
    return app


@pytest.fixture
def stranger(service: FastAPI) -> Browser:
    return Browser(service)


@pytest.fixture
def administrator(service: FastAPI) -> Browser:
    return Browser(service).signed_in("root")


@pytest.fixture
def publisher(service: FastAPI) -> Browser:
    return Browser(service).signed_in("chief")


@pytest.fixture
def editor(service: FastAPI) -> Browser:
    return Browser(service).signed_in("ed")
