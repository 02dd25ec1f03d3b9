import re
from html import unescape

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import messages
from bot.answering.bot import Quote
from bot.web.html import contact, full_text, nearest_list, quote_card, said, suggestions, trouble, verdict
from bot.web.links import quote_link
from corpus.article import Article
from tests.bot.web.stub import ENGLISH, HOSTILE_ARTICLE, PARCELS, QUOTES, StubBot

TAG = re.compile(r"<[^>]*>")


def text_of(html: str) -> str:
    """The text that a reader sees of our markup."""
    return unescape(TAG.sub("", html))


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    article = Article("x", "题", draw(st.text(alphabet="<>&\"'{}$*`　 \n#字a。", min_size=1, max_size=60)))
    body = article.body  # without the blank lines around it
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    marks = draw(st.lists(st.tuples(st.integers(start, end), st.integers(start, end)).map(sorted).map(tuple)))
    return Quote(article, start, end, body[start:end], tuple(marks), 1.0)


@given(quotes())
@settings(deadline=None)  # the first one reads the template
def test_a_card_holds_the_quote_to_the_letter(quote: Quote) -> None:
    sentence, *context = re.findall(
        r"<blockquote[^>]*>(.*?)</blockquote>", quote_card(quote, "en", "0.0", "."), re.DOTALL
    )
    start, end = quote.sentence
    assert text_of(sentence) == quote.article.body[start:end]
    assert [text_of(shown) for shown in context] == [quote.text] * ((start, end) != (quote.start, quote.end))


@given(quotes())
@settings(deadline=None)  # the first one reads the template
def test_an_article_marks_what_the_quote_marks(quote: Quote) -> None:
    page = full_text(quote.article, quote, "en", ".")
    marked = "".join(unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL))
    offsets = sorted({at for a, b in quote.marks for at in range(a, b)})
    body = quote.article.body
    expected = "".join(body[at] for at in offsets)
    # Line ends between paragraphs and the sign of a subhead are not shown.
    assert [c for c in marked if c not in "\n# "] == [c for c in expected if c not in "\n# "]


@time_machine.travel("2026-11-20", tick=False)
def test_a_card_names_its_source() -> None:
    card = quote_card(QUOTES["parcels"], "zh-Hans", "0.1", ".")
    assert text_of(card.partition("<figcaption")[2].partition(">")[2]) == (
        "邮政管理局督导快递安全驻马店日报 · 2024年11月26日 · 发布于一年前 · 驿城新闻 · 本报记者 张三 · 原网页"
        "上下文　　要严格落实收寄验视制度。实名收寄率必须达到百分之百。复制整段分享整段"
        "也刊登于：<i>转载</i>快递安全 新华社 · 2024年11月25日更正：标题有误。阅读全文复制分享"
    )
    assert 'href="https://news.example/parcels?a=1&amp;b=2"' in card
    assert '<button type="button" class="read" value="0.1">' in card
    whole, sentence = re.findall(r'class="share" href="([^"]*)"', card)
    quote = QUOTES["parcels"]
    assert unescape(whole) == "." + quote_link("parcels", quote.start, quote.text)
    assert unescape(sentence) == "." + quote_link(
        "parcels", quote.marks[0][0], "实名收寄率必须达到百分之百。"
    )


@pytest.mark.parametrize(
    ("question", "kind", "basis"),
    [
        ("快递安全", "answered", "出自 2 篇文章 · 比较有把握"),
        ("恶意", "answered", "出自一篇文章 · 很有把握"),
        ("大概多少?", "unsure", "出自 2 篇文章 · 没有把握"),
    ],
)
def test_the_verdict_says_where_it_comes_from_and_how_sure_it_is(
    question: str, kind: str, basis: str
) -> None:
    html = verdict(StubBot().ask(question), "zh-Hans")
    assert f'class="notice {kind}"' in html
    assert f'<span class="basis">{basis}</span>' in html


def test_without_an_answer_there_is_no_basis() -> None:
    html = verdict(StubBot().ask("天气"), "zh-Hans")
    assert f'<p class="notice none" lang="zh-Hans"><strong>{messages.NONE.to("zh-Hans")}</strong></p>' in html


def test_trouble_offers_another_try_where_that_may_help() -> None:
    assert "<button" not in trouble("太长", "zh-Hans")
    assert 'class="again" value="问&#34;题"' in trouble("失败", "zh-Hans", again='问"题')


def test_questions_to_go_on_with_are_asked_by_a_click() -> None:
    html = suggestions(["一<b>?", "二?"], "zh-Hans", 5)
    assert html.count('<button type="button" class="suggested"') == 2
    assert 'value="一&lt;b&gt;?">一&lt;b&gt;?</button>' in html


def test_where_there_are_none_the_script_is_told_so() -> None:
    assert suggestions([], "zh-Hans", 5) == '<div class="more" id="more-5" lang="zh-Hans"></div>'


def test_a_card_is_in_the_language_of_its_text() -> None:
    assert '<blockquote lang="en">' in quote_card(QUOTES["station"], "zh-Hans", "0.0", ".")


def test_only_web_addresses_become_links() -> None:
    article = Article("x", "题", "正文。", url="javascript:alert(1)")
    assert "javascript" not in full_text(article, None, "en", ".")


def test_an_article_is_shown_whole() -> None:
    page = full_text(PARCELS, QUOTES["parcels"], "zh-Hans", ".")
    assert '<p class="kicker">市邮政管理局</p><h2>邮政管理局督导快递安全</h2>' in page
    assert "<h3>严格落实三项制度</h3>" in page
    assert page.count("<p>") == 14
    assert "<mark>实名收寄率必须达到百分之百。</mark>过机安检不得遗漏。</p>" in page


def test_an_article_without_a_quote_has_no_mark() -> None:
    page = full_text(ENGLISH, None, "en", ".")
    assert "<mark" not in page
    assert "quoted" not in page


def test_small_talk_is_its_reply_line_by_line() -> None:
    assert verdict(StubBot().ask("你好"), "zh-Hans") == (
        '<div class="talk" lang="zh-Hans"><p>您好！</p>'
        '<button type="button" class="suggested" value="快递安全吗?">快递安全吗?</button></div>'
    )


def test_choices_are_links_that_ask_their_questions() -> None:
    html = verdict(StubBot().ask("哪个街道?"), "zh-Hans")
    first = 'href="./?question=%E9%9B%AA%E6%9D%BE%E8%A1%97%E9%81%93%EF%BC%9A%E6%96%B0%E8%A7%84%3F"'
    assert html.startswith('<div class="talk choices" lang="zh-Hans"><p>您问的是哪一个？</p><ul><li')
    assert f'<a class="suggested" {first} aria-label="雪松街道：新规?">雪松街道</a>' in html
    assert ">&lt;古城&gt;街道</a>" in html


def test_titles_are_escaped() -> None:
    for html in (
        quote_card(QUOTES["hostile"], "en", "0.0", "."),
        full_text(HOSTILE_ARTICLE, None, "en", "."),
        nearest_list([HOSTILE_ARTICLE], "en", ["0.0"]),
        said("<b>"),
        contact("<b>", "en"),
        trouble("<b>", "en", again="<b>"),
        suggestions(["<b>"], "en", 1),
    ):
        assert "<b>" not in html
        assert "<script" not in html
