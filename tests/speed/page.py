"""What a page costs until a question can be typed: python -m tests.speed.page.

Bytes over the wire, requests that reach the server, and the time to a usable question box, in Chromium on
this machine without a delay of the network: first with an empty cache, then again. Beside our pages
stand Gradio's bare ChatInterface and a bare <gradio-app>.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Browser, Page, sync_playwright

from bot.web.service import create_app
from tests.bot.web.stub import StubBot
from tests.browser.conftest import ARGUMENTS, running

RUNS = 5

GRADIO_BOX = "textarea[data-testid=textbox]"
EMBED = '<script type="module" src="/frontend/gradio.js"></script><gradio-app src="/chat/"></gradio-app>'


@dataclass(frozen=True)
class Measured:
    """One page: its name, which of the two services has it, its path, and what is there once it is usable."""

    name: str
    of_gradio: bool
    path: str
    usable: str


PAGES = (
    Measured("chat page", False, "/", "#question"),
    Measured("article page", False, "/articles/parcels", "article"),
    Measured("bare ChatInterface", True, "/chat/", GRADIO_BOX),
    Measured("bare <gradio-app>", True, "/embed", GRADIO_BOX),
)


@dataclass
class Load:
    """What one load of a page took."""

    seconds: float = 0.0
    size: int = 0
    requests: int = 0
    hosts: set[str] = field(default_factory=set)


def main() -> None:
    print(f"{'':20}{'cold':>12}{'':>22}{'warm':>12}")
    print(f"{'':20}{'kB':>8}{'requests':>10}{'ms':>8}{'':>8}{'kB':>8}{'requests':>10}{'ms':>8}   other hosts")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        with served(create_app(StubBot())) as ours, served(bare_gradio()) as theirs:
            for measured in PAGES:
                print(row(browser, theirs if measured.of_gradio else ours, measured), flush=True)


def row(browser: Browser, address: str, measured: Measured) -> str:
    """Medians of RUNS loads with an empty cache, and of as many that follow each."""
    loads = [load_twice(browser, f"{address}{measured.path}", measured.usable) for _ in range(RUNS)]
    cold, warm = ([pair[n] for pair in loads] for n in (0, 1))
    others = set().union(*(load.hosts for load in (*cold, *warm))) - {urlsplit(address).netloc}
    return f"{measured.name:20}{figures(cold)}{'':8}{figures(warm)}   {', '.join(sorted(others)) or 'none'}"


def figures(loads: list[Load]) -> str:
    def median(of: Callable[[Load], float]) -> float:
        return statistics.median(of(load) for load in loads)

    kilobytes, seconds = median(lambda load: load.size) / 1000, median(lambda load: load.seconds)
    return f"{kilobytes:8.1f}{median(lambda load: load.requests):10.0f}{1000 * seconds:8.0f}"


def load_twice(browser: Browser, address: str, usable: str) -> tuple[Load, Load]:
    context = browser.new_context(locale="zh-CN")
    loads = load(context.new_page(), address, usable), load(context.new_page(), address, usable)
    context.close()
    return loads


def load(page: Page, address: str, usable: str) -> Load:
    """Load until the box is usable, then until nothing more comes: size and requests are of all."""
    found = Load()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda event: count(found, event["request"]["url"], 1))
    network.on("Network.requestServedFromCache", lambda event: count(found, "", -1))
    network.on("Network.responseReceived", lambda event: count(found, "", -from_disk(event)))
    network.on("Network.dataReceived", lambda event: add(found, event["encodedDataLength"]))
    started = perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    page.locator(usable).first.wait_for()
    found.seconds = perf_counter() - started
    page.wait_for_load_state("networkidle")
    page.close()
    return found


def count(found: Load, url: str, by: int) -> None:
    found.requests += by
    if url.startswith("http"):
        found.hosts.add(urlsplit(url).netloc)


def from_disk(event: dict[str, dict[str, bool]]) -> int:
    return int(event["response"].get("fromDiskCache", False))


def add(found: Load, size: int) -> None:
    found.size += size


def bare_gradio() -> FastAPI:
    """Gradio's chat as its documentation begins, and a page that holds it as an element."""
    app = FastAPI()
    frontend = Path(gr.__file__).parent / "templates" / "frontend"

    @app.get("/embed")
    def embed() -> HTMLResponse:
        return HTMLResponse(EMBED)

    app.mount("/frontend", StaticFiles(directory=frontend))
    return gr.mount_gradio_app(app, gr.ChatInterface(lambda message, history: message), path="/chat")


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    addresses = running(app)
    yield next(addresses)
    next(addresses, None)


if __name__ == "__main__":
    main()
