"""What the panel makes of an answer: quotes to the letter, their source, and what else can be done."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from bot import messages
from bot.web.language import age_words
from bot.web.links import quote_link
from tests.bot.web.stub import ENGLISH, HOSTILE, PARCELS, QUOTES, StubBot
from tests.browser.sites import Site, Widget, tag, visiting

QUESTION = "实名收寄率要达到多少?"
PARCELS_LINK = quote_link("parcels", QUOTES["parcels"].start, QUOTES["parcels"].text)
SENTENCE = "实名收寄率必须达到百分之百。"
SENTENCE_LINK = quote_link("parcels", QUOTES["parcels"].marks[0][0], SENTENCE)


def test_a_card_quotes_to_the_letter_and_names_its_source(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        turn = widget.ask(QUESTION)
        card = turn.locator(".quote").first
        assert widget.quotes.first.inner_text() == "实名收寄率必须达到百分之百。"
        expect(widget.contexts.first).to_be_hidden()
        card.locator(".context summary").click()
        assert widget.contexts.first.inner_text() == QUOTES["parcels"].text
        assert card.locator("mark").all_inner_texts() == ["实名收寄率必须达到百分之百。"] * 2
        expect(card.locator("cite")).to_have_text("邮政管理局督导快递安全")
        assert PARCELS.published
        age = age_words(PARCELS.published, "zh-Hans", date.today())
        assert card.locator(".origin > span").all_text_contents() == [
            "驻马店日报",
            "2024年11月26日",
            *([age] if age else []),
            "驿城新闻",
            "本报记者 张三",
            "原网页 (在新标签页打开)",
        ]
        expect(turn.locator(".verdict")).to_have_text("文章里这样写道： 出自 2 篇文章 · 比较有把握")


def test_hostile_text_is_shown_as_it_is(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        turn = widget.ask("恶意 <img src=x onerror=window.hacked=4>")
        turn.locator(".context summary").click()
        assert widget.contexts.first.inner_text() == HOSTILE
        expect(turn.locator("h2")).to_have_text("您问：恶意 <img src=x onerror=window.hacked=4>")
        assert widget.box.evaluate("window.hacked") is None


def test_the_article_opens_at_the_quote_in_a_new_tab(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.ask(QUESTION)
        with page.context.expect_page() as opened:
            widget.frame.get_by_role("link", name="阅读全文").first.click()
        article = opened.value
        expect(article).to_have_url(service + PARCELS_LINK)
        expect(article.locator("mark")).to_have_text(QUOTES["parcels"].text)
        assert article.evaluate("window.opener") is None


@pytest.mark.parametrize("policy", ["", "clipboard-write=()"], ids=["allowed", "forbidden by the site"])
def test_a_quote_is_copied_with_its_source(browser: Browser, site: Site, service: str, policy: str) -> None:
    address = site.page(tag(service), headers={"Permissions-Policy": policy} if policy else {})
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visiting(browser, address, service, quiet=not policy, **options) as page:
        widget = Widget(page)
        widget.open()
        widget.ask(QUESTION)
        button = widget.frame.get_by_role("button", name="复制", exact=True).first
        button.click()
        expect(widget.frame.get_by_role("button", name="已复制")).to_have_count(1)
        copied = page.evaluate("navigator.clipboard.readText()")
        text, source, link = copied.rsplit("\n", 2)
        assert text == SENTENCE
        assert source.startswith("—— 邮政管理局督导快递安全 · 驻马店日报 · 2024年11月26日")
        assert link == service + SENTENCE_LINK
        widget.turns.locator(".context summary").first.click()
        widget.frame.get_by_role("button", name="复制整段").click()
        expect(widget.frame.get_by_role("button", name="已复制")).to_have_count(2)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(QUOTES["parcels"].text + "\n")
        assert copied.endswith(service + PARCELS_LINK)


def test_unsure_and_none_look_otherwise(browser: Browser, site: Site, service: str) -> None:
    look = "e => { const s = getComputedStyle(e); return [s.borderStyle, s.backgroundColor] }"
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        looks = [widget.ask(q).locator(".verdict").evaluate(look) for q in (QUESTION, "大概?", "天气?")]
        assert len({tuple(each) for each in looks}) == 3
        expect(widget.turns.nth(1).locator(".verdict")).to_have_text(
            f"{messages.UNSURE.to('zh-Hans')} 出自 2 篇文章 · 没有把握"
        )


def test_without_an_answer_it_says_where_to_go(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        turn = widget.ask("今天天气怎么样?")
        expect(turn.locator(".verdict")).to_have_text(messages.NONE.to("zh-Hans"))
        links = turn.locator(".nearest a")
        assert [link.get_attribute("href") for link in links.all()] == [
            f"{service}/articles/parcels",
            f"{service}/articles/station",
        ]
        expect(links.last).to_have_text(re.compile(re.escape(ENGLISH.title)))
        expect(turn.locator(".contact")).to_have_text("您也可以联系：市民热线 12345")
        offered = list(StubBot().examples("zh-Hans"))
        expect(turn.locator(".examples p")).to_have_text(messages.ASK_ALSO.to("zh-Hans"))
        expect(turn.locator(".example")).to_have_text(offered)
        turn.locator(".example").first.click()
        expect(widget.turns.nth(1).locator("h2")).to_have_text(f"您问：{offered[0]}")
        expect(widget.turns.nth(1).locator(".sentence")).to_have_count(2)


@pytest.mark.parametrize(
    ("locale", "lang", "question", "said"),
    [
        ("en-GB", "", "Is base-station radiation safe?", messages.ANSWERED.to("en")),
        ("zh-CN", "", "Is base-station radiation safe?", messages.ANSWERED.to("en")),
        ("zh-CN", "zh-Hans", "Is base-station radiation safe?", messages.ANSWERED.to("zh-Hans")),
        ("zh-HK", "", QUESTION, messages.ANSWERED.to("zh-Hant")),
        ("en-GB", "", QUESTION, messages.ANSWERED.to("zh-Hans")),
    ],
)
def test_an_answer_speaks_the_questions_language_or_the_sites_choice(
    browser: Browser, site: Site, service: str, locale: str, lang: str, question: str, said: str
) -> None:
    options = {"lang": lang} if lang else {}
    with visiting(browser, site.page(tag(service, **options)), service, locale=locale) as page:
        widget = Widget(page)
        widget.open()
        expect(widget.ask(question).locator(".verdict strong")).to_have_text(said)


def test_a_screen_reader_is_told_the_answer(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        widget = Widget(page)
        widget.open()
        widget.ask(QUESTION)
        expect(widget.frame.locator("#status")).to_have_text("文章里这样写道： 实名收寄率必须达到百分之百。")
        widget.ask("今天天气怎么样?")
        expect(widget.frame.locator("#status")).to_have_text(messages.NONE.to("zh-Hans"))


def test_an_answer_is_judged_and_what_was_wrong_is_told(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service) as page:
        sent: list[dict[str, str]] = []
        page.on("request", lambda r: sent.append(r.post_data_json) if r.url.endswith("/feedback") else None)
        widget = Widget(page)
        widget.open()
        turn = widget.ask(QUESTION)
        turn.get_by_role("button", name="有用").click()
        expect(turn.get_by_role("status")).to_have_text(messages.THANKS.to("zh-Hans"))
        expect(turn.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
        turn.get_by_role("button", name="没用").click()
        comment = turn.get_by_label("哪里不对？（可以不填）")
        expect(comment).to_be_focused()
        expect(turn.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "false")
        comment.fill(" 不是这一年的 ")
        turn.get_by_role("button", name="发送").click()
        expect(comment).to_have_count(0)
        assert [(each["vote"], each.get("comment")) for each in sent] == [
            ("up", None),
            ("down", None),
            ("down", "不是这一年的"),
        ]
        assert len({each["answer_id"] for each in sent}) == 1


def test_a_vote_that_comes_too_late_is_told_so(browser: Browser, site: Site, service: str) -> None:
    with visiting(browser, site.page(tag(service)), service, quiet=False) as page:
        widget = Widget(page)
        widget.open()
        widget.ask(QUESTION)
        widget.box.evaluate("""() => {
            const turns = JSON.parse(sessionStorage.getItem("yuanwen.widget.2"));
            turns[0].answer.answer_id = "AAAAAAAAAAAAAAAA";
            sessionStorage.setItem("yuanwen.widget.2", JSON.stringify(turns));
        }""")
        page.reload()
        widget.open()
        widget.turns.get_by_role("button", name="有用").click()
        expect(widget.turns.get_by_role("status")).to_have_text(messages.TOO_LATE_TO_VOTE.to("zh-Hans"))


def test_the_link_of_a_quote_is_shared_or_copied(browser: Browser, site: Site, service: str) -> None:
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visiting(browser, site.page(tag(service)), service, **options) as page:
        widget = Widget(page)
        widget.open()
        widget.ask(QUESTION)
        button = widget.frame.get_by_role("button", name=messages.SHARE.to("zh-Hans"), exact=True).first
        widget.box.evaluate("Object.defineProperty(navigator, 'share', { value: undefined, writable: true })")
        button.click()
        expect(widget.frame.get_by_role("button", name=messages.LINK_COPIED.to("zh-Hans"))).to_have_count(1)
        assert page.evaluate("navigator.clipboard.readText()") == service + SENTENCE_LINK
        widget.box.evaluate("navigator.share = async (shared) => { window.shared = shared; }")
        widget.turns.locator(".further > summary").click()
        widget.frame.get_by_role("button", name=messages.SHARE.to("zh-Hans"), exact=True).last.click()
        shared = widget.box.evaluate("window.shared")
        assert shared["title"] == "<b>题</b> {{value}} **x**"
