import re
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.language import Language
from bot.publisher import Logo, Publisher
from bot.web.chat.page import MODULES, STATIC, WORDS, PageContext, Stock, render_page
from bot.web.server import create_app
from corpus.article import Article
from tests.bot.web.stub import ENGLISH, PARCELS, StubBot

BARE = '<html lang="en"><head></head><body><gradio-app></gradio-app></body></html>'
SIGHT = PageContext("zh-Hans", False, Publisher(), "共 9 篇文章", ["甲<b>?", "乙?"])


def test_the_question_box_and_the_examples_need_no_script() -> None:
    html = render_page(BARE, SIGHT)
    assert re.search(r'<form id="ask" action="./".*<textarea id="question" name="question"', html, re.DOTALL)
    assert (
        '<button name="question" value="甲&lt;b&gt;?" form="ask" class="example">甲&lt;b&gt;?</button>'
        in html
    )
    assert html.count('class="example"') == 2


def test_a_chosen_language_is_kept_by_the_form() -> None:
    assert 'name="lang"' not in render_page(BARE, SIGHT)
    html = render_page(BARE, replace(SIGHT, language="en", is_chosen=True))
    assert '<html lang="en" data-chosen' in html
    assert '<input type="hidden" name="lang" value="en">' in html


@pytest.mark.parametrize(
    ("language", "others"),
    [("zh-Hans", ["zh-Hant", "en"]), ("zh-Hant", ["zh-Hans", "en"]), ("en", ["zh-Hans", "zh-Hant"])],
)
def test_the_other_languages_are_one_click_away(language: Language, others: list[str]) -> None:
    html = render_page(BARE, replace(SIGHT, language=language))
    assert re.findall(r'class="language" href="./\?lang=([\w-]+)"', html) == others


def test_the_publisher_is_named_and_escaped() -> None:
    publisher = Publisher("<晚报>", Logo(b"", "image/png"))
    html = render_page(BARE, replace(SIGHT, publisher=publisher))
    assert "<晚报>" not in html
    assert f"<title>{messages.TITLE.to('zh-Hans')} · {escape('<晚报>')}</title>" in html
    assert '<h1><img src="./page/logo" alt="" height="40"><span>&lt;晚报&gt;</span></h1>' in html
    assert "<span>由&lt;晚报&gt;提供</span>" in html


def test_without_a_publisher_the_program_is_named() -> None:
    assert f"<h1><span>{messages.TITLE.to('zh-Hans')}</span></h1>" in render_page(BARE, SIGHT)


def test_the_scripts_parts_load_at_once() -> None:
    html = render_page(BARE, SIGHT)
    assert "chat_asking.js" in MODULES
    assert re.findall(r'rel="modulepreload" href="./page/([\w./]+)"', html) == MODULES


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([None, None], "2 articles"),
        ([date(2024, 11, 26), None], "2 articles, 26 November 2024"),
        ([date(2024, 11, 26), date(2023, 1, 2)], "2 articles, 2 January 2023 to 26 November 2024"),
    ],
)
def test_the_stock_is_counted_and_dated(days: list[date | None], said: str) -> None:
    articles = [
        replace(article, published=day) for article, day in zip([PARCELS, ENGLISH], days, strict=True)
    ]
    assert Stock.of(articles).words("en") == said


def test_the_articles_are_read_once_and_not_for_each_visitor() -> None:
    class Counted(dict[str, Article]):
        times = 0

        def values(self) -> Any:
            self.times += 1
            return super().values()

    bot = StubBot()
    with TestClient(create_app(bot)) as client:
        bot.articles = first = Counted({"parcels": PARCELS})
        assert [client.get("/", headers={"accept-language": "en"}).text.count("1 articles") for _ in range(3)]
        assert first.times == 1
        bot.articles = Counted({"parcels": PARCELS, "station": ENGLISH})  # a reload
        assert "2 articles" in client.get("/", headers={"accept-language": "en"}).text


def test_the_scripts_say_the_words_that_they_are_given_and_no_others() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))
    said = set(re.findall(r"\bwords\.(\w+)", scripts))
    assert said | {"not_ready"} == {message.name for message in WORDS}  # that one by the service's state
