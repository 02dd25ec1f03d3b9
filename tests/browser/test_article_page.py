"""The page of an article, in a browser and mostly without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.web.links import quote_link
from tests.bot.web.stub import PARCELS, QUOTES
from tests.browser.axe import faults
from tests.browser.sites import visiting
from tests.browser.visit import DESKTOP, PHONE

QUOTE = QUOTES["parcels"]
LINK = quote_link("parcels", QUOTE.start, QUOTE.text)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def window(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}


@SIZES
def test_the_link_of_a_quote_marks_and_shows_it_without_javascript(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with visiting(browser, address + LINK, viewport=window(size), java_script_enabled=False) as page:
        mark = page.locator("mark")
        assert mark.all_text_contents() == [QUOTE.text]
        expect(mark).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()


def test_a_quote_can_be_found_from_the_top(browser: Browser, address: str) -> None:
    with visiting(browser, address + LINK.removesuffix("#quote"), java_script_enabled=False) as page:
        expect(page.locator("mark")).not_to_be_in_viewport()
        page.get_by_role("link", name="跳到标出的原文").click()
        expect(page.locator("mark")).to_be_in_viewport(ratio=1)


def test_what_is_shown_is_the_text_to_the_letter(browser: Browser, address: str) -> None:
    with visiting(browser, address + "/articles/hostile") as page:
        paragraph = page.locator("article > p").first
        assert paragraph.inner_text() == QUOTES["hostile"].text
        assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    ("size", "scheme", "locale"),
    [
        (DESKTOP, "light", "zh-CN"),
        (PHONE, "dark", "zh-CN"),
        (PHONE, "light", "en-GB"),
        (DESKTOP, "dark", "en-GB"),
    ],
)
@pytest.mark.parametrize("path", [LINK, "/articles/station?quote=9-1", "/articles", "/articles/nope"])
def test_axe_finds_nothing(
    browser: Browser,
    address: str,
    screenshots: Path,
    size: tuple[int, int],
    scheme: str,
    locale: str,
    path: str,
) -> None:
    options = {"viewport": window(size), "color_scheme": scheme, "locale": locale}
    if path.endswith("nope"):  # the browser itself complains of status 404
        context = browser.new_context(**options)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + path)
        assert faults(page) == []
        context.close()
        return
    with visiting(browser, address + path, **options) as page:
        assert faults(page) == []
        name = path.removeprefix("/").partition("?")[0].replace("/", "-")
        page.screenshot(path=screenshots / f"{name}-{size[0]}-{scheme}-{locale}.png")


@SIZES
@pytest.mark.parametrize("path", [LINK, "/articles"])
@pytest.mark.parametrize("text", ["", "large"])
def test_fits_the_window_and_the_finger(
    browser: Browser, address: str, screenshots: Path, size: tuple[int, int], path: str, text: str
) -> None:
    path = path.replace("?", f"?text={text}&") if "?" in path else f"{path}?text={text}"
    with visiting(browser, address + path, viewport=window(size)) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for link in page.locator("a:visible:not(.skip)").all():
            box = link.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44, link.text_content()
        if text and path.startswith("/articles/"):
            assert page.locator("article > p").first.evaluate("p => getComputedStyle(p).fontSize") == "24px"
            page.screenshot(path=screenshots / f"article-{size[0]}-large.png")


def test_the_keyboard_reaches_the_text_first(browser: Browser, address: str) -> None:
    with visiting(browser, address + "/articles/parcels") as page:
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="跳到正文")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_printed_it_is_the_article_alone_with_its_address(
    browser: Browser, address: str, screenshots: Path
) -> None:
    with visiting(browser, address + "/articles/parcels") as page:
        page.emulate_media(media="print")
        expect(page.locator(".top")).to_be_hidden()
        expect(page.locator(".onward")).to_be_hidden()
        expect(page.locator(".address")).to_have_text(f"{address}/articles/parcels")
        page.screenshot(path=screenshots / "article-print.png")


def test_the_language_is_switched_and_the_text_stays(browser: Browser, address: str) -> None:
    with visiting(browser, address + LINK, java_script_enabled=False) as page:
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("link", name="Ask about this article")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.locator("mark").all_text_contents() == [QUOTE.text]
        assert page.locator("h1").text_content() == PARCELS.title
