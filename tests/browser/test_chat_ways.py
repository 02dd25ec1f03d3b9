"""Where people fell on the chat page: Back, an input method's Enter, reloading, print, zoom, a kiosk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot import messages
from tests.browser.visit import BOX, DESKTOP, PANEL, PHONE, Visit, Visitor, still

QUESTION = "实名收寄率要达到多少?"
COMPOSING = """box => {
    const key = { key: "Enter", keyCode: 229, bubbles: true, cancelable: true };
    return box.dispatchEvent(new KeyboardEvent("keydown", key));
}"""
IN_VIEW = """() => {
    const box = (part) => document.querySelector(part).getBoundingClientRect();
    const [said, form] = ["#talk .sentence", "#ask"].map(box);
    return said.top >= 0 && said.bottom <= form.top;
}"""


def test_back_closes_the_article_and_stays_on_the_page(visitor: Visitor) -> None:
    visit = visitor(size=PHONE, reduced_motion="reduce")
    visit.ask(QUESTION)
    address = visit.page.url
    visit.readers.first.click()
    expect(visit.page.locator(PANEL)).to_be_visible()
    visit.page.go_back()
    expect(visit.page.locator(PANEL)).to_be_hidden()
    assert visit.page.url == address
    expect(visit.quotes.first).to_be_visible()


def test_an_input_methods_enter_sends_nothing(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.fill(BOX, "shiming")
    assert visit.page.locator(BOX).evaluate(COMPOSING) is True
    expect(visit.page.locator(BOX)).to_have_value("shiming")
    expect(visit.page.locator("#pending > *")).to_have_count(0)


def test_before_the_scripts_are_there_an_input_methods_enter_sends_nothing(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.route("**/page/chat.js", lambda route: route.abort())
    page.goto(address)
    page.fill(BOX, "shiming")
    assert page.locator(BOX).evaluate(COMPOSING) is True
    assert page.url == f"{address}/"
    context.close()


@pytest.mark.parametrize("text", ["", "large"])
def test_all_of_the_sentence_is_in_view_after_the_answer_and_after_a_reload(
    visitor: Visitor, text: str
) -> None:
    visit = visitor(size=PHONE, reduced_motion="reduce")
    if text:
        visit.page.click("#larger")
    visit.ask(QUESTION)
    expect(visit.quotes.first).to_be_in_viewport(ratio=1)
    assert visit.page.evaluate(IN_VIEW)
    visit.reload()
    visit.settled()
    expect(visit.quotes.first).to_be_in_viewport(ratio=1)
    assert visit.page.evaluate(IN_VIEW)


def test_text_grows_in_three_steps_to_twice_its_size(visitor: Visitor) -> None:
    visit = visitor(size=PHONE)
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    sizes = [visit.page.evaluate(size)]
    for label in ("大字 1/3", "大字 2/3", "大字 3/3", "大字"):
        visit.page.click("#larger")
        expect(visit.page.locator("#larger")).to_have_text(label)
        sizes.append(visit.page.evaluate(size))
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert sizes == [18, 24, 30, 36, 18]


def test_at_400_percent_zoom_there_is_room_to_read(visitor: Visitor) -> None:
    visit = visitor(size=(320, 200), reduced_motion="reduce")
    visit.ask(QUESTION)
    sentence = visit.quotes.first
    sentence.scroll_into_view_if_needed()
    assert visit.page.evaluate("getComputedStyle(document.querySelector('#ask')).position") == "static"
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_printed_the_words_and_marks_stay_and_the_controls_go(visitor: Visitor) -> None:
    visit = visitor(color_scheme="dark")
    visit.ask(QUESTION)
    visit.page.emulate_media(media="print")
    for control in ("#ask", "#masthead nav", ".tools", ".actions", ".aloud", "#after"):
        expect(visit.page.locator(control).first).to_be_hidden()
    mark = visit.page.locator(".sentence mark").first
    look = "e => { const s = getComputedStyle(e); return [s.color, s.textDecorationLine] }"
    assert mark.evaluate(look) == ["rgb(0, 0, 0)", "underline"]
    expect(visit.contexts.first).to_be_visible()


def test_the_keyboard_skips_to_the_question(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.evaluate("document.activeElement.blur()")
    visit.page.keyboard.press("Tab")
    skip = visit.page.get_by_role("link", name=messages.SKIP_TO_QUESTION.to("zh-Hans"))
    expect(skip).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(BOX)).to_be_focused()


def test_a_kiosk_is_large_keeps_visitors_inside_and_starts_over(browser: Browser, address: str) -> None:
    visit = Visit(browser, f"{address}/?kiosk=1", DESKTOP)
    visit.page.clock.install()
    visit.reload()
    expect(visit.page.locator("html")).to_have_attribute("data-text", "large")
    visit.ask(QUESTION)
    visit.page.evaluate("document.querySelector('.also a').click()")
    assert visit.page.url.startswith(f"{address}/?kiosk=1")
    visit.page.clock.fast_forward(61_000)
    expect(visit.examples.first).to_be_visible()
    expect(visit.questions).to_have_count(0)
    visit.leave()


HEARING = """
  window.webkitSpeechRecognition = class extends EventTarget {
    start() {
      const event = new Event("result");
      event.results = [[{ transcript: "实名收寄率" }], [{ transcript: "是多少" }]];
      this.dispatchEvent(event);
      this.dispatchEvent(new Event("end"));
    }
  };
  window.SpeechRecognition = undefined;
"""


def test_what_is_spoken_goes_into_the_box_and_is_sent_by_hand(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.add_init_script(HEARING)
    visit.reload()
    visit.page.get_by_role("button", name=messages.SPEAK.to("zh-Hans")).click()
    expect(visit.page.locator(BOX)).to_have_value("实名收寄率是多少")
    expect(visit.page.locator(BOX)).to_be_focused()
    expect(visit.questions).to_have_count(0)
    still(visit.page.locator("#ask"))
