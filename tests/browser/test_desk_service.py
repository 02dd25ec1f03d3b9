"""The whole way with a service of its own, from an empty desk to a withdrawn article."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from bot import messages
from bot.language import Language
from bot.web.server import listen
from tests.bot.desk.browser import PASSWORD
from tests.browser.axe import faults
from tests.browser.visit import DESKTOP, PATIENCE, PHONE, Visit
from tests.corpus.printed_pages import FOLDER

ROOT = Path(__file__).parents[2]
NINE = FOLDER / "yicheng-news.txt"
VAIN = "单位食堂的红烧肉几点开卖?"
SENTENCE = "不要向陌生人透露自己及家人的信息"
START = 600  # seconds that a start may take on a busy machine
ROOMS = (
    "articles", "pins", "cards", "cards/fire.md", "cards/new", "synonyms", "evaluations", "pause", "settings",
    "votes", "users", "log",
)  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path, bundled_state: Path) -> dict[str, str]:
    """The environment of a service whose folder of articles is empty."""
    (tmp_path / "articles").mkdir()
    shutil.copytree(bundled_state / "models", tmp_path / "state" / "models")
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("YUANWEN_")}
    return {
        **own,
        "YUANWEN_ARTICLES": str(tmp_path / "articles"),
        "YUANWEN_STATE": str(tmp_path / "state"),
        "YUANWEN_PORT": str(port),
        "YUANWEN_KEEP_QUESTIONS": "all",
        "YUANWEN_PUBLISHER": "驿城晚报",
    }


@pytest.fixture
def served(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """Where the service listens, with an administrator called chief."""
    made = [sys.executable, "app.py", "user", "add", "chief", "--role", "administrator", "--password-stdin"]
    subprocess.run(made, cwd=ROOT, env=environment, input=f"{PASSWORD}\n", text=True, check=True)
    with (tmp_path / "log").open("w") as log:
        service = subprocess.Popen(
            [sys.executable, "app.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{environment['YUANWEN_PORT']}"
        try:
            until(lambda: status_of(f"{address}/healthz") == 200)
            yield address
        finally:
            service.terminate()
            service.wait(timeout=60)


def status_of(address: str) -> int:
    """The status that an address answers with, 0 where nobody does."""
    try:
        return httpx2.get(address, timeout=30).status_code
    except httpx2.HTTPError:
        return 0


def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    began = monotonic()
    while not is_so():
        assert monotonic() - began < START
        sleep(0.5)


class Desk:
    """The chief's browser, in a window of one size and looked at in both."""

    def __init__(
        self, browser: Browser, address: str, size: tuple[int, int], locale: str, pictures: Path
    ) -> None:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale)
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self._address, self._size, self._pictures = address, size, pictures
        self.language: Language = "zh-Hans" if locale == "zh-CN" else "en"

    def say(self, message: messages.Message) -> str:
        return message.to(self.language)

    def press(self, message: messages.Message) -> None:
        self.page.locator("main").get_by_role("button", name=self.say(message), exact=True).first.click()

    def goto(self, path: str) -> None:
        self.page.goto(f"{self._address}{path}")

    def look(self, name: str) -> None:
        """Take a picture in each width, and let axe judge the page; nothing is wider than the window."""
        for width, height in (DESKTOP, PHONE):
            self.page.set_viewport_size({"width": width, "height": height})
            path = self._pictures / f"service-{self.language}-{width}-{name}.png"
            self.page.screenshot(path=path, full_page=True)
            assert faults(self.page) == [], path.name
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
        self.page.set_viewport_size({"width": self._size[0], "height": self._size[1]})

    def sign_in(self) -> None:
        self.goto("/desk")
        self.page.locator("#name").fill("chief")
        self.page.locator("#password").fill(PASSWORD)
        self.press(messages.DESK_SIGN_IN)
        expect(self.page.locator("h1")).to_contain_text("chief")


@pytest.mark.parametrize(
    ("size", "locale"), [(DESKTOP, "zh-CN"), (PHONE, "en-US")], ids=["desktop-zh", "phone-en"]
)
def test_from_an_empty_desk_to_a_withdrawn_article(
    browser: Browser, served: str, screenshots: Path, size: tuple[int, int], locale: str
) -> None:
    desk = Desk(browser, served, size, locale, screenshots)
    desk.sign_in()
    desk.look("empty")
    desk.goto("/desk/add")
    desk.page.locator("#files").set_input_files(NINE)
    desk.press(messages.DESK_READ)
    expect(desk.page.locator("fieldset")).to_have_count(9)
    desk.page.locator("#section-1").evaluate("field => field.closest('details').open = true")
    desk.page.locator("#section-1").fill("要闻")
    desk.look("sheet")
    desk.page.get_by_role("button", name=desk.say(messages.DESK_PUBLISH)).click()
    until(lambda: status_of(f"{served}/readyz") == 200)

    visit = Visit(browser, served, size=size, locale=locale)
    visit.ask(VAIN)
    not_answered = "|".join(re.escape(said.to("zh-Hans")) for said in (messages.NONE, messages.UNSURE))
    expect(visit.page.locator("#talk")).to_contain_text(re.compile(not_answered))
    assert not quoted(served, VAIN)
    visit.ask("怎样防范电信诈骗?")
    expect(visit.quotes.filter(has_text=SENTENCE).first).to_be_visible()
    visit.leave()

    desk.goto("/desk/questions")
    kept = desk.page.locator("main").get_by_role("link", name=VAIN)
    until(lambda: kept.count() > 0 or not desk.page.reload())
    desk.look("questions")
    kept.click()
    desk.look("question")
    desk.page.get_by_role("link", name=desk.say(messages.DESK_AN_ARTICLE_ANSWERS)).click()
    desk.page.locator("#q").fill("诈骗")
    desk.page.keyboard.press("Enter")
    desk.look("attach")
    desk.page.locator(".list a").first.click()
    desk.page.locator("label", has_text=SENTENCE).first.click()
    desk.look("sentence")
    desk.press(messages.DESK_ATTACH)
    expect(desk.page.locator(".told")).to_be_visible()
    until(lambda: quoted(served, VAIN))

    desk.goto("/desk/figures")
    desk.look("figures")
    desk.goto("/desk/articles?q=诈骗")
    desk.page.locator(".list a").first.click()
    desk.page.locator("#reason").fill("内容失实")
    desk.press(messages.DESK_WITHDRAW)
    expect(desk.page.locator(".problem")).to_contain_text("内容失实")
    until(lambda: not quoted(served, "怎样防范电信诈骗?") and not quoted(served, VAIN))
    for room in ROOMS:
        desk.goto(f"/desk/{room}")
        desk.look(room.replace("/", "-"))


def quoted(address: str, question: str) -> bool:
    """Whether the sentence is quoted now."""
    asked = httpx2.post(f"{address}/api/ask", json={"question": question}, timeout=60).json()
    return any(SENTENCE in quote["text"] for quote in asked["quotes"])
