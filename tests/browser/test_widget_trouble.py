"""The widget while the service is away, and after it came back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from bot import messages
from bot.web.server import address_of, create_app, listen
from tests.bot.web.stub import StubBot
from tests.browser.sites import Site, Widget, tag, visiting

QUESTION = "实名收寄率要达到多少?"


class Service:
    """A service that can go away and come back at the same address."""

    def __init__(self, site: Site) -> None:
        self._app = create_app(StubBot(), widget_origins=[site.address])
        self._port = 0
        self.address = ""
        self.start()

    def start(self) -> None:
        self._socket = listen("127.0.0.1", self._port)
        self._port = self._socket.getsockname()[1]
        self.address = address_of(self._socket)
        config = uvicorn.Config(self._app, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


@pytest.fixture
def restarting(site: Site) -> Iterator[Service]:
    service = Service(site)
    yield service
    service.stop()


def test_a_question_is_asked_again_when_the_service_is_back(
    browser: Browser, site: Site, restarting: Service
) -> None:
    with visiting(browser, site.page(tag(restarting.address)), restarting.address, quiet=False) as page:
        widget = Widget(page)
        widget.open()
        expect(widget.frame.locator(".example")).to_have_count(2)
        restarting.stop()
        widget.box.fill(QUESTION)
        widget.box.press("Enter")
        turn = widget.turns.first
        expect(turn.locator(".trouble")).to_have_text(messages.LOST.to("zh-Hans"))
        expect(widget.frame.locator("#status")).to_have_text(messages.LOST.to("zh-Hans"))
        turn.get_by_role("button", name="再试一次").click()
        expect(turn.locator(".trouble")).to_have_text(messages.LOST.to("zh-Hans"))
        restarting.start()
        turn.get_by_role("button", name="再试一次").click()
        expect(turn.locator(".sentence")).to_have_count(2)
        expect(turn.locator(".trouble")).to_have_count(0)


def test_the_panel_comes_when_the_service_is_back(browser: Browser, site: Site, restarting: Service) -> None:
    with visiting(browser, site.page(tag(restarting.address)), restarting.address, quiet=False) as page:
        widget = Widget(page)
        expect(widget.button).to_be_visible()
        restarting.stop()
        widget.button.click()
        alert = widget.dialog.get_by_role("alert")
        expect(alert).to_contain_text(messages.AWAY.to("zh-Hans"))
        expect(alert.get_by_role("button", name="再试一次")).to_be_focused()
        alert.get_by_role("button", name="再试一次").click()
        expect(widget.dialog).to_have_class("waiting")
        expect(alert).to_contain_text(messages.AWAY.to("zh-Hans"))
        restarting.start()
        alert.get_by_role("button", name="再试一次").click()
        expect(widget.dialog).to_have_class("ready")
        expect(widget.box).to_be_focused()
        widget.ask(QUESTION)
        assert page.evaluate("history.length") == 2  # about:blank and the page: no way back through tries


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_trouble_is_told_and_can_be_tried_again(
    browser: Browser, site: Site, service: str, status: int
) -> None:
    with visiting(browser, site.page(tag(service)), service, quiet=False) as page:
        html = "<html>Bad Gateway</html>"
        problem = {"body": html} if status == 502 else {"json": {"status": status, "detail": "请稍后。"}}
        page.route("**/api/ask", lambda route: route.fulfill(status=status, **problem), times=1)
        widget = Widget(page)
        widget.open()
        widget.box.fill(QUESTION)
        widget.box.press("Enter")
        told = messages.LOST.to("zh-Hans") if status == 502 else "请稍后。"
        expect(widget.turns.locator(".trouble")).to_have_text(told)
        widget.turns.get_by_role("button", name="再试一次").click()
        expect(widget.quotes).to_have_count(2)


def test_a_site_without_a_service_is_unharmed(browser: Browser, site: Site) -> None:
    with listen("127.0.0.1", 0) as bound:
        nobody = address_of(bound)
    address = site.page("<p>正文</p>" + tag(nobody))
    with visiting(browser, address, nobody, quiet=False) as page:
        expect(page.get_by_text("正文")).to_be_visible()
        expect(page.locator("yuanwen-widget")).to_have_count(0)
