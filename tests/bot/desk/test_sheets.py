"""A document comes in, is put right and published, as an editor and a publisher do it without a script."""

from __future__ import annotations

import re

import pytest
import time_machine
from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.desk.publishing import Schedule
from corpus.library.files import read_library
from tests.bot.desk.browser import Browser
from tests.bot.desk.page_text import PAGE

FILE = [("files", ("2024-11-26-A3.txt", PAGE.encode(), "text/plain"))]


def fields(browser: Browser) -> dict[str, str]:
    """What the page's form holds, as a browser would send it."""
    text = browser.page.text
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version
    return {**browser.typed, "version": version[1], "zone": "0"}


def act(browser: Browser, action: str, **typed: object) -> None:
    """Type into the page that is shown, and press a button."""
    browser.send(browser.page.url.path, **{**fields(browser), **typed, "action": action})


@pytest.fixture
def editing(editor: Browser) -> Browser:
    editor.get("/desk/add")
    editor.send("/desk/add", files=FILE, source="驿城晚报")
    assert editor.page.url.path.startswith("/desk/sheets/")
    return editor


def test_an_editor_proposes_and_a_publisher_publishes(
    editing: Browser, publisher: Browser, desk: Desk, changes: list[str]
) -> None:
    address = editing.page.url.path
    act(editing, "propose", **{"title-2": "公园开放时间调整"})
    assert "awaits approval" in editing.said
    publisher.get("/desk/sheets")
    assert "2024-11-26-A3.txt" in publisher.said
    publisher.get(address)
    act(publisher, "publish")
    assert "2 added, 0 changed, 0 as before" in publisher.said
    assert [(article.title, article.source) for article in read_library(desk.articles)] == [
        ("冬季用电有了新保障", "驿城晚报"),
        ("公园开放时间调整", "驿城晚报"),
    ]
    assert changes == ["changed"]
    last = desk.log.latest(1)[0]
    assert (last.user, last.action) == ("chief", "document published")


def test_an_editor_cannot_publish(editing: Browser, desk: Desk) -> None:
    for action in ("publish", "schedule"):
        act(editing, action, at="2030-01-01T08:00")
        assert editing.page.status_code == 403
        editing.get("/desk/sheets")
        editing.get(re.findall(r'href="(/desk/sheets/\w+)"', editing.page.text)[0])
    assert list(desk.articles.iterdir()) == []


def test_articles_are_joined_split_and_that_is_undone(editing: Browser) -> None:
    before = fields(editing)
    act(editing, "join:2024-11-26-A3-2")
    assert "1 articles were found" in editing.said
    act(editing, "undo")
    assert {k: v for k, v in fields(editing).items() if k != "version"} == {
        k: v for k, v in before.items() if k != "version"
    }
    act(
        editing,
        "split:2024-11-26-A3-1",
        **{"from-1": re.findall(r'<option value="(\d+)"', editing.page.text)[0]},
    )
    assert "3 articles were found" in editing.said
    act(editing, "join:2024-11-26-A3-1")
    assert (editing.page.status_code, "cannot be joined" in editing.said) == (400, True)


def test_undo_goes_back_step_by_step_to_the_first(editing: Browser) -> None:
    first = fields(editing)["title-1"]
    act(editing, "save", **{"title-1": "一"})
    act(editing, "save", **{"title-1": "二"})
    seen = []
    for _ in range(3):
        act(editing, "undo")
        seen.append(fields(editing)["title-1"])
    assert seen == ["一", first, first]


def test_the_second_of_two_editors_is_told_and_loses_nothing(editing: Browser, publisher: Browser) -> None:
    publisher.get(editing.page.url.path)
    act(editing, "save", **{"title-1": "甲"})
    act(publisher, "publish", **{"title-1": "乙<b>"})
    assert publisher.page.status_code == 409
    assert "ed has changed this document meanwhile" in publisher.said
    assert fields(publisher)["title-1"] == "乙<b>"
    act(publisher, "save", **{"title-1": "乙"})
    act(publisher, "undo")
    assert fields(publisher)["title-1"] == "甲"


