"""What is kept and mended: reloads, clearing, lost connections, a full queue, a restarted server."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

import pytest
import uvicorn
from playwright.sync_api import Browser, Route, expect

from bot import messages
from bot.answering.bot import Answer
from bot.web.server import address_of, create_app, listen
from bot.web.turns import AT_ONCE, FairTurns
from tests.bot.web.stub import StubBot
from tests.browser.conftest import running
from tests.browser.visit import BOX, SEND, Visit, Visitor

ASKED = "实名收寄率要达到多少?"
AGAIN = "button.again"
PATIENCE = 60.0  # seconds


def test_a_conversation_survives_a_reload(visitor: Visitor) -> None:
    visit = visitor()
    visit.ask(ASKED)
    visit.ask("天气<img src=x onerror=window.hacked=1>")
    visit.reload()
    expect(visit.questions).to_have_text([ASKED, "天气<img src=x onerror=window.hacked=1>"])
    expect(visit.quotes).to_have_count(2)
    visit.settled()
    visit.ask("快递")
    assert visit.page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "kept",
    ["<script>", "null", "7", '{"a": 1}', '[1, null, {"path": "/etc/passwd"}]', '["?!"]', f'["{"x" * 600}"]'],
)
def test_whatever_stands_in_the_storage_the_page_works(visitor: Visitor, kept: str) -> None:
    visit = visitor()
    visit.page.evaluate("kept => sessionStorage.setItem('yuanwen.questions', kept)", kept)
    visit.page.evaluate("localStorage.setItem('yuanwen.language', '<script>')")
    visit.reload()
    expect(visit.examples.first).to_be_visible()
    visit.settled()
    visit.ask(ASKED)


def test_twenty_times_a_cleared_conversation_takes_the_next_question(visitor: Visitor) -> None:
    visit = visitor()
    for _ in range(20):
        visit.ask(ASKED)
        visit.page.click("#clear")
        expect(visit.questions).to_have_count(0)
        expect(visit.examples.first).to_be_visible()
    visit.reload()
    expect(visit.examples.first).to_be_visible()
    expect(visit.questions).to_have_count(0)


def test_an_address_can_ask_and_a_reload_does_not_ask_twice(visitor: Visitor, address: str) -> None:
    visit = visitor()
    visit.go(f"{address}/?question={ASKED}&lang=en")
    expect(visit.questions).to_have_text([ASKED])
    expect(visit.page.get_by_text(messages.ANSWERED.to("en"))).to_be_visible()
    assert visit.page.url == f"{address}/?lang=en"
    visit.settled()
    visit.reload()
    expect(visit.questions).to_have_text([ASKED])
    visit.settled()


def test_a_question_that_is_asked_before_gradio_has_come_is_answered(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    held: list[Route] = []
    visit.page.route("**/assets/*.js", lambda route: held.append(route))
    visit.page.reload(wait_until="commit")
    expect(visit.page.locator(BOX)).to_have_attribute("style", re.compile("height"))  # our script is there
    visit.page.fill(BOX, ASKED)
    visit.page.press(BOX, "Enter")
    expect(visit.page.locator("#pending .said")).to_have_text(ASKED)
    expect(visit.page.locator("#pending")).to_contain_text(messages.SEARCHING.to("zh-Hans"))
    for route in held:
        route.continue_()
    visit.page.unroute("**/assets/*.js")
    expect(visit.questions).to_have_text([ASKED])
    visit.leave()


def test_a_question_that_is_asked_before_our_script_has_come_is_answered(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.route("**/page/chat*.js", lambda route: None)
    visit.page.reload(wait_until="commit")
    visit.page.fill(BOX, ASKED)
    visit.page.press(BOX, "Enter")
    visit.page.wait_for_url("**/?question=*", wait_until="commit")
    visit.page.unroute("**/page/chat*.js")
    visit.reload()
    expect(visit.questions).to_have_text([ASKED])
    visit.settled()


def test_a_question_is_answered_although_gradio_came_before_our_script(visitor: Visitor) -> None:
    visit = visitor()
    held: list[Route] = []
    visit.page.route("**/page/chat.js", lambda route: held.append(route))
    visit.page.reload(wait_until="commit")
    expect(visit.page.locator("#nudged textarea")).to_be_attached()
    expect(visit.page.locator("html")).to_have_attribute("lang", "zh-CN")  # Gradio's doing
    held[0].continue_()
    expect(visit.page.locator(BOX)).to_have_attribute("style", re.compile("height"))  # our script is there
    visit.ask(ASKED)
    expect(visit.page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_an_answer_that_comes_late_takes_the_place_of_the_notice(browser: Browser) -> None:
    bot = SlowBot()
    for address in running(create_app(bot)):
        visit = Visit(browser, address)
        visit.page.clock.install()
        visit.page.fill(BOX, "慢快递")
        visit.page.click(SEND)
        assert bot.entered.acquire(timeout=PATIENCE)
        visit.page.clock.fast_forward(31_000)
        expect(visit.trouble).to_have_text(messages.BUSY.to("zh-Hans"))
        bot.released.set()
        expect(visit.questions).to_have_text(["慢快递"])
        visit.settled()
        visit.ask(ASKED)
        visit.leave()


def test_a_lost_connection_is_said_and_mended_by_a_retry(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    visit.ask(ASKED)
    visit.page.context.set_offline(True)
    visit.page.fill(BOX, "今天天气怎么样?")
    visit.page.press(BOX, "Enter")
    expect(visit.trouble).to_have_text(messages.LOST.to("zh-Hans"))
    visit.page.click(AGAIN)
    expect(visit.trouble).to_have_text(messages.LOST.to("zh-Hans"))
    visit.page.context.set_offline(False)
    visit.page.click(AGAIN)
    expect(visit.questions).to_have_text([ASKED, "今天天气怎么样?"])
    expect(visit.trouble).to_have_count(0)
    visit.leave()


def test_a_restarted_server_goes_on_with_the_conversation(browser: Browser) -> None:
    with listen("127.0.0.1", 0) as bound:
        address = address_of(bound)
        first = Server(bound.dup())
        visit = Visit(browser, address)
        visit.ask(ASKED)
        first.stop()
        second = Server(bound.dup())
        visit.page.fill(BOX, "今天天气怎么样?")
        visit.page.press(BOX, "Enter")
        expect(visit.questions.or_(visit.page.locator(AGAIN))).to_have_count(2)
        if visit.page.locator(AGAIN).count():
            visit.page.click(AGAIN)
        expect(visit.questions).to_have_text([ASKED, "今天天气怎么样?"])
        visit.settled()
        visit.leave()
        second.stop()


class Server:
    """The service in a thread, with a memory of its own."""

    def __init__(self, bound: object) -> None:
        app = create_app(StubBot())
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [bound]})
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


class SlowBot(StubBot):
    """Says when it is asked, and answers once it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Semaphore(0)
        self.released = threading.Event()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        if "慢" in question:
            self.entered.release()
            assert self.released.wait(PATIENCE)
        return super().ask(question, history, top)


def test_a_full_queue_is_said_in_our_words_and_mended_by_a_retry(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = FairTurns(waiting=1)
    monkeypatch.setattr("bot.web.queue.FairTurns", lambda: turns)
    bot = SlowBot()
    for address in running(create_app(bot)):
        visits = [Visit(browser, address) for _ in range(AT_ONCE + 2)]
        for visit in visits:
            visit.page.fill(BOX, "慢快递")
        *answered, waiting, refused = visits
        for visit in answered:
            visit.page.click(SEND)
            assert bot.entered.acquire(timeout=PATIENCE)
        waiting.page.click(SEND)
        while not turns.waiting:
            waiting.page.wait_for_timeout(50)
        refused.page.click(SEND)
        expect(refused.trouble).to_have_text(messages.BUSY.to("zh-Hans"))
        assert refused.page.locator(".toast-body:visible").count() == 0
        bot.released.set()
        for visit in (*answered, waiting):
            visit.settled()
        refused.page.click(AGAIN)
        expect(refused.questions).to_have_text(["慢快递"])
        for visit in visits:
            visit.leave()
