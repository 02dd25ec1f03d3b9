"""Languages, large text, contrast, light and dark, the keyboard, and what axe-core finds."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot import messages
from tests.browser.axe import faults
from tests.browser.visit import BOX, DESKTOP, PANEL, PHONE, Visit, Visitor, still, within

ASKED = {"zh-CN": "实名收寄率要达到多少?", "en-GB": "Is base-station radiation safe?"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ASKED)
def test_axe_finds_nothing(visitor: Visitor, locale: str, scheme: str) -> None:
    visit = visitor(locale=locale, color_scheme=scheme, reduced_motion="reduce")
    expect(visit.page.locator("#talk")).to_be_attached()  # Gradio's part has the <main>
    assert faults(visit.page) == []
    visit.ask(ASKED[locale])
    visit.ask("大概快递多少")
    visit.ask("今天天气怎么样?")
    expect(visit.suggested.first).to_be_visible()
    assert faults(visit.page) == []
    visit.page.click("#display summary")
    visit.page.click("#contrast")
    assert faults(visit.page) == []
    visit.readers.first.click()
    expect(visit.article).to_be_visible()
    still(visit.page.locator(PANEL))
    assert faults(visit.page) == []


@pytest.mark.parametrize("locale", ASKED)
def test_what_belongs_together_stands_in_one_line(visitor: Visitor, locale: str) -> None:
    visit = visitor(size=PHONE, locale=locale)
    visit.page.click("#larger")
    visit.ask(ASKED[locale])
    tops = "pair => pair.map(part => document.querySelector(part).getBoundingClientRect().top)"
    for pair in ([".vote.up", ".vote.down"], [".copy", ".share"]):
        one, other = visit.page.evaluate(tops, pair)  # in one call: the view may be moving yet
        assert one == other, pair


@pytest.mark.parametrize("locale", ["zh-CN", "zh-HK", "en-GB"])
def test_on_a_phone_all_that_is_needed_to_ask_is_in_view(visitor: Visitor, locale: str) -> None:
    visit = visitor(size=PHONE, locale=locale)
    window = {"x": 0.0, "y": 0.0, "width": PHONE[0], "height": PHONE[1]}
    for part in (visit.page.locator("#intro"), visit.page.locator(BOX), visit.page.locator("#masthead")):
        assert within(part, window)
    assert visit.page.evaluate("document.documentElement.scrollHeight") == PHONE[1]


def test_a_language_once_chosen_stays(visitor: Visitor, address: str) -> None:
    visit = visitor()
    visit.ask("今天天气怎么样?")
    visit.page.get_by_role("link", name="English").click()
    expect(visit.page.get_by_text(messages.NONE.to("en"))).to_be_visible()
    expect(visit.page.locator(BOX)).to_have_attribute("placeholder", messages.QUESTION_HINT.to("en"))
    visit.settled()
    visit.go(address)
    expect(visit.page.locator(BOX)).to_have_attribute("placeholder", messages.QUESTION_HINT.to("en"))
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    visit.settled()


def test_large_text_contrast_and_theme_stay_after_a_reload(visitor: Visitor) -> None:
    visit = visitor(size=PHONE)
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = visit.page.locator(BOX).evaluate(size)
    visit.page.click("#larger")
    visit.page.click("#display summary")
    visit.page.click("#contrast")
    visit.page.get_by_label(messages.THEME_DARK.to("zh-Hans")).check()
    for _ in range(2):
        assert visit.page.locator(BOX).evaluate(size) > 1.3 * before
        expect(visit.page.locator("#larger")).to_have_attribute("aria-pressed", "true")
        assert visit.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert visit.page.evaluate("document.documentElement.dataset.contrast") == "more"
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        visit.reload()


def test_everything_goes_by_keyboard(visitor: Visitor) -> None:
    visit = visitor()
    visit.examples.first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.quotes.first).to_be_visible()
    visit.settled()
    visit.readers.first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("button", name=messages.CLOSE_ARTICLE.to("zh-Hans"))).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(visit.readers.first).to_be_focused()
    for name in (messages.COPY.to("zh-Hans"), messages.SHARE.to("zh-Hans")):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.textContent") == name


def test_answers_are_announced_and_articles_are_not(visitor: Visitor) -> None:
    visit = visitor(locale="en-GB")
    visit.ask(ASKED["en-GB"])
    visit.readers.first.click()
    expect(visit.article).to_be_visible()
    expect(visit.page.get_by_role("log", name=messages.CONVERSATION.to("en"))).to_have_attribute(
        "aria-live", "polite"
    )
    expect(visit.page.get_by_role("dialog", name=messages.ARTICLE_PANEL.to("en"))).to_be_visible()
    expect(visit.page.locator("#article [aria-live], #more [aria-live]")).to_have_count(0)


@pytest.mark.parametrize(("size", "is_modal"), [(DESKTOP, False), (PHONE, True)])
def test_the_article_stands_beside_the_talk_or_over_it(
    visitor: Visitor, size: tuple[int, int], is_modal: bool
) -> None:
    visit = visitor(size=size, reduced_motion="reduce")
    visit.ask(ASKED["zh-CN"])
    visit.readers.first.click()
    expect(visit.article).to_be_visible()
    still(visit.page.locator(PANEL))
    panel, card = (part.bounding_box() for part in (visit.page.locator(PANEL), visit.quotes.first))
    assert panel
    assert card
    assert (card["x"] + card["width"] <= panel["x"]) is not is_modal
    assert visit.page.locator("#ask").evaluate("element => element.inert") is is_modal
    assert panel["x"] + panel["width"] <= size[0]
    assert (panel["y"] > 0) is is_modal


def test_a_quote_is_copied_with_its_source(visitor: Visitor) -> None:
    visit = visitor(permissions=["clipboard-read", "clipboard-write"])
    visit.ask(ASKED["zh-CN"])
    visit.page.locator(".actions .copy").first.click()
    expect(visit.page.locator(".actions .copy").first).to_have_text(messages.COPIED.to("zh-Hans"))
    quote, source, link = visit.page.evaluate("navigator.clipboard.readText()").split("\n")
    assert quote == "实名收寄率必须达到百分之百。"
    assert source.startswith("—— 邮政管理局督导快递安全 · 驻马店日报 · 2024年11月26日")
    visit.go(link)
    expect(visit.page.locator("mark")).to_have_text("实名收寄率必须达到百分之百。")


def test_an_answer_is_judged(visitor: Visitor) -> None:
    visit = visitor()
    visit.ask(ASKED["zh-CN"])
    visit.page.locator(".vote.down").click()
    expect(visit.page.locator(".tools output")).to_have_text(messages.THANKS.to("zh-Hans"))
    visit.page.get_by_label(messages.WHAT_WRONG.to("zh-Hans")).fill("答非所问")
    with visit.page.expect_request("**/api/feedback") as sent:
        visit.page.get_by_role("button", name=messages.SEND_COMMENT.to("zh-Hans")).click()
    assert sent.value.post_data_json["comment"] == "答非所问"
    expect(visit.page.locator(".vote.down")).to_have_attribute("aria-pressed", "true")
    expect(visit.page.get_by_label(messages.WHAT_WRONG.to("zh-Hans"))).to_have_count(0)


VOICES = """
  const spoken = (window.spoken = []);
  const voice = { lang: "zh-CN", name: "test" };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [voice], cancel() {}, addEventListener() {},
    speak(utterance) { spoken.push([utterance.lang, utterance.text]); },
  }});
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
"""


def test_an_answer_is_read_aloud_where_there_is_a_voice(visitor: Visitor) -> None:
    visit: Visit = visitor()
    visit.ask(ASKED["zh-CN"])
    expect(visit.page.locator(".aloud")).to_be_hidden()
    visit.page.add_init_script(VOICES)
    visit.reload()
    visit.page.locator(".aloud").click()
    expect(visit.page.locator(".aloud")).to_have_text(messages.STOP_READING.to("zh-Hans"))
    spoken = visit.page.evaluate("window.spoken")
    assert spoken[1:] == [
        ["zh-Hans", "实名收寄率必须达到百分之百。"],
        ["zh-Hans", "邮政管理局督导快递安全"],
    ]
    visit.page.locator(".aloud").click()
    expect(visit.page.locator(".aloud")).to_have_text(messages.READ_ALOUD.to("zh-Hans"))
    visit.settled()
