"""Pictures of every state of the chat page: python -m tests.browser.screenshots FOLDER.

At 1280 and 390 pixels, light and dark, Chinese and English, over the nine articles and the bundled model.
"""

from __future__ import annotations

import itertools
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from bot.answer import Bot
from bot.confidence import Calibration
from bot.publisher import Publisher
from bot.settings import read_settings
from bot.web.answerer import Answerer
from bot.web.service import create_app
from corpus.library import read_examples, read_library
from index.build import build
from index.embedder import load_embedder
from index.search import Searcher
from index.snapshot import load_current
from tests.browser.conftest import ARGUMENTS, running
from tests.browser.visit import BOX, PANEL, Visit, still

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
PUBLISHER = Publisher(name="驿城新闻", contact="0396-1234567")
QUESTIONS = {
    "zh-CN": ("怎样防范电信诈骗?", "工会的经费是多少?", "红烧肉怎么做才好吃?", "问" * 501),
    "zh-HK": ("基站輻射安全嗎?", "工會的經費是多少?", "紅燒肉怎麼做才好吃?", "問" * 501),
    "en-GB": (
        "Is base-station radiation safe?",
        "How much money does the union have?",
        "Who won the last World Cup?",
        "word " * 200,
    ),
}


def main(folder: Path) -> None:
    """Take them all; one line for each state tells what the visitor sees of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for address in running(create_app(nine_articles(), publisher=PUBLISHER)):
            for path in take(browser, address, folder):
                print(path)


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


def walk(visit: Visit, answered: str, unsure: str, none: str, too_long: str) -> Iterator[str]:
    """Bring the page from state to state, and name each."""
    page = visit.page
    expect(visit.examples.first).to_be_visible()
    yield "1-first-sight"
    page.fill(BOX, answered)
    page.press(BOX, "Enter")
    expect(visit.suggested.first).to_be_visible()
    still(visit.quotes.first)
    yield "2-answered"
    visit.suggested.last.scroll_into_view_if_needed()
    yield "3-what-next"
    visit.readers.first.click()
    expect(page.locator(PANEL)).to_be_visible()
    still(page.locator(PANEL))
    yield "4-article"
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    visit.ask(unsure)
    still(visit.questions.last)
    yield "5-second"
    visit.ask(none)
    still(visit.questions.last)
    yield "6-none"
    page.fill(BOX, too_long)
    page.press(BOX, "Enter")
    expect(visit.trouble).to_be_visible()
    yield "7-trouble"
    page.fill(BOX, "")
    page.click("#display summary")
    page.click("#contrast")
    yield "8-contrast"
    page.click("#contrast")
    page.keyboard.press("Escape")
    page.click("#larger")
    still(visit.questions.last)
    yield "9-large"


def nine_articles() -> Answerer:
    settings = read_settings()
    embedder = load_embedder(settings.model, settings.state)
    build(read_library(settings.articles), embedder, settings.state, lambda done, total: None)
    searcher = Searcher(load_current(settings.state, embedder.name), embedder)
    return Bot(searcher, Calibration.load(), read_examples(settings.articles))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
