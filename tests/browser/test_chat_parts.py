"""Several questions in one line, and a list of what is new, on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visit import DESKTOP, PANEL, PHONE, TALK, Visitor

LINE, PARTS = "新规并且天气?", ["新规?", "天气?"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_each_question_stands_above_its_answer(
    visitor: Visitor, size: tuple[int, int], screenshots: Path
) -> None:
    visit = visitor(size=size)
    visit.ask(LINE)
    parts = visit.page.locator(f"{TALK} .part")
    expect(parts.locator("h3")).to_have_text(PARTS)
    expect(parts.first.locator(".sentence")).to_have_text("旧的不再适用。")
    expect(parts.last.locator(".sentence")).to_have_count(0)
    expect(visit.quotes.first).to_be_in_viewport(ratio=1)
    visit.page.screenshot(path=screenshots / f"{size[0]}x{size[1]}-parts.png")
    parts.first.locator("button.read").click()
    expect(visit.page.locator(f"{PANEL} article h2")).to_have_text("新的<寄递>规定")


def test_what_is_new_is_a_list_of_articles(visitor: Visitor, screenshots: Path) -> None:
    visit = visitor(size=PHONE)
    visit.ask("最新?")
    titles = ["邮政管理局督导快递安全", "Is base-station radiation safe?"]
    expect(visit.readers).to_have_text(titles)
    visit.page.screenshot(path=screenshots / "390x844-listed.png")
    visit.readers.first.click()
    expect(visit.page.locator(f"{PANEL} article h2")).to_have_text(titles[0])
