"""The chat page in Chromium, with a bot whose answers are known."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import messages
from bot.answering.bot import Answer
from bot.language import Language
from bot.web.server import create_app
from tests.bot.web.stub import HOSTILE, PARCELS, QUOTES, StubBot
from tests.browser.conftest import running
from tests.browser.visit import BOX, DESKTOP, PANEL, PATIENCE, PHONE, SEND, Visit, Visitor, still, within


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_visitor_asks_reads_and_opens_the_article(
    visitor: Visitor, size: tuple[int, int], screenshots: Path
) -> None:
    visit, name = visitor(size=size), f"{size[0]}x{size[1]}"
    window = {"x": 0.0, "y": 0.0, "width": size[0], "height": size[1]}
    expect(visit.examples).to_have_text(list(StubBot().examples("zh-Hans")))
    visit.page.screenshot(path=screenshots / f"{name}-start.png")

    visit.ask("实名收寄率要达到多少?")
    still(visit.quotes.first)
    assert visit.contexts.first.text_content() == QUOTES["parcels"].text
    expect(visit.contexts.first).to_be_hidden()
    assert visit.quotes.first.locator("mark").inner_text() == "实名收寄率必须达到百分之百。"
    assert within(visit.quotes.first, window)
    assert within(visit.page.locator(BOX), window)
    expect(visit.page.locator(BOX)).to_have_value("")
    visit.page.screenshot(path=screenshots / f"{name}-answer.png")

    visit.readers.first.click()
    quoted = visit.article.locator("mark")
    expect(quoted).to_have_text("实名收寄率必须达到百分之百。")
    still(quoted)
    panel = visit.page.locator(PANEL).bounding_box()
    assert panel
    assert within(quoted, dict(panel))
    assert within(quoted, window)
    assert visit.article.locator("h2").inner_text() == PARCELS.title
    expect(visit.page.get_by_role("button", name=messages.CLOSE_ARTICLE.to("zh-Hans"))).to_be_focused()
    visit.page.screenshot(path=screenshots / f"{name}-article.png")

    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(PANEL)).to_be_hidden()
    expect(visit.readers.first).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_off_topic_the_nearest_articles_are_offered(
    visitor: Visitor, size: tuple[int, int], screenshots: Path
) -> None:
    visit = visitor(size=size)
    visit.ask("今天天气怎么样?")
    expect(visit.page.get_by_text(messages.NONE.to("zh-Hans"))).to_be_visible()
    assert visit.quotes.count() == 0
    visit.page.screenshot(path=screenshots / f"{size[0]}x{size[1]}-none.png")
    visit.page.get_by_role("button", name="Is base-station radiation safe?").click()
    expect(visit.article).to_contain_text("Base stations emit weak radio waves.")
    assert visit.article.locator("mark").count() == 0


# The notice is scrolled to, and the question box does not lie over it.
NOT_COVERED = """() => {
    const [said, form] = [".trouble .notice", "#ask"]
        .map((part) => document.querySelector(part).getBoundingClientRect());
    return said.top >= 0 && said.bottom <= form.top;
}"""


@pytest.mark.parametrize(
    ("question", "said"),
    [("", messages.EMPTY.to("zh-Hans")), ("长" * 10_000, messages.TOO_LONG.to("zh-Hans", limit=500))],
    ids=["empty", "long"],
)
def test_trouble_is_one_sentence_in_view(visitor: Visitor, question: str, said: str) -> None:
    visit = visitor(size=PHONE)
    visit.ask("实名收寄率要达到多少?")
    expect(visit.suggested.first).to_be_visible()
    visit.page.fill(BOX, question)
    visit.page.click(SEND)
    expect(visit.trouble).to_have_text(said)
    visit.page.wait_for_function(NOT_COVERED)
    expect(visit.page.locator(BOX)).to_have_value(question)
    visit.ask("实名收寄率要达到多少?")
    expect(visit.trouble).to_have_count(0)


def test_hostile_text_is_shown_to_the_letter_and_does_nothing(visitor: Visitor) -> None:
    visit = visitor()
    visit.ask("恶意<img src=x onerror=window.hacked=4>**b** $x$ {{value}}")
    visit.page.locator(".context summary").click()
    assert visit.contexts.first.inner_text() == HOSTILE
    assert visit.questions.inner_text() == "恶意<img src=x onerror=window.hacked=4>**b** $x$ {{value}}"
    assert visit.page.locator("#talk .quote cite").inner_text() == "<b>题</b> {{value}} **x**"
    visit.readers.first.click()
    paragraph = visit.article.locator("p").first
    expect(paragraph).to_be_visible()
    assert paragraph.inner_text() == HOSTILE
    assert visit.page.evaluate("window.hacked") is None
    for made in ("script", "img", "strong", ".katex", "a[href^=javascript]", "code"):
        assert (
            visit.page.locator(f"#talk .said {made}, #talk blockquote {made}, #article {made}").count() == 0
        )


def test_articles_of_earlier_answers_can_still_be_opened(visitor: Visitor) -> None:
    visit = visitor()
    visit.ask("实名收寄率要达到多少?")
    visit.ask("Is base-station radiation safe?")
    expect(visit.page.get_by_text(messages.ANSWERED.to("en"))).to_be_visible()
    for reader, title in ((2, "Is base-station radiation safe?"), (0, PARCELS.title), (0, PARCELS.title)):
        visit.readers.nth(reader).click()
        expect(visit.page.locator(PANEL)).to_be_visible()  # what it held before may have the same title
        expect(visit.article.locator("h2")).to_have_text(title)
        visit.page.keyboard.press("Escape")
        expect(visit.page.locator(PANEL)).to_be_hidden()


def test_the_newest_question_is_brought_into_view(visitor: Visitor) -> None:
    visit = visitor(size=PHONE)
    for question in ("实名收寄率要达到多少?", "快递安全有哪三项制度?"):
        visit.ask(question)
    still(visit.questions.last)
    expect(visit.questions.last).to_be_in_viewport(ratio=1)
    expect(visit.questions.first).not_to_be_in_viewport()


class SlowToSuggest(StubBot):
    """Finds questions to go on with at once after the first answer, later when it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        assert len(asked) == 1 or self.released.wait(PATIENCE / 1000)
        return super().follow_ups(answer, asked, language)


