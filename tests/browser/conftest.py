"""A headless Chromium and a running service; without Chromium or a Chinese font the tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bot.operations.database import database_url, open_database
from bot.operations.votes import Votes
from bot.publisher import Publisher
from bot.web.server import create_app
from tests.bot.web.running import running as in_thread
from tests.bot.web.stub import StubBot
from tests.browser.sites import Site
from tests.browser.visit import PATIENCE, Visit, Visitor

INSTALL = "apt-get install chromium fontconfig fonts-noto-cjk"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def missing() -> str | None:
    """What these tests need and the machine lacks."""
    fonts = shutil.which("fc-list")
    if shutil.which("chromium") is None or fonts is None:
        return "chromium or fontconfig"
    listed = subprocess.run([fonts, ":lang=zh", "family"], capture_output=True, text=True, check=True).stdout
    return None if "Noto Sans CJK" in listed else "the Noto CJK font"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the browser tests, with one line for all, where something is missing; in CI that is a failure."""
    ours = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    lacking = missing() if ours else None
    if lacking is None:
        return
    reason = f"{lacking} is missing: {INSTALL}"
    if os.environ.get("CI"):
        raise pytest.UsageError(f"browser tests must not be skipped in CI: {reason}")
    first, *others = ours
    first.add_marker(pytest.mark.skip(reason=reason))
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)


# Of the package, not the session: while Playwright lives, the thread has a running event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # A busy machine is slow, and that is nothing to fail for.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def votes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Votes]:
    database = open_database(database_url("", tmp_path_factory.mktemp("state")))
    yield Votes(database)
    database.close()


@pytest.fixture(scope="package")
def address(votes: Votes) -> Iterator[str]:
    """Where the service with the stub bot listens, like "http://127.0.0.1:40001"."""
    yield from running(create_app(StubBot(), votes=votes))


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """A site that may show the widget of `service`."""
    yield from serving(Site())


@pytest.fixture(scope="package")
def stranger() -> Iterator[Site]:
    """A site that may not."""
    yield from serving(Site())


@pytest.fixture(scope="package")
def widget_bot() -> StubBot:
    """The bot behind `service`; it keeps what it was asked."""
    return StubBot()


@pytest.fixture(scope="package")
def service(site: Site, widget_bot: StubBot, votes: Votes) -> Iterator[str]:
    """Where the service listens whose widget `site` may show."""
    publisher = Publisher(contact="市民热线 12345")
    yield from running(
        create_app(widget_bot, votes=votes, publisher=publisher, widget_origins=[site.address])
    )


def serving(site: Site) -> Iterator[Site]:
    for address in running(site):
        site.address = address
        yield site


def running(app: object) -> Iterator[str]:
    """Serve `app` from a thread on a free port."""
    with in_thread(app) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    visits: list[Visit] = []

    def visit(**how: Any) -> Visit:
        visits.append(Visit(browser, address, **how))
        return visits[-1]

    yield visit
    for visit_ in visits:
        visit_.leave()
        assert visit_.complaints == []
        assert visit_.hosts == {address.removeprefix("http://")}


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """The folder for screenshots: SCREENSHOTS, or this test's own."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
