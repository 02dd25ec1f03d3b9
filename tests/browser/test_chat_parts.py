"""Several questions in one line, and a list of what is new, on the page and in the widget; large text too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import PHONE as PHONE_VIEW
from tests.browser.sites import Site, Widget, tag, visiting
from tests.browser.visit import BOX, DESKTOP, PANEL, PHONE, TALK, Visitor, still

LINE, PARTS = "新规并且天气?", ["新规?", "天气?"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_each_question_stands_above_its_answer(
    visitor: Visitor, size: tuple[int, int], screenshots: Path
) -> None:
    visit = visitor(size=size)
    visit.ask(LINE)
    parts = visit.page.locator(f"{TALK} .part")
    expect(parts.locator("h3")).to_have_text(PARTS)
    expect(parts.first.locator(".sentence")).to_have_text("旧的不再适用。")
    expect(parts.last.locator(".sentence")).to_have_count(0)
    expect(visit.quotes.first).to_be_in_viewport(ratio=1)
    visit.page.screenshot(path=screenshots / f"{size[0]}x{size[1]}-parts.png")
    parts.first.locator("button.read").click()
    expect(visit.page.locator(f"{PANEL} article h2")).to_have_text("新的<寄递>规定")


def test_what_is_new_is_a_list_of_articles(visitor: Visitor, screenshots: Path) -> None:
    visit = visitor(size=PHONE)
    visit.ask("最新?")
    titles = ["邮政管理局督导快递安全", "Is base-station radiation safe?"]
    expect(visit.readers).to_have_text(titles)
    visit.page.screenshot(path=screenshots / "390x844-listed.png")
    visit.readers.first.click()
    expect(visit.page.locator(f"{PANEL} article h2")).to_have_text(titles[0])


def test_the_widget_shows_both(browser: Browser, site: Site, service: str, screenshots: Path) -> None:
    with visiting(browser, site.page(tag(service)), service, viewport=PHONE_VIEW) as page:
        widget = Widget(page)
        widget.open()
        widget.box.fill(LINE)
        widget.box.press("Enter")
        expect(widget.frame.locator(".part h3")).to_have_text(PARTS)
        expect(widget.quotes).to_have_text(["旧的不再适用。"])
        page.screenshot(path=screenshots / "390x844-widget-parts.png")
        turn = widget.ask("最新?")
        expect(turn.locator(".nearest a")).to_have_count(2)
        page.screenshot(path=screenshots / "390x844-widget-listed.png")


def test_in_the_largest_text_the_sentence_is_whole_on_the_first_screen(
    visitor: Visitor, screenshots: Path
) -> None:
    visit = visitor(size=PHONE)
    visit.page.evaluate("document.documentElement.dataset.text = 'largest'")
    visit.ask("实名收寄率要达到多少?")
    still(visit.quotes.first)
    visit.page.screenshot(path=screenshots / "390x844-largest.png")
    expect(visit.quotes.first).to_be_in_viewport(ratio=1)
    shown, box = visit.quotes.first.bounding_box(), visit.page.locator(BOX).bounding_box()
    assert shown
    assert box
    assert shown["y"] + shown["height"] <= box["y"]