def test_under_an_answer_stand_no_suggestions_of_the_one_before(browser: Browser) -> None:
    bot = SlowToSuggest()
    for address in running(create_app(bot)):
        visit = Visit(browser, address)
        visit.ask("今天天气怎么样?")
        expect(visit.suggested.first).to_be_visible()
        visit.ask("实名收寄率要达到多少?")
        expect(visit.page.locator("#more")).to_be_hidden()
        bot.released.set()
        expect(visit.suggested).to_have_text(["快递安全有哪三项制度?"])
        visit.leave()


def test_an_example_is_asked_by_a_click(visitor: Visitor) -> None:
    visit = visitor()
    visit.examples.first.click()
    expect(visit.questions).to_have_text(["实名收寄率要达到多少?"])
    expect(visit.quotes.first).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh-Hans"), ("zh-HK", "zh-Hant"), ("zh-TW", "zh-Hant"), ("en-US", "en"), ("fr-FR", "en")],
)
def test_the_page_speaks_the_visitors_language(visitor: Visitor, locale: str, language: Any) -> None:
    visit = visitor(locale=locale)
    assert visit.page.evaluate("document.documentElement.lang") == language
    assert visit.page.title() == messages.TITLE.to(language)
    assert visit.page.locator("#intro .promise").inner_text() == messages.PROMISE.to(language)
    expect(visit.page.locator(BOX)).to_have_attribute("placeholder", messages.QUESTION_HINT.to(language))
    expect(visit.page.locator(SEND)).to_have_text(messages.SEND.to(language))
    expect(visit.page.get_by_text(messages.WELCOME.to(language))).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_is_easy_to_read_and_to_tap(visitor: Visitor, size: tuple[int, int]) -> None:
    visit = visitor(size=size)
    assert too_small(visit.page) == []
    visit.ask("实名收寄率要达到多少?")
    expect(visit.suggested.first).to_be_visible()
    visit.page.click("#display summary")
    assert too_small(visit.page) == []
    visit.page.keyboard.press("Escape")
    visit.readers.first.click()
    expect(visit.article).to_be_visible()
    still(visit.page.locator(PANEL))
    assert too_small(visit.page) == []
    for text in (visit.quotes.first, visit.questions.first, visit.article.locator("p").last):
        assert text.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 18
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert visit.page.locator("footer:visible").count() == 0


def too_small(page: Page) -> list[str]:
    """What can be tapped and is under 44 px in one direction, but for links within a line (WCAG 2.5.5)."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("button, summary, label, textarea, #masthead a, .share")]
                .filter((element) => element.checkVisibility({ visibilityProperty: true }))
                .map((element) => [element, element.getBoundingClientRect()])
                .filter(([element, box]) => box.width > 1 && (box.height < 43.9 || box.width < 43.9))
                .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
        )
    )


def test_the_page_works_under_a_proxys_path(browser: Browser) -> None:
    for address in running(create_app(StubBot(), root_path="/ask")):
        visit = Visit(browser, f"{address}/ask/")
        visit.ask("实名收寄率要达到多少?")
        visit.readers.first.click()
        expect(visit.article.locator("h2")).to_have_text(PARCELS.title)
        assert visit.complaints == []
        visit.leave()


def test_the_docs_work_under_their_content_policy(browser: Browser, address: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{address}/docs")
    expect(page.get_by_text("/api/ask", exact=True)).to_be_visible()
    page.close()
    assert complaints == []
    assert hosts == {address.removeprefix("http://")}
