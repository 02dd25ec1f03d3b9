import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from bot.answering.succession import ALONE, Standing
from bot.language import Language
from bot.web.html import copies, full_text, quote_card, warnings
from corpus.article import Article
from tests.bot.web.stub import ENGLISH, HOSTILE_ARTICLE, LATER, QUOTES, REPRINT

HOSTILE = Article("h", "<b>\"'&{link}\n", "文。", source="<i>", correction="<script>{note}</script>")


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_of_an_article_that_stands_alone_nothing_is_said() -> None:
    assert warnings(ENGLISH, ALONE, "en", ".") == copies(ALONE, "en", ".") == ""


def test_a_correction() -> None:
    html = warnings(LATER, ALONE, "zh-Hans", ".")
    assert html == '<p class="correction" lang="zh-Hans">更正：第二段的日期&lt;应&gt;为3月。</p>'


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", "由机器从扫描件识别，可能有错字。"),
        ("zh-Hant", "由機器從掃描件識別，可能有錯字。"),
        ("en", "Read by machine from a scan; it may hold wrong characters."),
    ],
)
def test_what_a_machine_has_read_is_said_to_be_so(language: Language, words: str) -> None:
    scanned = replace(ENGLISH, scan="0" * 32)
    html = warnings(scanned, Standing(), language, ".")
    assert html == f'<p class="scanned" lang="{language}">{words}</p>'
    card = quote_card(replace(QUOTES["station"], article=scanned), language, "0.0", ".")
    assert card.index('class="scanned"') < card.index("<blockquote")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", "这篇文章已被《新的<寄递>规定》取代。"),
        ("zh-Hant", "這篇文章已被《新的<寄递>规定》取代。"),
        ("en", "This article has been superseded by “新的<寄递>规定”."),
    ],
)
def test_what_has_superseded_an_article_is_linked(language: Language, words: str) -> None:
    html = warnings(HOSTILE_ARTICLE, Standing(LATER), language, "https://city.example/ask")
    assert text_of(html) == words
    assert '<a href="https://city.example/ask/articles/later" lang="zh-Hans">' in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", "有效期至2025年12月31日，现已失效。"),
        ("zh-Hant", "有效期至2025年12月31日，現已失效。"),
        ("en", "Was valid until 31 December 2025; it is no longer."),
    ],
)
def test_the_last_day_of_what_is_no_longer_valid_is_said(language: Language, words: str) -> None:
    standing = Standing(was_valid_until=date(2025, 12, 31))
    html = warnings(ENGLISH, standing, language, ".")
    assert html == f'<p class="expired" lang="{language}">{words}</p>'
    quote = replace(QUOTES["parcels"], standing=standing)
    assert 'class="expired"' in quote_card(quote, language, "0.0", ".")


def test_copies_are_listed_with_source_date_and_their_own_corrections() -> None:
    html = copies(Standing(also_in=(REPRINT, ENGLISH)), "en", ".")
    assert [text_of(item) for item in re.findall(r"<li>(.*?)</li>", html)] == [
        "<i>转载</i>快递安全 新华社 · 25 November 2024Correction: 标题有误。",
        "Is base-station radiation safe? City Office",
    ]
    assert re.findall(r'href="([^"]*)"', html) == ["./articles/reprint", "./articles/station"]


def test_everything_is_escaped() -> None:
    html = warnings(HOSTILE, Standing(HOSTILE), "en", ".") + copies(Standing(also_in=(HOSTILE,)), "en", ".")
    assert set(re.findall(r"<(\w+)", html)) == {"p", "a", "div", "ul", "li", "span"}
    assert "<script>{note}</script>" in text_of(html)


def test_a_card_warns_before_the_quote_and_lists_copies_below_it() -> None:
    corrected = quote_card(QUOTES["later"], "zh-Hans", "0.0", ".")
    assert corrected.index('class="correction"') < corrected.index("<blockquote")
    superseded = quote_card(QUOTES["hostile"], "zh-Hans", "0.0", ".")
    assert superseded.index('class="superseded"') < superseded.index("<blockquote")
    copied = quote_card(QUOTES["parcels"], "zh-Hans", "0.0", ".")
    assert copied.index("</blockquote>") < copied.index('class="also"')


def test_an_opened_article_says_the_same() -> None:
    page = full_text(LATER, QUOTES["later"], "zh-Hans", ".")
    assert page.index('class="correction"') < page.index("<mark>")
    page = full_text(HOSTILE_ARTICLE, None, "zh-Hans", ".", Standing(LATER, (REPRINT,)))
    assert "已被" in text_of(page)
    assert "也刊登于" in text_of(page)
