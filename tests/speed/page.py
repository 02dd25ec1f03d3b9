"""What a page costs until a question can be asked: python -m tests.speed.page.

Bytes as they came (compressed, with headers), requests that reached a server, and the time until the
question box can be typed into; for the article page, which has none, until its text and the link to ask are
there; for the widget, from the load of a site's page until the panel that a click opens is ready. In
Chromium on this machine, without a network's delay: first with an empty cache, then again. Beside our pages
stand Gradio's bare ChatInterface and a bare <gradio-app>.
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Request as Asked

from bot.web.server import create_app
from tests.bot.web.stub import StubBot
from tests.browser.conftest import ARGUMENTS, running, serving
from tests.browser.sites import Site, Widget, tag
from tests.speed.widget import received

RUNS = 9

GRADIO_BOX = "textarea[data-testid=textbox]"
EMBED = '<script type="module" src="/gradio.js"></script><gradio-app src="{}chat/"></gradio-app>'
HEAD = f"{'kB':>9}{'requests':>10}{'ms':>7}"


@dataclass(frozen=True)
class Measured:
    """A page: its name, its address, what waits until a question can be asked, and until all is there."""

    name: str
    address: str
    usable: Callable[[Page], object]
    whole: Callable[[Page], object]


@dataclass
class Load:
    """What one load of a page took; `sizes` are in bytes, one a request that reached a server."""

    seconds: float
    sizes: list[int]
    hosts: set[str]


def main() -> None:
    with sync_playwright() as playwright, contextmanager(serving)(Site()) as site:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        app = create_app(StubBot(), widget_origins=[site.address])
        with contextmanager(running)(app) as ours, contextmanager(running)(bare_gradio()) as theirs:
            print(
                f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Chromium {browser.version}, Gradio",
                end=" ",
            )
            print(gr.__version__, f"median of {RUNS}", sep=", ")
            print(f"{'':20}{'first visit':>26}{'again':>32}")
            print(f"{'':20}{HEAD}{'':6}{HEAD}   other hosts")
            for measured in (
                Measured("chat page", f"{ours}/", there("#question"), there("#nudged textarea")),
                Measured("article page", f"{ours}/articles/parcels", there(".onward .ask"), there("article")),
                Measured("widget", site.page(tag(ours)), open_panel, panel_is_whole),
                Measured("bare ChatInterface", f"{theirs}/chat/", there(GRADIO_BOX), there(GRADIO_BOX)),
                Measured("bare <gradio-app>", f"{theirs}/embed", there(GRADIO_BOX), there(GRADIO_BOX)),
            ):
                own = {urlsplit(address).netloc for address in (ours, theirs, site.address)}
                print(row(browser, measured, own), flush=True)
        browser.close()


def there(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.wait_for(state="attached")


def open_panel(page: Page) -> None:
    Widget(page).open()


def panel_is_whole(page: Page) -> None:
    Widget(page).frame.locator(".example").first.wait_for()


def row(browser: Browser, measured: Measured, own: set[str]) -> str:
    """Medians of RUNS loads with an empty cache and of one more after each; hosts that are not our `own`."""
    loads = [load_twice(browser, measured) for _ in range(RUNS)]
    cold, warm = ([pair[n] for pair in loads] for n in (0, 1))
    others = set().union(*(load.hosts for load in (*cold, *warm))) - own
    return f"{measured.name:20}{figures(cold)}{'':6}{figures(warm)}   {', '.join(sorted(others)) or 'none'}"


def figures(loads: list[Load]) -> str:
    kilobytes = statistics.median(sum(load.sizes) for load in loads) / 1000
    requests = statistics.median(len(load.sizes) for load in loads)
    return f"{kilobytes:9.1f}{requests:10.0f}{1000 * statistics.median(load.seconds for load in loads):7.0f}"


def load_twice(browser: Browser, measured: Measured) -> tuple[Load, Load]:
    context = browser.new_context(locale="zh-CN")
    loads = load(context.new_page(), measured), load(context.new_page(), measured)
    context.close()
    return loads


def load(page: Page, measured: Measured) -> Load:
    """Load until a question can be asked, then until all is there: sizes are of all."""
    begun: list[Asked] = []
    finished: list[Asked] = []
    page.on("request", lambda request: begun.append(request))
    page.on("requestfinished", lambda request: finished.append(request))
    started = perf_counter()
    page.goto(measured.address, wait_until="commit")
    measured.usable(page)
    seconds = perf_counter() - started
    page.wait_for_load_state("load")
    measured.whole(page)
    sizes = [size for request in finished if (size := received(request))]
    page.close()
    return Load(seconds, sizes, {urlsplit(request.url).netloc for request in begun})


def bare_gradio() -> FastAPI:
    """Gradio's chat as its documentation begins, and a page that holds it as an element."""
    app = FastAPI()
    frontend = Path(gr.__file__).parent / "templates" / "frontend"

    @app.get("/embed")
    def embed(request: Request) -> HTMLResponse:
        return HTMLResponse(EMBED.format(request.base_url))

    gr.mount_gradio_app(app, gr.ChatInterface(lambda message, history: message), path="/chat")
    app.mount("/", StaticFiles(directory=frontend))
    return app


if __name__ == "__main__":
    main()
