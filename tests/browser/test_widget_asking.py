"""What can be asked in the panel, and what goes with a question."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot import messages
from tests.bot.web.stub import StubBot
from tests.browser.sites import Site, Widget, tag, visiting

QUESTION = "实名收寄率要达到多少?"


def test_an_example_is_asked_by_a_click(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        expect(widget.frame.locator("#welcome .examples p")).to_have_text(messages.ASK_LIKE.to("zh-Hans"))
        widget.frame.get_by_role("button", name=StubBot().examples("zh-Hans")[1]).click()
        expect(widget.quotes).to_have_count(2)
        expect(widget.frame.locator("#welcome")).to_be_hidden()


def test_earlier_questions_go_with_each_one_twenty_at_most(
    browser: Browser, site: Site, service: str, widget_bot: StubBot
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.ask("一号问题?")
        widget.ask("二号问题?")
        assert widget_bot.asked[-1][:2] == ("二号问题?", ("一号问题?",))
        kept = "sessionStorage.setItem('yuanwen.widget.2', JSON.stringify(Array(20).fill(JSON.parse("
        widget.box.evaluate(f"{kept}sessionStorage.getItem('yuanwen.widget.2'))[0])))")
        page.reload()
        widget.open()
        expect(widget.turns).to_have_count(20)
        widget.ask("新的问题?")
        assert widget_bot.asked[-1][:2] == ("新的问题?", ("一号问题?",) * 20)
        widget.ask("再一个问题?")
        assert widget_bot.asked[-1][1] == ("一号问题?",) * 19 + ("新的问题?",)


def test_what_another_program_left_in_the_memory_is_passed_over(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        for left in ("{", "7", '[{"question": 1}]', '[{"question": "x", "answer": {"quotes": 1}}]'):
            widget.box.evaluate("(_, left) => sessionStorage.setItem('yuanwen.widget.2', left)", left)
            page.reload()
            widget.open()
            expect(widget.turns).to_have_count(0)
        widget.ask(QUESTION)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("   ", messages.EMPTY.to("zh-Hans")),
        ("?!", messages.NO_WORDS.to("zh-Hans")),
        ("长" * 501, messages.TOO_LONG.to("zh-Hans", limit=500)),
    ],
)
def test_what_is_no_question_stays_in_the_box(
    browser: Browser, site: Site, service: str, question: str, said: str
) -> None:
    # Chromium itself reports the status 422.
    with visiting(browser, site.page(tag(service)), service, quiet=False) as page:
        widget = Widget(page)
        widget.open()
        widget.box.fill(question)
        widget.box.press("Enter")
        expect(widget.frame.locator("#trouble")).to_have_text(said)
        expect(widget.box).to_have_value(question)
        expect(widget.turns).to_have_count(0)
        widget.ask(QUESTION)
        expect(widget.frame.locator("#trouble")).to_be_hidden()


def test_enter_while_characters_are_composed_asks_nothing(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.box.fill("shi")
        widget.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
        widget.box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
        widget.box.press("Shift+Enter")
        expect(widget.box).to_have_value("shi\n")
        expect(widget.turns).to_have_count(0)


def test_small_talk_is_answered_and_its_questions_are_asked_by_a_click(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        turn = widget.ask("你好")
        expect(turn.locator(".verdict")).to_have_text("您好！")
        expect(turn.locator(".feedback")).to_have_count(0)
        expect(turn.locator(".example")).to_have_text(["快递安全吗?"])
        page.reload()
        widget.open()
        widget.turns.first.locator(".example").click()
        expect(widget.turns.nth(1).locator("h2")).to_have_text("您问：快递安全吗?")
        expect(widget.quotes).to_have_count(2)


def test_under_the_last_answer_stands_what_can_be_asked_next(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        first = widget.ask(QUESTION)
        expect(first.locator(".examples p")).to_have_text(messages.ASK_ALSO.to("zh-Hans"))
        expect(first.locator(".example")).to_have_text(["快递安全有哪三项制度?"])
        first.locator(".example").click()
        expect(widget.quotes).to_have_count(4)
        expect(widget.frame.locator(".turn .example")).to_have_count(0)  # both are asked


def test_questions_to_go_on_with_may_fail_and_nothing_else_does(
    browser: Browser, site: Site, service: str
) -> None:
    with visiting(browser, site.page(tag(service)), service, quiet=False) as page:
        page.route("**/api/follow-ups", lambda route: route.abort())
        widget = Widget(page)
        widget.open()
        with page.expect_event("requestfailed"):
            turn = widget.ask(QUESTION)
        expect(turn.locator(".sentence")).to_have_count(2)
        expect(turn.locator(".trouble")).to_have_count(0)
