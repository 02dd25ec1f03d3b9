import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Quote
from bot.web.cards import article_page, nearest_list, quote_card, said, trouble, verdict
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
def test_a_card_holds_the_quote_to_the_letter(quote: Quote) -> None:
    [shown] = re.findall(r"<blockquote[^>]*>(.*)</blockquote>", quote_card(quote, "en", "0.0"), re.DOTALL)
    assert text_of(shown) == quote.text


@given(quotes())
def test_an_article_marks_what_the_quote_marks(quote: Quote) -> None:
    page = article_page(quote.article, quote, "en")
    marked = "".join(unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL))
    offsets = sorted({at for a, b in quote.marks for at in range(a, b)})
    body = quote.article.body
    expected = "".join(body[at] for at in offsets)
    # Line ends between paragraphs and the sign of a subhead are not shown.
    assert [c for c in marked if c not in "\n# "] == [c for c in expected if c not in "\n# "]


def test_a_card_names_its_source() -> None:
    card = quote_card(QUOTES["parcels"], "zh-Hans", "0.1")
    assert text_of(card.partition("<figcaption>")[2]) == (
        "邮政管理局督导快递安全驻马店日报 · 2024-11-26 · 驿城新闻 · 本报记者 张三 · 原网页阅读全文"
    )
    assert 'href="https://news.example/parcels?a=1&amp;b=2"' in card
    assert '<button type="button" class="read" value="0.1">' in card


def test_a_card_is_in_the_language_of_its_text() -> None:
    assert '<blockquote lang="en">' in quote_card(QUOTES["station"], "zh-Hans", "0.0")


def test_only_web_addresses_become_links() -> None:
    article = Article("x", "题", "正文。", url="javascript:alert(1)")
    assert "href" not in article_page(article, None, "en")


def test_an_article_is_shown_whole() -> None:
    page = article_page(PARCELS, QUOTES["parcels"], "zh-Hans")
    assert '<p class="kicker">市邮政管理局</p><h2>邮政管理局督导快递安全</h2>' in page
    assert "<h3>严格落实三项制度</h3>" in page
    assert page.count("<p>") == 14
    assert "<mark>实名收寄率必须达到百分之百。</mark>过机安检不得遗漏。</p>" in page


def test_an_article_without_a_quote_has_no_mark() -> None:
    page = article_page(ENGLISH, None, "en")
    assert "<mark" not in page
    assert "quoted" not in page


def test_small_talk_is_its_reply_line_by_line() -> None:
    assert verdict(StubBot().ask("你好")) == '<p class="notice">您好！<br>· 快递安全吗?</p>'


def test_titles_are_escaped() -> None:
    for html in (
        quote_card(QUOTES["hostile"], "en", "0.0"),
        article_page(HOSTILE_ARTICLE, None, "en"),
        nearest_list([HOSTILE_ARTICLE], "en", ["0.0"]),
        said("<b>"),
        trouble("<b>"),
    ):
        assert "<b>" not in html
        assert "<script" not in html
