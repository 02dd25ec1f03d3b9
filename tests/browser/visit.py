"""A visitor at the chat page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

DESKTOP, PHONE = (1280, 800), (390, 844)
BOX, SEND, TALK, PANEL = "#question", "#send", "#talk", "#panel"
PATIENCE = 60_000  # milliseconds: what is waited for comes, but the machine may be busy

# What Gradio complains of when its page is left while it listens.
LEAVING = ("AbortError", "Connection errored out", "Method not implemented", "TypeError: network error")


class Visit:
    """One visitor with a window of `size`; everything that goes wrong on the page is kept."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        size: tuple[int, int] = DESKTOP,
        locale: str = "zh-CN",
        color_scheme: str = "light",
        **more: Any,
    ) -> None:
        """`more` goes to the browser's context, such as `reduced_motion="reduce"`."""
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme=color_scheme,  # type: ignore[arg-type]
            **more,
        )
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("pageerror", lambda error: self._heard(str(error)))
        self.page.on(
            "console",
            lambda line: self._heard(line.text) if line.type in ("error", "warning") else None,
        )
        self.page.goto(address)
        expect(self.page.locator(BOX)).to_be_visible()

    @property
    def examples(self) -> Locator:
        return self.page.locator("#intro .example")

    @property
    def questions(self) -> Locator:
        return self.page.locator(f"{TALK} .said")

    @property
    def quotes(self) -> Locator:
        """The sentence that answers of each quote; of all but the first they are folded."""
        return self.page.locator(f"{TALK} .quote .sentence")

    @property
    def contexts(self) -> Locator:
        """Each whole quote, folded, where it is more than its sentence."""
        return self.page.locator(f"{TALK} .context blockquote")

    @property
    def trouble(self) -> Locator:
        return self.page.locator(".trouble .notice")

    @property
    def readers(self) -> Locator:
        """The buttons that open an article."""
        return self.page.locator(f"{TALK} button.read")

    @property
    def suggested(self) -> Locator:
        """The questions to go on with."""
        return self.page.locator("#more button.suggested")

    @property
    def article(self) -> Locator:
        return self.page.locator(f"{PANEL} article")

    def ask(self, question: str) -> None:
        """Ask by typing and Enter, and wait for the answer to be there."""
        asked = self.questions.count()
        self.page.fill(BOX, question)
        self.page.press(BOX, "Enter")
        expect(self.questions).to_have_count(asked + 1)
        expect(self.page.locator(f"{TALK} :is(.verdict, .talk, .card, .nearest)").last).to_be_visible()
        self.settled()

    def settled(self) -> None:
        """Wait until nothing is being asked."""
        expect(self.page.locator("#pending > *")).to_have_count(0)

    def reload(self) -> None:
        self.go(self.page.url)

    def go(self, address: str) -> None:
        """Go to the page anew."""
        self.page.goto(address)

    def _heard(self, complaint: str) -> None:
        if not any(said in complaint for said in LEAVING):
            self.complaints.append(complaint)

    def leave(self) -> None:
        self.page.context.close()


Visitor = Callable[..., Visit]


def still(locator: Locator) -> None:
    """Wait until the element's place no longer changes from one frame to the next."""
    locator.evaluate(
        """async (element) => {
            const place = () => JSON.stringify(element.getBoundingClientRect());
            const next = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
            const frame = () => new Promise(next);
            for (let before = ""; before !== place();) { before = place(); await frame(); }
        }"""
    )


def within(inner: Locator, outer: dict[str, float]) -> bool:
    """Whether all of `inner` lies inside the box `outer` of the window."""
    box = inner.bounding_box()
    assert box
    return (
        outer["x"] <= box["x"]
        and outer["y"] <= box["y"]
        and box["x"] + box["width"] <= outer["x"] + outer["width"]
        and box["y"] + box["height"] <= outer["y"] + outer["height"]
    )