def test_what_was_published_meanwhile_cannot_be_changed(editing: Browser, publisher: Browser) -> None:
    publisher.get(editing.page.url.path)
    act(publisher, "publish")
    act(editing, "save", **{"title-1": "甲"})
    assert (editing.page.status_code, "published or discarded" in editing.said) == (409, True)


def test_nothing_is_published_while_one_article_is_not_whole(publisher: Browser, desk: Desk) -> None:
    publisher.get("/desk/add")
    publisher.send("/desk/add", files=FILE)
    act(publisher, "publish", **{"title-2": "  "})
    assert (publisher.page.status_code, "so nothing was published: 自12月1日起" in publisher.said) == (
        400,
        True,
    )
    act(publisher, "publish", **{"title-2": "公园", "published-1": "2024-99-99"})
    assert publisher.page.status_code == 400
    assert list(desk.articles.iterdir()) == []
    act(publisher, "publish", **{"published-1": "", "out-2": "1"})
    assert [article.title for article in read_library(desk.articles)] == ["冬季用电有了新保障"]


def test_a_document_is_published_when_its_time_has_come(publisher: Browser, desk: Desk) -> None:
    publisher.get("/desk/add")
    publisher.send("/desk/add", files=FILE)
    act(publisher, "schedule", at="no time")
    assert publisher.page.status_code == 400
    publisher.get("/desk/sheets")
    publisher.get(re.findall(r'href="(/desk/sheets/\w+)"', publisher.page.text)[0])
    act(publisher, "schedule", at="2030-01-01T08:00", zone="-480")
    assert "2030-01-01T00:00 (UTC)" in publisher.said
    with time_machine.travel("2029-12-31T23:59:59Z", tick=False):
        assert Schedule(desk).publish_due() == 0
    with time_machine.travel("2030-01-01T00:00:00Z", tick=False):
        assert Schedule(desk).publish_due() == 1
        assert Schedule(desk).publish_due() == 0
    assert len(read_library(desk.articles)) == 2


def test_discarding_is_for_the_editor_whose_it_is(service: FastAPI, editing: Browser) -> None:
    eve = Browser(service).signed_in("eve")
    eve.get(editing.page.url.path)
    act(eve, "discard")
    assert eve.page.status_code == 403
    act(editing, "discard") if editing.get(editing.page.url.path) else None
    assert "was discarded" in editing.said
    assert "There are no drafts." in editing.said


@pytest.mark.parametrize("sheet", ["nothing", "' OR 1=1", "0000000000000000"])
def test_a_document_that_is_none(editor: Browser, sheet: str) -> None:
    assert editor.get(f"/desk/sheets/{sheet}").status_code in (404, 307)


def test_forms_that_no_page_makes(editing: Browser) -> None:
    address = editing.page.url.path
    good = fields(editing)
    for typed in (
        {"version": "99"},
        {"version": "-1"},
        {"version": "x"},
        {"version": "1" * 40},
        {"title-1": "x" * 3000},
        {"action": "split:other"},
        {"action": "join:../../etc"},
        {"action": "split:2024-11-26-A3-1", "from-1": "-5"},
    ):
        editing.get(address)
        editing.send(address, **{**good, "action": "save", **typed})
        assert editing.page.status_code in (400, 409), typed


def test_script_in_every_field_stays_text(publisher: Browser) -> None:
    evil = '"><script>alert(1)</script>{{7*7}}'
    publisher.get("/desk/add")
    publisher.send("/desk/add", text=f"{evil}\n\n第一段{evil}。", source=evil)
    names = [name for name in fields(publisher) if name.endswith("-1") and name != "published-1"]
    act(publisher, "save", **dict.fromkeys(names, evil))
    assert "<script>alert" not in publisher.page.text
    act(publisher, "publish")
    publisher.get("/desk/articles")
    assert "&lt;script&gt;" in publisher.page.text
    assert "<script>alert" not in publisher.page.text
    assert "{{7*7}}" in publisher.said
