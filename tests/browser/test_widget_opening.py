"""The widget's button and panel: opened, closed, steered by the tag and by the page's scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import DESKTOP, PHONE, Site, Widget, tag, visiting

FORM = '<input id="mine"><button id="help" onclick="yuanwen.open()">帮助</button>'


def test_opens_with_the_focus_in_the_question_box_and_gives_it_back(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        expect(widget.button).to_have_attribute("aria-haspopup", "dialog")
        expect(widget.button).to_have_attribute("aria-expanded", "false")
        expect(widget.button).to_have_text("提问")
        assert page.locator("yuanwen-widget iframe").count() == 0
        widget.open()
        expect(widget.button).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("dialog", name="原文")).to_be_visible()
        page.keyboard.press("Escape")
        expect(widget.dialog).to_be_hidden()
        expect(widget.button).to_have_attribute("aria-expanded", "false")
        assert widget.focused_in_shadow() == "open"
        page.keyboard.press("Enter")
        expect(widget.box).to_be_focused()
        widget.frame.locator("#close").click()
        expect(widget.dialog).to_be_hidden()
        assert widget.focused_in_shadow() == "open"


def test_gives_the_focus_back_to_what_opened_it(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(FORM + tag(service)), service) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        page.locator("#help").click()
        expect(widget.box).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#help")).to_be_focused()


def test_takes_no_focus_from_someone_who_went_elsewhere(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(FORM + tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        page.locator("#mine").click()
        page.evaluate("yuanwen.close()")
        expect(page.locator("#mine")).to_be_focused()


def test_on_a_phone_it_covers_the_screen_and_nothing_behind_it_can_be_reached(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(FORM + tag(service)), service, viewport=PHONE) as page:
        widget = Widget(page)
        widget.open()
        expect(page.locator("yuanwen-widget dialog:modal")).to_have_count(1)
        box = widget.dialog.bounding_box()
        assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
        page.locator("#mine").evaluate("input => input.focus()")
        assert page.evaluate("document.activeElement.id") != "mine"
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        expect(page.locator("yuanwen-widget dialog[open]:not(:modal)")).to_have_count(1)
        page.set_viewport_size({"width": 639, "height": 800})
        expect(page.locator("yuanwen-widget dialog:modal")).to_have_count(1)
        widget.frame.locator("#close").click()
        expect(widget.dialog).to_be_hidden()
        assert widget.focused_in_shadow() == "open"


@pytest.mark.parametrize(("position", "is_left"), [("right", False), ("left", True)])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_stands_in_its_corner(
    browser: Browser, site: Site, service: str, position: str, is_left: bool, viewport: dict[str, int]
) -> None:
    with visiting(browser, site.page(tag(service, position=position)), service, viewport=viewport) as page:
        box = Widget(page).button.bounding_box()
        assert box
        left, right = box["x"], viewport["width"] - box["x"] - box["width"]
        assert (left if is_left else right) == 20
        assert viewport["height"] - box["y"] - box["height"] == 20
        assert min(box["width"], box["height"]) >= 44


def test_the_tag_says_color_title_language_and_question(browser: Browser, site: Site, service: str) -> None:
    options = {"color": "#FFCC00", "title": "<b>问一问</b>", "lang": "zh-TW", "question": '"几点"?'}
    with visiting(browser, site.page(tag(service, **options)), service) as page:
        widget = Widget(page)
        expect(widget.button).to_have_css("background-color", "rgb(255, 204, 0)")
        expect(widget.button).to_have_css("color", "rgb(0, 0, 0)")
        expect(widget.button).to_have_text("提問")
        widget.open()
        expect(widget.frame.locator("h1")).to_have_text("<b>问一问</b>")
        expect(widget.frame.locator("html")).to_have_attribute("lang", "zh-Hant")
        expect(widget.box).to_have_value('"几点"?')
        expect(widget.frame.locator("#ask button")).to_have_css("background-color", "rgb(128, 102, 0)")
        assert widget.turns.count() == 0


def test_what_is_not_allowed_is_told_and_left_out(browser: Browser, site: Site, service: str) -> None:
    address = site.page(tag(service, color="red;x", position="middle", lang="fr", open="yes"))
    with visiting(browser, address, service, quiet=False) as page:
        widget = Widget(page)
        expect(widget.button).to_have_css("background-color", "rgb(156, 42, 31)")
        expect(widget.button).to_have_text("提问")
        expect(widget.dialog).to_be_hidden()
    with visiting(browser, site.page(""), service, quiet=False) as page:
        told: list[str] = []
        page.on("console", lambda line: told.append(line.text))
        page.evaluate(
            """source => {
                const script = Object.assign(document.createElement("script"), { src: source });
                Object.assign(script.dataset, { position: "middle", color: "red" });
                document.head.append(script);
            }""",
            f"{service}/widget.js",
        )
        expect(Widget(page).button).to_be_visible()
        assert told == [
            'yuanwen: data-position="middle" is not allowed; it takes right, left',
            'yuanwen: data-color="red" is not allowed; it takes a color like #9c2a1f',
        ]


def test_open_at_once_takes_no_focus_and_spares_phones(browser: Browser, site: Site, service: str) -> None:
    address = site.page('<input id="mine" autofocus>' + tag(service, open=""))
    with visiting(browser, address, service) as page:
        expect(Widget(page).dialog).to_have_class("ready")
        expect(page.locator("#mine")).to_be_focused()
    with visiting(browser, address, service, viewport=PHONE) as page:
        expect(Widget(page).button).to_be_visible()
        expect(Widget(page).dialog).to_be_hidden()


def test_the_pages_scripts_steer_it_and_hear_of_it(browser: Browser, site: Site, service: str) -> None:
    heard = """<script>
        window.heard = [];
        addEventListener("yuanwen:ready", () => {
            for (const event of ["open", "close", "answer"])
                yuanwen.on(event, (detail) => heard.push([event, detail]));
        });
    </script>"""
    with visiting(browser, site.page(tag(service), heard), service) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        page.evaluate("yuanwen.ask('  实名收寄率要达到多少?  ')")
        expect(widget.turns.locator("h2")).to_have_text("您问：实名收寄率要达到多少?")
        expect(widget.quotes).to_have_count(2)
        page.evaluate("yuanwen.toggle()")
        expect(widget.dialog).to_be_hidden()
        page.evaluate("yuanwen.toggle()")
        expect(widget.dialog).to_be_visible()
        opened, closed, answer = ["open", {}], ["close", {}], ["answer", {"verdict": "answered"}]
        assert page.evaluate("heard") == [opened, answer, closed, opened]
        page.evaluate("""() => {
            const gone = () => heard.push("never");
            yuanwen.on("close", gone);
            yuanwen.off("close", gone);
            yuanwen.close();
        }""")
        assert page.evaluate("heard.at(-1)") == closed
        with pytest.raises(Exception, match=r'yuanwen has no event "shut"; it has open, close, answer'):
            page.evaluate("yuanwen.on('shut', () => {})")


def test_a_listeners_mistake_is_the_pages_own(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service, quiet=False) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        page.evaluate("yuanwen.on('open', () => { throw new Error('mine') })")
        widget.open()


def test_destroyed_it_is_gone_and_can_be_loaded_again(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        old = page.evaluate_handle("yuanwen")
        page.evaluate("yuanwen.destroy()")
        assert page.evaluate("[typeof yuanwen, document.querySelectorAll('yuanwen-widget').length]") == [
            "undefined",
            0,
        ]
        old.evaluate("old => { old.open(); old.destroy(); }")
        page.add_script_tag(url=f"{service}/widget.js")
        widget.open()
        expect(page.locator("yuanwen-widget")).to_have_count(1)


def test_by_keyboard_alone_from_the_button_to_the_article(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page("<a href='#'>别处</a>" + tag(service)), service) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert widget.focused_in_shadow() == "open"
        page.keyboard.press("Enter")
        expect(widget.box).to_be_focused()
        page.keyboard.type("实名收寄率要达到多少?")
        page.keyboard.press("Enter")
        expect(widget.quotes).to_have_count(2)
        expect(widget.box).to_be_focused()
        link = widget.frame.locator("a.read").first
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            if link.evaluate("link => link === document.activeElement"):
                break
        expect(link).to_be_focused()
        with page.context.expect_page() as opened:
            page.keyboard.press("Enter")
        expect(opened.value).to_have_url(re.compile(rf"^{service}/articles/parcels\?quote="))


def test_nothing_is_stored_before_the_first_question(browser: Browser, site: Site, service: str) -> None:
    stored = "() => [document.cookie, localStorage.length, sessionStorage.length]"
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.frame.locator("#large").click()
        assert page.evaluate(stored) == ["", 0, 0]
        assert widget.box.evaluate(stored) == ["", 0, 0]
        widget.ask("实名收寄率要达到多少?")
        assert widget.box.evaluate(stored) == ["", 0, 1]
        assert page.evaluate(stored) == ["", 0, 0]
        assert page.context.cookies() == []


def test_a_conversation_goes_on_after_a_reload_until_it_is_begun_anew(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.ask("实名收寄率要达到多少?")
        page.reload()
        widget.open()
        expect(widget.turns.locator("h2")).to_have_text("您问：实名收寄率要达到多少?")
        expect(widget.quotes).to_have_count(2)
        expect(widget.frame.locator("#welcome")).to_be_hidden()
        widget.frame.locator("#anew").click()
        expect(widget.turns).to_have_count(0)
        expect(widget.frame.locator("#welcome")).to_be_visible()
        page.reload()
        widget.open()
        expect(widget.turns).to_have_count(0)
