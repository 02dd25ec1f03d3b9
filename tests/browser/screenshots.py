"""Pictures of every state: python -m tests.browser.screenshots FOLDER [chat|trouble|pages|widget].

At 1280 and 390 pixels, light and dark, in each language. Chat and widget answer from the nine articles with
the bundled model; the pages are of the tests' own articles, which have what those lack: dates, corrections, a
withdrawal.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.publisher import Publisher
from bot.web.server import create_app
from tests.bot.web.stub import StubBot
from tests.browser import walks
from tests.browser.conftest import ARGUMENTS, running
from tests.browser.visit import PATIENCE, Visit

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
PUBLISHER, CONTACT = "驿城新闻", "0396-1234567"
SETTINGS = {"YUANWEN_PORT": "0", "YUANWEN_PUBLISHER": PUBLISHER, "YUANWEN_CONTACT": CONTACT}
PARTS = ("chat", "trouble", "pages", "widget")
QUESTIONS = {
    "zh-CN": walks.Asked("怎样防范电信诈骗?", "工会的经费是多少?", "红烧肉怎么做才好吃?", "你好", "问" * 501),
    "zh-HK": walks.Asked("基站輻射安全嗎?", "工會的經費是多少?", "紅燒肉怎麼做才好吃?", "您好", "問" * 501),
    "en-GB": walks.Asked(
        "How can older people protect themselves from telecom fraud?",
        "Is base-station radiation safe?",
        "Who won the last World Cup?",
        "Hello",
        "word " * 200,
    ),
}


def main(folder: Path, parts: Collection[str]) -> None:
    """Take them all, and print the path of each."""
    expect.set_options(timeout=PATIENCE)
    folder.mkdir(parents=True, exist_ok=True)
    stub = create_app(StubBot(), publisher=Publisher(PUBLISHER, contact=CONTACT))
    with sync_playwright() as playwright, contextmanager(running)(stub) as tests_own, service() as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for (size, window), scheme, locale in itertools.product(SIZES.items(), ("light", "dark"), QUESTIONS):
            for part in parts:
                visit = opened(browser, f"{address}/", window, locale, scheme)
                states = walk(part, visit, address, tests_own, QUESTIONS[locale])
                for path in pictures(visit.page, folder, f"{locale}-{size}-{scheme}-{part}", states):
                    print(path, flush=True)
                visit.leave()


def opened(browser: Browser, address: str, window: tuple[int, int], locale: str, scheme: str) -> Visit:
    return Visit(browser, address, window, locale, scheme, reduced_motion="reduce")


def walk(part: str, visit: Visit, address: str, tests_own: str, asked: walks.Asked) -> Iterator[str]:
    """The states of a part; `tests_own` is where the tests' articles have their pages."""
    if part == "chat":
        return walks.chat(visit, asked)
    if part == "trouble":
        return walks.trouble(visit, asked)
    if part == "pages":
        return walks.pages(visit.page, tests_own)
    visit.go(f"{address}/widget")
    return walks.widget(visit.page, asked)


def pictures(page: Page, folder: Path, name: str, states: Iterator[str]) -> Iterator[Path]:
    for number, state in enumerate(states, start=1):
        path = folder / f"{name}-{number:02}-{state}.png"
        page.screenshot(path=path)
        yield path


@contextmanager
def service() -> Iterator[str]:
    """The service as it is started by `python app.py serve`, on a free port; its address."""
    environment = os.environ | SETTINGS
    with Popen(
        [sys.executable, "app.py", "serve"], cwd=ROOT, env=environment, stdout=PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:  # or a failure would wait for it without end
            process.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or PARTS)
