"""Who holds the token may have articles taken up; nobody else learns that there is such a thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.operations.reload import ReloadResult
from bot.web.api import Reloads
from bot.web.guard import RELOADS_PER_MINUTE
from bot.web.server import create_app
from tests.bot.web.stub import StubBot

TOKEN = "correct-horse-battery"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def requests() -> list[str]:
    return []


@pytest.fixture
def admin(requests: list[str]) -> Iterator[TestClient]:
    reloads = Reloads(
        TOKEN, lambda: requests.append("reload"), lambda: ReloadResult("failed", 2, 3, "no disk")
    )
    with TestClient(create_app(StubBot(), reloads=reloads)) as client:
        yield client


def test_the_token_opens_it(admin: TestClient, requests: list[str]) -> None:
    expected = {"state": "failed", "articles": 2, "passages": 3, "problem": "no disk"}
    response = admin.post("/api/reload", headers=SHOWN)
    assert (response.status_code, response.json(), requests) == (202, expected, ["reload"])
    response = admin.get("/api/reload", headers={"Authorization": f"bearer {TOKEN}"})
    assert (response.status_code, response.json(), requests) == (200, expected, ["reload"])
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "shown",
    [
        "",
        TOKEN,
        f"Basic {TOKEN}",
        "Bearer ",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer é口令".encode(),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_anything_else_is_refused(
    admin: TestClient, requests: list[str], method: str, shown: str | bytes
) -> None:
    response = admin.request(method, "/api/reload", headers={"Authorization": shown, "Accept-Language": "en"})
    assert (response.status_code, requests) == (403, [])
    assert response.json()["detail"] == messages.NO_ADMINISTRATOR.to("en")


def test_guesses_are_slowed_down(admin: TestClient, requests: list[str]) -> None:
    for number in range(RELOADS_PER_MINUTE):
        admin.post("/api/reload", headers={"Authorization": f"Bearer {number}"})
    assert admin.post("/api/reload", headers=SHOWN).status_code == 429
    assert requests == []


def test_without_a_token_there_is_no_such_address(client: TestClient) -> None:
    for method in ("GET", "POST"):
        response = client.request(method, "/api/reload", headers={"Authorization": "Bearer "})
        assert response.status_code == 404
    assert "/api/reload" not in client.get("/openapi.json").text


def test_it_is_not_described_to_the_public(admin: TestClient) -> None:
    assert "/api/reload" not in admin.get("/openapi.json").text
