"""The desk in a browser: a page of nine articles comes in, is checked, published, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.desk.desk import Desk
from bot.operations.database import database_url, open_database
from bot.operations.figures import Count
from bot.operations.questions import QuestionBook, QuestionRecord
from bot.operations.site import Site
from bot.publisher import Publisher
from bot.settings import Settings
from bot.web.server import create_app
from corpus.library.files import read_library
from tests.bot.desk.browser import PASSWORD
from tests.bot.desk.test_questions import apart
from tests.bot.web.stub import StubBot
from tests.browser.axe import faults
from tests.browser.conftest import running
from tests.browser.visit import DESKTOP, PATIENCE, PHONE
from tests.corpus.printed_pages import FOLDER

NINE = FOLDER / "yicheng-news.txt"
ROOMS = (
    "pins", "synonyms",
    "questions", "questions/1", "questions/1/articles?q=诈骗", "questions/1/articles/yicheng-news-3",
    "figures", "cards", "cards/fire.md", "pause", "settings", "votes", "users", "log",
)  # fmt: skip
TWO_MINUTES = 120  # seconds
MOST_TABS = 80
WORDS = {
    "zh-CN": ("登录", "读取并预览", "现在发布", "保存", "撤下"),
    "en-US": ("Sign in", "Read and preview", "Publish now", "Save", "Withdraw"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "articles").mkdir()
    database = open_database(database_url("", tmp_path))
    publisher = Publisher(name="驿城晚报")
    book, today = QuestionBook(database, apart), datetime.now().date().isoformat()
    book.add({QuestionRecord(today, "几点停水", "几点停水?", "zh-Hans", "none"): 3})
    book.sort()
    desk = Desk.over(
        database, tmp_path / "articles", tmp_path, publisher, lambda: None,
        bot=StubBot(), site=Site(Settings(), database), keeps="all",
    )  # fmt: skip
    desk.figures.add({Count.of_answer(datetime.now(), "answered"): 5, Count.of_quote(datetime.now(), "x"): 2})
    desk.users.add("chief", "administrator", PASSWORD, "test")
    return desk


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    yield from running(create_app(StubBot(), desk=desk))


def look(page: Page, path: Path) -> None:
    """Take a picture of the page as it is, and let axe judge it; nothing is wider than the window."""
    page.screenshot(path=path)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# Every two of window, language and script once; all eight together take twice the time.
@pytest.mark.parametrize(
    ("size", "locale", "script"),
    [(DESKTOP, "zh-CN", True), (PHONE, "en-US", True), (PHONE, "zh-CN", False), (DESKTOP, "en-US", False)],
    ids=["desktop-zh", "phone-en", "phone-zh-no-script", "desktop-en-no-script"],
)
def test_nine_articles_come_in_and_go_out(
    browser: Browser,
    desk: Desk,
    address: str,
    screenshots: Path,
    size: tuple[int, int],
    locale: str,
    script: bool,
) -> None:
    sign_in, read, publish, save, withdraw = WORDS[locale]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if not script:
        page.route("**/*.js", lambda route: route.abort())
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    name = screenshots / f"desk-{locale}-{size[0]}"

    page.goto(f"{address}/desk")
    look(page, name.with_name(f"{name.name}-sign-in.png"))
    page.locator("#name").fill("chief")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name=sign_in).click()
    expect(page.locator("h1")).to_contain_text("chief")
    look(page, name.with_name(f"{name.name}-start.png"))

    began = monotonic()
    page.locator("main a[href*='/desk/add']").click()
    look(page, name.with_name(f"{name.name}-add.png"))
    page.locator("#files").set_input_files(NINE)
    page.locator("#source").fill("驿城晚报")
    page.get_by_role("button", name=read).click()
    expect(page.locator("fieldset")).to_have_count(9)
    look(page, name.with_name(f"{name.name}-sheet.png"))
    assert page.locator(".source").text_content()
    page.get_by_role("button", name=publish).click()
    expect(page.locator(".told")).to_contain_text("9")
    assert monotonic() - began < TWO_MINUTES
    look(page, name.with_name(f"{name.name}-published.png"))
    articles = read_library(desk.articles)
    assert (len(articles), {article.source for article in articles}) == (9, {"驿城晚报"})

    page.locator(".rooms a[href*='/desk/articles']").click()
    look(page, name.with_name(f"{name.name}-articles.png"))
    page.locator("#q").fill("诈骗")
    page.keyboard.press("Enter")
    page.locator(".list a").first.click()
    page.locator("#correction").fill("日期有误。")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.locator(".told")).to_be_visible()
    look(page, name.with_name(f"{name.name}-article.png"))
    page.locator(".list a").first.click()
    expect(page.locator("ins").first).to_contain_text("日期有误。")
    look(page, name.with_name(f"{name.name}-history.png"))
    page.go_back()
    page.locator("#reason").fill("内容失实")
    page.get_by_role("button", name=withdraw, exact=True).click()
    expect(page.locator(".problem")).to_contain_text("内容失实")
    look(page, name.with_name(f"{name.name}-withdrawn.png"))
    assert [a.withdrawal for a in read_library(desk.articles) if a.status == "withdrawn"] == ["内容失实"]
    for room in ROOMS if script else ():
        page.goto(f"{address}/desk/{room}")
        look(page, name.with_name(f"{name.name}-{room.partition('?')[0].replace('/', '-')}.png"))
    assert complaints == []
    context.close()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what is looked for."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the keyboard")


def test_everything_from_signing_in_to_withdrawing_by_the_keyboard_alone(
    browser: Browser, desk: Desk, address: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    keys = page.keyboard
    page.goto(f"{address}/desk")
    keys.type("chief")  # the field has the focus
    reach(page, "#password")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.locator("h1")).to_contain_text("chief")
    reach(page, "main a[href*='/desk/add']")
    keys.press("Enter")
    expect(page.locator("#text")).to_be_visible()
    reach(page, "#text")
    keys.insert_text("停水通知\n\n明天上午九点停水。")
    reach(page, "main button")
    keys.press("Enter")
    expect(page.locator("fieldset")).to_have_count(1)
    reach(page, "#title-1")
    keys.press("End")
    keys.type("补充")
    page.keyboard.press("Shift+Tab")
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.value") == "publish":
            break
        keys.press("Shift+Tab")
    keys.press("Enter")
    expect(page.locator(".told")).to_be_visible()
    [article] = read_library(desk.articles)
    assert article.title.endswith("补充")
    reach(page, ".rooms a[href*='/desk/articles']")
    keys.press("Enter")
    expect(page.locator("#q")).to_be_visible()
    reach(page, f".list a[href*='{article.id}']")
    keys.press("Enter")
    expect(page.locator("#reason")).to_be_visible()
    reach(page, "#reason")
    keys.type("内容失实")
    reach(page, "button[value=withdraw]")
    keys.press("Enter")
    expect(page.locator(".problem")).to_contain_text("内容失实")
    assert read_library(desk.articles)[0].status == "withdrawn"
    context.close()
