"""Nothing of the desk without an administrator, nothing but the form without a session."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
import time_machine
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from bot.desk.desk import Desk
from bot.desk.door import WAYS_IN
from bot.desk.routes import desk_routers
from bot.web.server import create_app
from tests.bot.desk.browser import PASSWORD, Browser
from tests.bot.web.stub import StubBot

FORM = {"content-type": "application/x-www-form-urlencoded"}


def addresses(desk: Desk) -> Iterator[tuple[str, str]]:
    """Method and address of every route of the desk."""
    for router in desk_routers(desk):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods):
                yield method, re.sub(r"\{.*?\}", "1", route.path)


def visit(client: TestClient, method: str, address: str) -> httpx.Response:
    return client.request(method, address, headers=FORM, follow_redirects=False)


def test_without_an_administrator_there_is_no_desk(service: FastAPI, desk: Desk) -> None:
    desk.users.remove("root", "test")
    client = TestClient(service)
    for method, address in [*addresses(desk), ("GET", "/desk/files/desk.css"), ("GET", "/desk/")]:
        assert visit(client, method, address).status_code == 404, (method, address)


def test_nothing_is_reached_without_a_session(service: FastAPI, desk: Desk) -> None:
    client = TestClient(service)
    walked = list(addresses(desk))
    assert ("POST", "/desk/users/change") in walked
    for method, address in walked:
        response = visit(client, method, address)
        if address in WAYS_IN:
            continue
        if method == "GET":
            assert (response.status_code, response.headers.get("location")) == (303, "/desk/sign-in"), address
        else:
            assert response.status_code == 403, address


def test_every_form_needs_its_token(desk: Desk, administrator: Browser) -> None:
    for method, address in addresses(desk):
        if method == "POST" and "{" not in address and address != "/desk/1":
            for data in ({}, {"token": ""}, {"token": "forged"}, {"token": ["a", "b"]}):
                response = administrator.client.post(address, data=data, follow_redirects=False)
                assert response.status_code in (403, 415), address


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_other_site_sends_forms(administrator: Browser, headers: dict[str, str]) -> None:
    administrator.get("/desk/users")
    data = {"token": administrator.token, "name": "x", "role": "administrator", "password": PASSWORD}
    response = administrator.client.post("/desk/users", data=data, headers=headers)
    assert response.status_code == 403
    assert "x" not in [line.split()[0] for line in administrator.get("/desk/users").text.splitlines() if line]


def test_what_is_no_form_is_refused(administrator: Browser) -> None:
    assert administrator.client.post("/desk/users", json={"name": "x"}).status_code == 415


def test_a_stranger_cannot_send_much(stranger: Browser) -> None:
    stranger.get("/desk/sign-in")
    assert stranger.send("/desk/sign-in", name="x" * 70_000, password="y").status_code == 413


def test_a_session_is_worth_nothing_after_signing_out(service: FastAPI, editor: Browser) -> None:
    kept = dict(editor.client.cookies)
    editor.get("/desk")
    editor.send("/desk/sign-out")
    thief = TestClient(service, cookies=kept)
    assert visit(thief, "GET", "/desk").headers["location"] == "/desk/sign-in"


def test_a_session_ends_by_itself(service: FastAPI) -> None:
    with time_machine.travel("2030-01-01T08:00:00Z", tick=False) as clock:
        editor = Browser(service).signed_in("ed")
        clock.shift(11 * 3600)
        assert visit(editor.client, "GET", "/desk").headers["location"] == "/desk/sign-in"


def test_a_cookie_that_was_changed_is_none(service: FastAPI, editor: Browser) -> None:
    [cookie] = editor.client.cookies.jar
    value = cookie.value or ""
    # Not its last character: of that some bits do not count.
    changed = value[:-2] + ("A" if value[-2] != "A" else "B") + value[-1]
    for forged in (changed, "e30=", value.split(".")[0], ""):
        thief = TestClient(service, cookies={"yuanwen_desk": forged})
        assert visit(thief, "GET", "/desk").status_code == 303


def test_the_cookie_is_for_the_desk_alone(stranger: Browser) -> None:
    [cookie] = [stranger.get("/desk/sign-in").headers["set-cookie"]]
    assert "path=/desk;" in cookie
    assert "httponly; samesite=lax" in cookie


def test_an_address_that_is_none_is_a_page(editor: Browser) -> None:
    assert editor.get("/desk/nothing/here").status_code == 404
    assert "text/html" in editor.page.headers["content-type"]


def test_the_whole_service_has_the_desk_behind_its_proxy(desk: Desk) -> None:
    client = TestClient(create_app(StubBot(), root_path="/ask", desk=desk))
    response = client.get("/ask/desk", follow_redirects=False)
    assert response.headers["location"] == "/ask/desk/sign-in"
    assert "path=/ask/desk;" in client.get("/ask/desk/sign-in").headers["set-cookie"]
    assert client.get("/ask/desk/files/desk.css").headers["content-type"].startswith("text/css")
    assert client.get("/ask/").status_code == 200


def test_a_service_without_a_desk_has_none_at_its_address() -> None:
    client = TestClient(create_app(StubBot()))
    assert client.get("/desk").status_code == 404
    assert client.post("/desk/users", data={"a": "b"}).status_code in (404, 405)
