from __future__ import annotations

import pytest

from tests.bot.desk.browser import PASSWORD, Browser


@pytest.mark.parametrize(
    ("language", "said"), [("zh-CN", "ed，您好"), ("zh-TW", "ed，您好"), ("en", "Welcome, ed")]
)
def test_signing_in_and_out(stranger: Browser, language: str, said: str) -> None:
    stranger.client.headers["accept-language"] = language
    stranger.signed_in("ed")
    assert stranger.said.startswith(said)
    stranger.send("/desk/sign-out")
    assert stranger.page.url.path == "/desk/sign-in"


def test_a_wrong_password_is_told_and_the_name_stays(stranger: Browser) -> None:
    stranger.get("/desk/sign-in")
    stranger.send("/desk/sign-in", name='ed"><script>', password="wrong")
    assert stranger.page.status_code == 403
    assert "The name or the password is wrong." in stranger.said
    assert 'value="ed&#34;&gt;&lt;script&gt;"' in stranger.page.text


def test_too_many_wrong_passwords(stranger: Browser) -> None:
    for _ in range(4):
        stranger.get("/desk/sign-in")
        stranger.send("/desk/sign-in", name="ed", password="wrong")
    assert stranger.page.status_code == 429
    assert "After wrong passwords you have to wait" in stranger.said


def test_the_token_of_the_form_is_worth_nothing_inside(stranger: Browser) -> None:
    before = stranger.get("/desk/sign-in") and stranger.token
    stranger.send("/desk/sign-in", name="ed", password=PASSWORD)
    assert stranger.token not in ("", before)
