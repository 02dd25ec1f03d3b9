"""A question asked back: its choices are asked by a tap, on the page and in the widget; as links too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import PHONE as PHONE_VIEW
from tests.browser.sites import Site, Widget, tag, visiting
from tests.browser.visit import BOX, DESKTOP, PHONE, TALK, Visitor

LABELS = ["雪松街道", "<古城>街道"]


@pytest.mark.parametrize(
    ("size", "text"),
    [(DESKTOP, "normal"), (PHONE, "normal"), (PHONE, "largest")],
    ids=["desktop", "phone", "largest"],
)
def test_a_tap_asks_the_choice(visitor: Visitor, size: tuple[int, int], text: str, screenshots: Path) -> None:
    visit = visitor(size=size)
    visit.page.evaluate(f"document.documentElement.dataset.text = '{text}'")
    visit.ask("哪个街道?")
    choices = visit.page.locator(f"{TALK} .choices a")
    expect(choices).to_have_text(LABELS)
    expect(choices.last).to_be_in_viewport(ratio=1)
    expect(visit.page.locator(f"{TALK} .tools")).to_have_count(0)
    visit.page.screenshot(path=screenshots / f"{size[0]}x{size[1]}-{text}-choices.png")
    choices.first.click()
    expect(visit.questions.last).to_have_text("雪松街道：新规?")
    expect(visit.quotes).to_have_text(["旧的不再适用。"])


def test_a_choice_is_a_link_that_is_asked_when_it_is_opened(visitor: Visitor) -> None:
    visit = visitor()
    visit.ask("哪个街道?")
    link = visit.page.locator(f"{TALK} .choices a").first.evaluate("link => link.href")
    visit.page.evaluate("sessionStorage.clear()")
    visit.go(link)
    expect(visit.page.locator(BOX)).to_be_visible()
    expect(visit.questions.last).to_have_text("雪松街道：新规?")


def test_the_widget_asks_back_too(browser: Browser, site: Site, service: str, screenshots: Path) -> None:
    with visiting(browser, site.page(tag(service)), service, viewport=PHONE_VIEW) as page:
        widget = Widget(page)
        widget.open()
        turn = widget.ask("哪个街道?")
        expect(turn.locator(".verdict")).to_have_text("您问的是哪一个？")
        choices = turn.locator(".choices button")
        expect(choices).to_have_text(LABELS)
        page.screenshot(path=screenshots / "390x844-widget-choices.png")
        choices.first.click()
        expect(widget.quotes).to_have_text(["旧的不再适用。"])
