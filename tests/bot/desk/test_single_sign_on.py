"""Signing in by OpenID Connect, at a provider that is a process of its own, and at one that lies."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.desk.provider import Provider
from bot.desk.routes import mount_desk
from bot.operations.users import User
from bot.web.problems import add_problem_handlers
from bot.web.server import listen
from tests.bot.desk.browser import PASSWORD, Browser
from tests.bot.desk.false_provider import CLIENT, SECRET, FalseProvider
from tests.browser.conftest import running

HERE = "http://testserver"
BACK = f"{HERE}/desk/single-sign-on/back"
PEOPLE = (
    {"sub": "1", "preferred_username": "小王", "email": "wang@example.com", "groups": ["news", "chiefs"]},
    {"sub": "2", "preferred_username": "小李", "email": "li@example.com", "groups": ["printers"]},
    {"sub": "3", "preferred_username": "chief", "email": "chief@example.com", "groups": ["it"]},
)
START = 120  # seconds that the provider may take on a busy machine


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of an honest provider, which runs as a process of its own."""
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    people = [f"--user-claims={json.dumps(person)}" for person in PEOPLE]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", *people]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        began = monotonic()
        while not _answers(f"http://127.0.0.1:{port}"):
            assert monotonic() - began < START
            sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/.well-known/openid-configuration").status_code == 200
    except httpx2.HTTPError:
        return False


@pytest.fixture
def liar() -> Iterator[FalseProvider]:
    provider = FalseProvider()
    provider.claims = {"preferred_username": "小王"}
    for address in running(provider.app):
        provider.address = address
        yield provider


def browser_of(desk: Desk, provider: Provider) -> Browser:
    app = FastAPI()
    add_problem_handlers(app)
    mount_desk(app, replace(desk, provider=provider), "")
    return Browser(app)


def leave(browser: Browser) -> str:
    """Where the button on the form leads."""
    browser.get("/desk/sign-in")
    address = browser.address_of("Sign in with your organization’s account")
    return browser.client.get(address, follow_redirects=False).headers["location"]


def signed_on(browser: Browser, sub: str) -> httpx2.Response:
    """What is shown after somebody has signed in at the honest provider."""
    answered = httpx2.post(leave(browser), data={"sub": sub})
    return browser.get(answered.headers["location"])


def returned(browser: Browser) -> str:
    """The address to which the false provider sends back."""
    return httpx2.get(leave(browser)).headers["location"]


def is_inside(browser: Browser) -> bool:
    return browser.get("/desk").url.path == "/desk"


def test_a_user_who_is_known_here_signs_in_at_the_provider(desk: Desk, issuer: str) -> None:
    desk.users.add("小王", "editor", None, "test")
    browser = browser_of(desk, Provider(issuer, CLIENT, SECRET, HERE))
    assert signed_on(browser, "1").url.path == "/desk"
    assert browser.said.startswith("Welcome, 小王")
    assert desk.log.latest(1)[0].action == "signed in"
    assert browser.get("/desk/questions").status_code == 403
    browser.get("/desk")
    browser.send("/desk/sign-out")
    assert not is_inside(browser)


def test_whom_the_provider_knows_but_nobody_here_gets_no_role(desk: Desk, issuer: str) -> None:
    before = desk.users.all()
    browser = browser_of(desk, Provider(issuer, CLIENT, SECRET, HERE))
    for sub in ("1", "2", "nobody@example.com"):
        assert signed_on(browser, sub).status_code == 403
        assert "does not say that you have a role here" in browser.said
        assert not is_inside(browser)
    assert desk.users.all() == before


def test_a_user_with_a_password_is_nobody_whom_the_provider_names(desk: Desk, issuer: str) -> None:
    roles = (("administrator", "it"),)
    browser = browser_of(desk, Provider(issuer, CLIENT, SECRET, HERE, role_claim="groups", roles=roles))
    assert signed_on(browser, "3").status_code == 403
    assert User("chief", "publisher") in desk.users.all()


def test_a_claim_gives_the_highest_of_its_roles_at_each_sign_in(desk: Desk, issuer: str) -> None:
    roles = (("editor", "news"), ("publisher", "chiefs"))
    provider = Provider(issuer, CLIENT, SECRET, HERE, role_claim="groups", roles=roles)
    browser = browser_of(desk, provider)
    assert signed_on(browser, "1").status_code == 200
    assert User("小王", "publisher") in desk.users.all()
    assert signed_on(browser_of(desk, provider), "2").status_code == 403
    lesser = browser_of(desk, replace(provider, roles=roles[:1]))
    assert signed_on(lesser, "1").status_code == 200
    assert User("小王", "editor") in desk.users.all()
    changes = [(line.user, line.action) for line in desk.log.latest(10) if line.user == "provider"]
    assert changes == [("provider", "user changed"), ("provider", "user added")]


def test_an_address_that_the_provider_has_not_verified_is_no_name(desk: Desk, issuer: str) -> None:
    desk.users.add("wang@example.com", "editor", None, "test")
    browser = browser_of(desk, Provider(issuer, CLIENT, SECRET, HERE, name_claim="email"))
    assert signed_on(browser, "1").status_code == 403


