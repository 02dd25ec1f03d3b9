"""In the widget too what answers is the first thing one sees: large, whole and above the question box."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import DESKTOP, PHONE, Site, Widget, tag, visiting

CHINESE = ("实名收寄率要达到多少?", "实名收寄率必须达到百分之百。")
ENGLISH = ("Is base-station radiation safe?", "No harm is known.")


@pytest.mark.parametrize(
    ("size", "steps", "asked"),
    [(DESKTOP, 0, CHINESE), (PHONE, 0, ENGLISH), (PHONE, 1, CHINESE), (PHONE, 1, ENGLISH)],
    ids=["desktop", "phone-english", "phone-large", "phone-large-english"],
)
def test_the_sentence_is_in_view_and_the_rest_folded(
    browser: Browser,
    site: Site,
    service: str,
    size: dict[str, int],
    steps: int,
    asked: tuple[str, str],
) -> None:
    question, sentence = asked
    with visiting(browser, site.page(tag(service)), service, viewport=size) as page:
        widget = Widget(page)
        widget.open()
        for _ in range(steps):
            widget.frame.locator("#large").click()
        widget.ask(question)
        expect(widget.quotes.first).to_have_text(sentence)
        expect(widget.quotes.first).to_be_in_viewport(ratio=1)
        expect(widget.contexts.first).to_be_hidden()
        box = widget.box.bounding_box()
        shown = widget.quotes.first.bounding_box()
        assert box
        assert shown
        assert shown["y"] + shown["height"] <= box["y"]
