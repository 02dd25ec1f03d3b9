"""The same walk with the nine articles and the bundled model: ask, read the quote, open the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot import messages
from bot.answering.bot import Bot
from bot.language import Language
from bot.web.server import create_app
from tests.browser.conftest import running
from tests.browser.visit import DESKTOP, PHONE, Visit, still


@pytest.fixture(scope="module")
def real_address(real_bot: Bot) -> Iterator[str]:
    yield from running(create_app(real_bot))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    ("locale", "question", "answer", "off_topic"),
    [
        ("zh-CN", "怎样防范电信诈骗?", "不要向陌生人透露自己及家人的信息", "红烧肉怎么做才好吃?"),
        ("en-US", "Is base-station radiation safe?", "不会对人体健康构成危害", "Who won the last World Cup?"),
    ],
)
def test_a_visitor_gets_the_published_sentence_and_an_honest_no(
    browser: Browser,
    real_address: str,
    screenshots: Path,
    size: tuple[int, int],
    locale: str,
    question: str,
    answer: str,
    off_topic: str,
) -> None:
    visit, name = Visit(browser, real_address, size=size, locale=locale), f"real-{locale}-{size[0]}"
    visit.page.screenshot(path=screenshots / f"{name}-start.png")
    visit.ask(question)
    expect(visit.quotes.first).to_contain_text(answer)
    still(visit.quotes.first)
    visit.page.screenshot(path=screenshots / f"{name}-answer.png")
    visit.readers.first.click()
    expect(visit.article.locator("mark").first).to_be_visible()
    visit.page.screenshot(path=screenshots / f"{name}-article.png")
    visit.page.keyboard.press("Escape")
    visit.ask(off_topic)
    language: Language = "zh-Hans" if locale == "zh-CN" else "en"
    # Some English questions far off topic are "unsure", which is said above what is nearest: no answer.
    refusals = [message.to(language) for message in (messages.NONE, messages.TALK_NOT_HERE, messages.UNSURE)]
    expect(visit.page.locator("#talk")).to_contain_text(re.compile("|".join(map(re.escape, refusals))))
    visit.page.screenshot(path=screenshots / f"{name}-none.png")
    visit.leave()
    assert visit.complaints == []
    assert visit.hosts == {real_address.removeprefix("http://")}
