"""Pictures of every state of the chat page: python -m tests.browser.screenshots FOLDER.

At 1280 and 390 pixels, light and dark, Chinese and English, over the nine articles and the bundled model.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.visit import BOX, PANEL, PATIENCE, Visit, still

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
SETTINGS = {"YUANWEN_PORT": "0", "YUANWEN_PUBLISHER": "驿城新闻", "YUANWEN_CONTACT": "0396-1234567"}
QUESTIONS = {
    "zh-CN": ("怎样防范电信诈骗?", "工会的经费是多少?", "红烧肉怎么做才好吃?", "你好", "问" * 501),
    "zh-HK": ("基站輻射安全嗎?", "工會的經費是多少?", "紅燒肉怎麼做才好吃?", "您好", "問" * 501),
    "en-GB": (
        "Is base-station radiation safe?",
        "How much money does the union have?",
        "Who won the last World Cup?",
        "Hello",
        "word " * 200,
    ),
}


def main(folder: Path) -> None:
    """Take them all, and print the path of each."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        with service() as address:
            for path in take(browser, address, folder):
                print(path, flush=True)


def take(browser: Browser, address: str, folder: Path) -> Iterator[Path]:
    """A picture of each state in each appearance, written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for (name, size), scheme, locale in itertools.product(SIZES.items(), ("light", "dark"), QUESTIONS):
        visit = Visit(browser, address, size, locale, scheme, reduced_motion="reduce")
        for state in walk(visit, *QUESTIONS[locale]):
            path = folder / f"{locale}-{name}-{scheme}-{state}.png"
            visit.page.screenshot(path=path)
            yield path
        visit.leave()


def walk(visit: Visit, answered: str, unsure: str, none: str, talk: str, too_long: str) -> Iterator[str]:
    """Bring the page from state to state, and name each."""
    page = visit.page
    expect(visit.examples.first).to_be_visible()
    yield "01-first-sight"
    page.fill(BOX, answered)
    page.press(BOX, "Enter")
    expect(visit.suggested.first).to_be_visible()
    still(visit.quotes.first)
    yield "02-answered"
    visit.suggested.last.scroll_into_view_if_needed()
    yield "03-what-next"
    visit.readers.first.click()
    expect(page.locator(PANEL)).to_be_visible()
    still(page.locator(PANEL))
    yield "04-article"
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    visit.ask(unsure)
    still(visit.questions.last)
    yield "05-unsure"
    visit.ask(none)
    still(visit.questions.last)
    yield "06-none"
    visit.ask(talk)
    still(visit.questions.last)
    yield "07-talk"
    page.fill(BOX, too_long)
    page.press(BOX, "Enter")
    expect(visit.trouble).to_be_visible()
    still(visit.trouble)
    yield "08-trouble"
    page.fill(BOX, "")
    page.click("#display summary")
    page.click("#contrast")
    yield "09-contrast"
    page.click("#contrast")
    page.keyboard.press("Escape")
    page.click("#larger")
    still(visit.questions.last)
    yield "10-large"


@contextmanager
def service() -> Iterator[str]:
    """The service as it is started by `python app.py serve`, on a free port; its address."""
    environment = os.environ | SETTINGS
    with Popen(
        [sys.executable, "app.py", "serve"], cwd=ROOT, env=environment, stdout=PIPE, text=True
    ) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
