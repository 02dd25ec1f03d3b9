"""The widget on sites of every kind: strict, hostile, careless, and those that may not show it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot import messages
from tests.browser.sites import PHONE, Site, Widget, tag, visiting

HOSTILE_CSS = """<style>
  * { all: revert; font-size: 40px !important; box-sizing: content-box !important;
      letter-spacing: 9px !important; visibility: hidden !important; position: static !important; }
  body, body ~ * { transform: rotate(9deg) !important; display: grid !important; }
  html { font-size: 62.5%; line-height: 3; }
  button, iframe, dialog { display: none !important; width: 1px !important; }
</style>"""


def test_a_strict_policy_needs_the_two_lines_and_no_more(browser: Browser, site: Site, service: str) -> None:
    policy = (
        f"default-src 'none'; script-src {service}; frame-src {service}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    address = site.page(tag(service), headers={"Content-Security-Policy": policy})
    with visiting(browser, address, service) as page:
        widget = Widget(page)
        expect(widget.button).to_have_css("position", "fixed")
        widget.open()
        widget.ask("实名收寄率要达到多少?")
        expect(widget.quotes).to_have_count(2)


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
def test_hostile_css_changes_nothing(
    browser: Browser, site: Site, service: str, viewport: dict[str, int] | None
) -> None:
    places = []
    for number, head in enumerate(("", HOSTILE_CSS)):
        options = {"viewport": viewport} if viewport else {}
        address = site.page("正文" + tag(service), head, path=f"/css{number}")
        with visiting(browser, address, service, reduced_motion="reduce", **options) as page:
            widget = Widget(page)
            button = widget.button.bounding_box()
            widget.open()
            look = widget.button.evaluate(
                "b => { const s = getComputedStyle(b); return [s.fontSize, s.letterSpacing, s.visibility] }"
            )
            places.append((button, widget.dialog.bounding_box(), look))
    assert places[0] == places[1]


def test_twice_on_a_page_it_is_there_once(browser: Browser, site: Site, service: str) -> None:
    twice = tag(service, title="第一") + tag(service, title="第二").replace("async ", "")
    with visiting(browser, site.page(twice + "<p id=after>后</p>"), service) as page:
        expect(page.locator("#after")).to_be_visible()
        page.add_script_tag(url=f"{service}/widget.js")
        expect(page.locator("yuanwen-widget")).to_have_count(1)
        Widget(page).open()


def test_an_element_of_its_name_does_not_stop_it(browser: Browser, site: Site, service: str) -> None:
    clobbering = '<form id="yuanwen"><input name="destroy"></form>'
    with visiting(browser, site.page(clobbering + tag(service)), service) as page:
        Widget(page).open()


@pytest.mark.parametrize("kind", ["async", ""])
def test_loaded_before_the_body(browser: Browser, site: Site, service: str, kind: str) -> None:
    head = tag(service).replace("async", kind) + "<script>window.yuanwen?.open()</script>"
    with visiting(browser, site.page("<a href='#'>正文</a>", head), service) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        if not kind:  # then the page's own script could open it before there was a body
            expect(widget.dialog).to_have_class("ready")
        assert page.evaluate("document.documentElement.lastElementChild.localName") == "yuanwen-widget"


def test_a_page_that_replaces_its_body_keeps_it_with_the_conversation(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.ask("实名收寄率要达到多少?")
        page.evaluate("document.body.replaceWith(document.createElement('body'))")
        expect(widget.dialog).to_be_visible()
        assert widget.ask("大概怎样?").locator(".sentence").count() == 2
        page.evaluate("document.documentElement.replaceChildren(document.createElement('body'))")
        expect(widget.dialog).to_have_class("ready")
        expect(widget.turns).to_have_count(2)
        widget.frame.locator("#close").click()
        expect(widget.dialog).to_be_hidden()


class TestAnotherOrigin:
    """Two sites on this machine: the settings name one of them."""

    def test_gets_no_button_and_is_told_what_to_set(
        self, browser: Browser, stranger: Site, service: str
    ) -> None:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        with page.expect_console_message() as said:
            page.goto(stranger.page(tag(service)))
        assert said.value.text.startswith(f"yuanwen: this site ({stranger.address}) may not show")
        assert f'{stranger.address}"' in said.value.text
        expect(page.locator("yuanwen-widget")).to_have_count(0)
        context.close()

    def test_is_refused_the_panel(self, browser: Browser, stranger: Site, service: str) -> None:
        silent = tag(service).replace("<script", '<script referrerpolicy="no-referrer"')
        with visiting(browser, stranger.page(silent), service, quiet=False) as page:
            said: list[str] = []
            page.on("console", lambda line: said.append(line.text))
            widget = Widget(page)
            widget.button.click()
            expect(widget.dialog.get_by_role("alert")).to_contain_text(messages.AWAY.to("zh-Hans"))
            assert any("frame-ancestors" in line for line in said)
            assert widget.box.count() == 0
            page.keyboard.press("Escape")
            expect(widget.dialog).to_be_hidden()

    def test_is_refused_the_api(self, browser: Browser, site: Site, stranger: Site, service: str) -> None:
        ask = """service => fetch(service + "/api/ask", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ question: "实名收寄率要达到多少?" }),
        }).then((response) => response.json()).then((answer) => answer.verdict, String)"""
        with visiting(browser, site.page(""), service) as page:
            assert page.evaluate(ask, service) == "answered"
        with visiting(browser, stranger.page(""), service, quiet=False) as page:
            assert page.evaluate(ask, service) == "TypeError: Failed to fetch"

    def test_by_another_name_of_the_same_machine_is_another(
        self, browser: Browser, site: Site, service: str
    ) -> None:
        site.page(tag(service).replace("<script", '<script referrerpolicy="no-referrer"'))
        address = site.address.replace("127.0.0.1", "localhost")
        with visiting(browser, f"{address}/page", service, quiet=False) as page:
            widget = Widget(page)
            widget.button.click()
            expect(widget.dialog.get_by_role("alert")).to_contain_text(messages.AWAY.to("zh-Hans"))
