from __future__ import annotations

import os
from dataclasses import replace

import pytest

from bot.desk.desk import Desk
from bot.operations.site import CurrentPublisher, Site
from bot.settings import Settings
from tests.bot.desk.browser import Browser

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("YUANWEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("YUANWEN_CONTACT", "12345")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    site = Site(Settings(), desk.database)
    return replace(desk, site=site, publisher=CurrentPublisher(site))


def site_of(desk: Desk) -> Site:
    assert desk.site
    return desk.site


def test_an_administrator_sets_what_the_environment_does_not(
    administrator: Browser, desk: Desk, changes: list[str]
) -> None:
    administrator.get("/desk/settings")
    assert "From the environment or a settings file: YUANWEN_CONTACT" in administrator.said
    assert administrator.typed["keep_questions_days"] == "90"
    administrator.send(
        "/desk/settings",
        files=[("files", ("logo.svg", SVG))],
        **{**administrator.typed, "publisher": "<b>晚报", "contact": "1", "accent": ""},
    )
    assert "Saved." in administrator.said
    published = site_of(desk).published_by
    assert (published.name, published.contact) == ("<b>晚报", "12345")
    assert published.logo
    assert changes == ["changed"]
    sources = {name: site_of(desk).source(name) for name in ("publisher", "accent", "keep_questions_days")}
    assert sources == {"publisher": "desk", "accent": "default", "keep_questions_days": "default"}
    assert "&lt;b&gt;晚报" in administrator.page.text
    administrator.send("/desk/settings", **{**administrator.typed, "remove_logo": "1"})
    assert site_of(desk).published_by.logo is None


def test_a_wrong_value_is_told_and_what_was_typed_stays(administrator: Browser, desk: Desk) -> None:
    administrator.get("/desk/settings")
    administrator.send("/desk/settings", **{**administrator.typed, "accent": "red", "publisher": "晚报"})
    assert administrator.page.status_code == 400
    assert "Accent color: this is not allowed. It takes a color like #9c2a1f." in administrator.said
    assert administrator.typed["publisher"] == "晚报"
    assert site_of(desk).published_by.name == ""


def test_a_publisher_pauses_and_lets_go_on(publisher: Browser, desk: Desk) -> None:
    publisher.get("/desk/pause")
    assert publisher.send("/desk/pause", action="pause", sentence=" ").status_code == 400
    publisher.get("/desk/pause")
    publisher.send("/desk/pause", action="pause", sentence="明天<再>来。")
    assert site_of(desk).pause == "明天<再>来。"
    assert "The bot is paused." in publisher.said
    publisher.send("/desk/pause", action="answer", sentence="x")
    assert site_of(desk).pause == ""
    publisher.get("/desk/pause")
    assert publisher.send("/desk/pause", action="pause", sentence="x" * 501).status_code == 400


def test_others_may_not(editor: Browser, publisher: Browser) -> None:
    assert editor.get("/desk/pause").status_code == 403
    assert publisher.get("/desk/settings").status_code == 403
