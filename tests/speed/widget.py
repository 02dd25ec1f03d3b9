"""Bytes, requests and time from a click to a usable question box: python -m tests.speed.widget.

Site and service are two origins on this machine. The bot is the tests' stub: the widget alone is measured.
"""

from __future__ import annotations

import os
import shutil
import statistics
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from bot.web.server import create_app
from tests.bot.web.stub import StubBot
from tests.browser.conftest import ARGUMENTS, running, serving
from tests.browser.sites import Site, Widget, tag

VISITS = 15
WANTED = 300  # ms

# By the browser's own clock, from the press until the panel has the focus.
OPEN = """() => new Promise((done) => {
    const widget = document.querySelector("yuanwen-widget").shadowRoot;
    const begun = performance.now();
    new MutationObserver(() => {
        const isReady = widget.querySelector("dialog").className === "ready";
        if (isReady) setTimeout(() => done(performance.now() - begun));
    }).observe(widget, { subtree: true, attributeFilter: ["class"] });
    widget.querySelector(".open").click();
})"""


def main() -> None:
    with contextmanager(serving)(Site()) as site, sync_playwright() as playwright:
        app = create_app(StubBot(), widget_origins=[site.address])
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Chromium {browser.version}")
        with contextmanager(running)(app) as service:
            page = site.page(tag(service))
            measure(browser, page, service, "first visit", is_warm=False)
            measure(browser, page, service, "again", is_warm=True)
        browser.close()


def measure(browser: Browser, address: str, service: str, name: str, is_warm: bool) -> None:
    times, loaded = [], []
    for _ in range(VISITS):
        context = browser.new_context()
        page = context.new_page()
        if is_warm:
            opened(page, address)
        sizes: list[int] = []
        page.on(
            "requestfinished", lambda r, s=sizes: s.append(received(r)) if r.url.startswith(service) else None
        )
        times.append(opened(page, address))
        loaded.append((len(sizes), sum(sizes)))
        context.close()
    requests, size = loaded[-1]
    slowest = max(times)
    print(f"{name}: {requests} requests, {size} bytes; panel open after {statistics.median(times):.0f} ms")
    print(f"  (median of {VISITS}, slowest {slowest:.0f} ms, wanted: at most {WANTED})")


def opened(page: Page, address: str) -> float:
    """Milliseconds from the press of the button until the panel was ready and had the focus."""
    page.goto(address)
    widget = Widget(page)
    widget.button.wait_for()
    took = page.evaluate(OPEN)
    widget.frame.locator(".example").first.wait_for()
    return float(took)


def received(request: object) -> int:
    """Bytes of the response as they came, headers and all; 0 from the browser's own cache."""
    sizes = request.sizes()  # type: ignore[attr-defined]
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


if __name__ == "__main__":
    main()
