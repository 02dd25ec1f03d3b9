"""The widget and its demo page for every eye and finger."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import messages
from tests.browser.axe import faults
from tests.browser.sites import DESKTOP, PHONE, Site, Widget, tag, visiting
from tests.browser.visit import still

QUESTIONS = ("实名收寄率要达到多少?", "大概怎样?", "今天天气怎么样?", "Is the level safe?")
LOOKS = pytest.mark.parametrize("scheme", ["light", "dark"])
LANGUAGES = pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
SIZES = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


def panel_of(page: Page) -> object:
    return next(frame for frame in page.frames if "/widget/panel" in frame.url)


@LOOKS
@LANGUAGES
@SIZES
def test_axe_finds_nothing(
    browser: Browser,
    service: str,
    screenshots: Path,
    scheme: str,
    locale: str,
    viewport: dict[str, int],
) -> None:
    options = {"color_scheme": scheme, "locale": locale, "viewport": viewport, "reduced_motion": "reduce"}
    name = f"widget-{viewport['width']}-{scheme}-{locale}"
    with visiting(browser, f"{service}/widget", **options) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        assert faults(page) == []
        page.screenshot(path=screenshots / f"{name}-demo.png")
        widget.open()
        assert faults(page) == []
        expect(widget.frame.locator(".example").first).to_be_visible()
        assert faults(panel_of(page)) == []  # type: ignore[arg-type]
        page.screenshot(path=screenshots / f"{name}-start.png")
        for number, question in enumerate(QUESTIONS):
            turn = widget.ask(question)
            still(turn)
            page.screenshot(path=screenshots / f"{name}-answer{number}.png")
        turn.locator(".vote.down").click()
        expect(turn.locator("textarea")).to_be_focused()
        page.screenshot(path=screenshots / f"{name}-vote.png")
        assert faults(panel_of(page)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("is_large", [False, True], ids=["normal", "large"])
def test_fits_a_phone_and_the_finger(
    browser: Browser, site: Site, service: str, screenshots: Path, locale: str, width: int, is_large: bool
) -> None:
    viewport = {"width": width, "height": 640}
    with visiting(browser, site.page(tag(service)), service, viewport=viewport, locale=locale) as page:
        widget = Widget(page)
        widget.open()
        if is_large:
            widget.frame.locator("#large").click()
            expect(widget.frame.locator("html")).to_have_css("font-size", "23px")
        for question in QUESTIONS[:3]:
            widget.ask(question)
        widget.turns.first.locator(".vote.down").click()
        expect(widget.turns.first.locator("textarea")).to_be_focused()
        page.screenshot(path=screenshots / f"widget-{width}-{locale}{'-large' if is_large else ''}.png")
        up, down = (widget.turns.first.locator(kind).bounding_box() for kind in (".vote.up", ".vote.down"))
        assert up
        assert down
        assert up["y"] == down["y"]
        number = widget.turns.nth(2).locator(".contact span")
        assert number.evaluate("element => element.getClientRects().length") == 1
        assert widget.box.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert widget.frame.locator("#talk").evaluate("talk => talk.scrollWidth <= talk.clientWidth")
        for target in widget.frame.locator("button:visible, a.read:visible, textarea:visible").all():
            box = target.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44, target.text_content()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_want_it_so(
    browser: Browser, site: Site, service: str, motion: str
) -> None:
    with visiting(browser, site.page(tag(service)), service, reduced_motion=motion) as page:
        widget = Widget(page)
        widget.open()
        moves = motion == "no-preference"
        expect(widget.dialog).to_have_css("animation-name", "rise" if moves else "none")
        expect(widget.frame.locator("#talk")).to_have_css("scroll-behavior", "smooth" if moves else "auto")


def test_it_is_not_printed(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        expect(Widget(page).button).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator("yuanwen-widget")).to_be_hidden()


class TestDemo:
    def test_its_controls_write_the_tag_and_change_the_widget(self, browser: Browser, service: str) -> None:
        with visiting(browser, f"{service}/widget") as page:
            widget, written = Widget(page), page.locator("#tag")
            source = f'<script async src="{service}/widget.js"'
            expect(written).to_have_value(f"{source}></script>")
            page.get_by_label("位置").select_option("left")
            page.get_by_label("标题").fill('"问"一问')
            page.locator("select[name=lang]").select_option("en")
            page.get_by_label("按钮颜色").fill("#0a7d3c")
            expect(written).to_have_value(
                f'{source} data-position="left" data-color="#0a7d3c" data-title="&quot;问&quot;一问"'
                ' data-lang="en"></script>'
            )
            expect(widget.button).to_have_text("Ask a question")
            expect(widget.button).to_have_css("background-color", "rgb(10, 125, 60)")
            box = widget.button.bounding_box()
            assert box
            assert box["x"] == 20
            widget.open()
            expect(widget.frame.locator("h1")).to_have_text('"问"一问')

    def test_the_tag_that_is_copied_works(self, browser: Browser, site: Site, service: str) -> None:
        options = {"permissions": ["clipboard-read", "clipboard-write"]}
        with visiting(browser, f"{service}/widget", site.address, **options) as page:
            page.get_by_label("预先填好的问题").fill("几点?")
            page.get_by_label("电脑上打开网页时就展开").check()
            page.get_by_role("button", name="复制这一行").click()
            expect(page.get_by_role("button", name="已复制")).to_be_visible()
            copied = page.evaluate("navigator.clipboard.readText()")
            page.goto(site.page(copied))
            expect(Widget(page).box).to_have_value("几点?")
            expect(Widget(page).dialog).to_be_visible()

    def test_says_what_a_site_must_allow(self, browser: Browser, service: str) -> None:
        with visiting(browser, f"{service}/widget") as page:
            expect(page.get_by_text(messages.DEMO_POLICY.to("zh-Hans"))).to_be_visible()
            expect(page.locator("pre").last).to_have_text(f"script-src {service};\nframe-src {service};")