def test_a_user_without_a_password_has_none_that_is_right(desk: Desk, issuer: str) -> None:
    desk.users.add("小王", "editor", None, "test")
    browser = browser_of(desk, Provider(issuer, CLIENT, SECRET, HERE))
    for password in ("", " ", PASSWORD):
        browser.get("/desk/sign-in")
        browser.send("/desk/sign-in", name="小王", password=password)
        assert browser.page.status_code == 403


def test_the_way_to_the_provider_has_state_nonce_and_challenge(desk: Desk, liar: FalseProvider) -> None:
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    asked = parse_qs(urlsplit(leave(browser)).query)
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == ([BACK], ["S256"])
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert SECRET not in str(asked)


@pytest.mark.parametrize("claims", [
    {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": ["another"], "azp": CLIENT},
    {"iss": "https://evil.example"}, {"exp": 1}, {"exp": None}, {"azp": "another"},
    {"preferred_username": "<script>"}, {"preferred_username": ""}, {"preferred_username": ["小王"]},
], ids=str)  # fmt: skip
def test_a_token_of_somebody_else_is_refused(
    desk: Desk, liar: FalseProvider, claims: dict[str, object]
) -> None:
    desk.users.add("小王", "editor", None, "test")
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    liar.claims.update(claims)
    assert browser.get(returned(browser)).status_code == 403
    assert not is_inside(browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "stranger"])
def test_a_signature_that_is_not_the_providers_is_refused(
    desk: Desk, liar: FalseProvider, algorithm: str
) -> None:
    desk.users.add("小王", "editor", None, "test")
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    liar.algorithm = algorithm
    assert browser.get(returned(browser)).status_code == 403
    assert not is_inside(browser)


def test_an_answer_without_a_token_is_refused(desk: Desk, liar: FalseProvider) -> None:
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    liar.has_token = False
    assert browser.get(returned(browser)).status_code == 403


def test_a_state_that_is_not_this_browsers_is_refused(desk: Desk, liar: FalseProvider) -> None:
    desk.users.add("小王", "editor", None, "test")
    provider = Provider(liar.address, CLIENT, SECRET, HERE)
    mine, theirs = browser_of(desk, provider), browser_of(desk, provider)
    good = returned(mine)
    for forged in (
        "",
        "?state=x&code=y",
        "?code=code-1",
        f"?code=code-1&state={'x' * 5000}",
        "?error=denied",
    ):
        assert theirs.get(f"{BACK}{forged}").status_code == 403, forged
    assert theirs.get(good).status_code == 403  # the code of another browser
    assert mine.get(good).url.path == "/desk"
    assert is_inside(mine)
    assert not is_inside(theirs)


def test_a_code_counts_once(desk: Desk, liar: FalseProvider) -> None:
    desk.users.add("小王", "editor", None, "test")
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    good = returned(browser)
    kept = dict(browser.client.cookies)
    assert browser.get(good).url.path == "/desk"
    assert browser.get(good).status_code == 403
    thief = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    thief.client.cookies.update(kept)
    assert thief.get(good).status_code == 403
    assert not is_inside(thief)


def test_nothing_in_the_address_leads_elsewhere(desk: Desk, liar: FalseProvider) -> None:
    desk.users.add("小王", "editor", None, "test")
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    evil = "next=https://evil.example&redirect_uri=https://evil.example&url=//evil.example"
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    left = browser.client.get(f"/desk/single-sign-on?{evil}", headers=headers, follow_redirects=False)
    assert parse_qs(urlsplit(left.headers["location"]).query)["redirect_uri"] == [BACK]
    back = returned(browser)
    landed = browser.client.get(f"{back}&{evil}", follow_redirects=False)
    assert (landed.status_code, landed.headers["location"]) == (303, "/desk")


def test_a_provider_of_another_name_is_not_asked(desk: Desk, liar: FalseProvider) -> None:
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE))
    liar.metadata = {"issuer": "https://evil.example"}
    assert browser.get("/desk/single-sign-on").status_code == 503
    assert "cannot be reached now" in browser.said
    assert liar.asked == []
    liar.metadata = {}
    assert httpx2.get(leave(browser)).status_code == 302


def test_a_provider_that_is_gone_is_told_and_passwords_go_on(desk: Desk) -> None:
    with listen("127.0.0.1", 0) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    browser = browser_of(desk, Provider(address, CLIENT, SECRET, HERE))
    assert browser.get("/desk/single-sign-on").status_code == 503
    browser.signed_in("ed")


def test_without_a_provider_there_is_no_way_to_one(stranger: Browser) -> None:
    assert stranger.get("/desk/single-sign-on").status_code == 404
    assert stranger.get("/desk/single-sign-on/back?code=a&state=b").status_code == 404
    assert "organization’s account" not in stranger.get("/desk/sign-in").text


def test_an_administrator_makes_a_user_without_a_password(desk: Desk, liar: FalseProvider) -> None:
    browser = browser_of(desk, Provider(liar.address, CLIENT, SECRET, HERE)).signed_in("root")
    browser.get("/desk/users")
    browser.send("/desk/users", name="小王", role="editor", password="")
    assert User("小王", "editor") in desk.users.all()
