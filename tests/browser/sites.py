"""Sites that show the widget, or would like to: each has an origin of its own on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

__all__ = ["DESKTOP", "PHONE", "Site", "Widget", "tag", "visiting"]

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

# Chromium says so of every frame that keeps its origin, also where that is another one than the page's.
EXPECTED = "An iframe which has both allow-scripts and allow-same-origin"


class Site:
    """An ASGI app whose pages are put there by the tests."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[str, Mapping[str, str]]] = {}
        self.address = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            html, headers = self._pages.get(scope["path"], ("", {}))
            await HTMLResponse(html, headers=dict(headers))(scope, receive, send)

    def page(
        self, body: str, head: str = "", headers: Mapping[str, str] | None = None, path: str = "/page"
    ) -> str:
        """The address of a page with this content."""
        start = f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>站点</title>{head}</head>'
        self._pages[path] = (f"{start}<body>{body}</body></html>", headers or {})
        return self.address + path


def tag(service: str, **options: str) -> str:
    """The one line that an editor pastes: `tag(address, position="left")`."""
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in options.items())
    return f'<script async src="{service}/widget.js"{attributes}></script>'


class Widget:
    """The widget on a page, as a visitor sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.button: Locator = page.locator("yuanwen-widget .open")
        self.dialog: Locator = page.locator("yuanwen-widget dialog")
        self.frame: FrameLocator = page.frame_locator("yuanwen-widget iframe")
        self.box = self.frame.locator("#box")
        self.turns = self.frame.locator(".turn")
        self.quotes = self.frame.locator(".sentence")
        self.contexts = self.frame.locator(".context blockquote")

    def open(self) -> None:
        self.button.click()
        expect(self.dialog).to_have_class("ready")
        expect(self.box).to_be_focused()

    def ask(self, question: str) -> Locator:
        """Type it and press Enter; the turn with its answer."""
        asked = self.turns.count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.turns).to_have_count(asked + 1)
        expect(self.turns.nth(asked).locator(".verdict")).to_be_visible()
        return self.turns.nth(asked)

    def focused_in_shadow(self) -> str | None:
        """The class of what has the focus in the widget's own part of the page."""
        return self.page.evaluate(
            "document.querySelector('yuanwen-widget').shadowRoot.activeElement?.className ?? null"
        )


@contextmanager
def visiting(
    browser: Browser, address: str, *others: str, quiet: bool = True, **options: object
) -> Iterator[Page]:
    """A page in a browser with these options: it asks no host but its own and the `others`, and where
    `quiet` nobody complains on the console."""
    complaints: list[str] = []
    hosts: set[str] = set()
    context = browser.new_context(**{"locale": "zh-CN", "viewport": DESKTOP, **options})  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(address)
    yield page
    assert hosts <= {urlsplit(host).netloc for host in (address, *others)}
    if quiet:
        assert [line for line in complaints if not line.startswith(EXPECTED)] == []
    context.close()
