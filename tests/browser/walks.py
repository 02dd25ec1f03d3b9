"""Ways through the service that bring it from state to state, each named when it is there to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Page, expect

from bot.web.links import quote_link
from tests.bot.web.stub import QUOTES
from tests.browser.sites import Widget
from tests.browser.visit import BOX, PANEL, Visit, still

__all__ = ["Asked", "chat", "pages", "trouble", "widget"]

NOT_READY = {"status": 503, "json": {"status": 503, "detail": "not ready"}}


class Asked(NamedTuple):
    """Questions of one language, each for another kind of answer."""

    answered: str
    unsure: str
    none: str
    talk: str
    too_long: str


def chat(visit: Visit, asked: Asked) -> Iterator[str]:
    """The chat page, from first sight to large text."""
    page = visit.page
    expect(visit.examples.first).to_be_visible()
    yield "first-sight"
    page.fill(BOX, asked.answered)
    page.press(BOX, "Enter")
    expect(visit.suggested.first).to_be_visible()
    still(visit.quotes.first)
    yield "answered"
    visit.suggested.last.scroll_into_view_if_needed()
    yield "what-next"
    page.locator(".vote.down").click()
    expect(page.locator(".tools form")).to_be_visible()
    still(page.locator(".tools form"))
    yield "comment"
    visit.readers.first.click()
    expect(page.locator(PANEL)).to_be_visible()
    still(page.locator(PANEL))
    visit.questions.first.evaluate("said => said.scrollIntoView({ block: 'start', behavior: 'instant' })")
    yield "article"
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    for name, question in (("unsure", asked.unsure), ("none", asked.none), ("talk", asked.talk)):
        visit.ask(question)
        still(visit.questions.last)
        yield name
    page.fill(BOX, asked.too_long)
    page.press(BOX, "Enter")
    expect(visit.trouble).to_be_visible()
    still(visit.trouble)
    yield "refused"
    page.fill(BOX, "")
    page.click("#display summary")
    page.click("#contrast")
    yield "contrast"
    page.click("#contrast")
    page.keyboard.press("Escape")
    page.click("#larger")
    still(visit.questions.last)
    yield "large"


def trouble(visit: Visit, asked: Asked) -> Iterator[str]:
    """What goes wrong on the chat page: a full queue, a server that starts, a lost connection."""
    page = visit.page
    expect(visit.examples.first).to_be_visible()
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    yield from _in_vain(visit, asked.answered, "queue-full")
    page.unroute("**/queue/join*")
    page.route("**/queue/join*", lambda route: route.abort())
    page.route("**/readyz", lambda route: route.fulfill(**NOT_READY))
    yield from _in_vain(visit, asked.answered, "restarting")
    page.unroute("**/readyz")
    page.context.set_offline(True)
    yield from _in_vain(visit, asked.answered, "lost")


def _in_vain(visit: Visit, question: str, name: str) -> Iterator[str]:
    visit.page.fill(BOX, question)
    visit.page.press(BOX, "Enter")
    expect(visit.trouble).to_be_visible()
    still(visit.trouble)
    yield name


def pages(page: Page, address: str) -> Iterator[str]:
    """The pages of the stub bot's articles."""
    quote = QUOTES["parcels"]
    link = quote_link("parcels", quote.start, quote.text)
    for name, path in (
        ("list", "/articles"),
        ("article", "/articles/parcels"),
        ("quote", link),
        ("quote-moved", quote_link("parcels", quote.start - 1, quote.text)),
        ("quote-changed", quote_link("parcels", quote.start, "这句话已经改掉了。")),
        ("superseded", "/articles/hostile"),
        ("withdrawn", "/articles/gone"),
        ("missing", "/articles/nope"),
        ("large", link.replace("?", "?text=large&")),
    ):
        page.goto(address + path)
        yield name


def widget(page: Page, asked: Asked) -> Iterator[str]:
    """The widget's demo page and the widget on it, at last without a connection."""
    shown = Widget(page)
    expect(shown.button).to_be_visible()
    yield "demo"
    page.route("**/widget/panel*", lambda route: route.abort())
    shown.button.click()
    expect(shown.dialog).to_have_class("away")
    yield "away"
    page.unroute("**/widget/panel*")
    shown.dialog.locator("button").first.click()
    expect(shown.frame.locator(".example").first).to_be_visible()
    yield "open"
    for name in ("answered", "unsure", "none", "talk"):
        turn = shown.ask(getattr(asked, name))
        expect(turn.locator(".example").first).to_be_visible()
        still(turn)
        yield name
    turn = shown.turns.nth(2)
    turn.locator(".vote.down").click()
    expect(turn.locator("textarea")).to_be_focused()
    still(turn)
    yield "comment"
    page.context.set_offline(True)
    shown.box.fill(asked.answered)
    shown.box.press("Enter")
    expect(shown.frame.locator(".retry")).to_be_visible()
    still(shown.turns.last)
    yield "lost"
    page.context.set_offline(False)
    shown.frame.locator("#large").click()
    shown.frame.locator("#talk").evaluate("talk => talk.scrollTo({ top: 0, behavior: 'instant' })")
    still(shown.turns.first)
    yield "large"
