"""An article's page: its text to the letter, what became of it, whose it is, and the list of all."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.publisher import Logo, Publisher, accent_of
from bot.web.server import create_app
from corpus.article import Article
from tests.bot.web.pages_read import structured, text_of
from tests.bot.web.stub import HOSTILE, LATER, PARCELS, StubBot


class TestArticle:
    def test_holds_the_text_to_the_letter_and_escaped(self, client: TestClient) -> None:
        html = client.get("/articles/hostile").text
        [paragraph, _] = re.findall(
            r"<p>(.*?)</p>", html.partition("<article")[2].partition("</header>")[2], re.DOTALL
        )[:2]
        assert unescape(paragraph) == HOSTILE
        assert html.count("<script") == 1  # JSON-LD's
        assert "<img" not in html

    def test_has_its_title_as_heading_and_its_subheads_below(self, client: TestClient) -> None:
        html = client.get("/articles/parcels").text
        assert re.findall(r"<h[1-6]>.*?</h[1-6]>", html) == [
            "<h1>邮政管理局督导快递安全</h1>",
            "<h2>严格落实三项制度</h2>",
        ]
        assert "<title>邮政管理局督导快递安全 · 原文</title>" in html

    def test_says_where_it_comes_from_and_how_old_it_is(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Today(date):
            @classmethod
            def today(cls) -> Today:
                return cls(2026, 12, 1)

        monkeypatch.setattr("bot.web.rendering.date", Today)
        [origin] = re.findall(
            r'<p class="origin">(.*?)</p>', client.get("/articles/parcels?lang=en").text, re.DOTALL
        )
        assert text_of(origin).split(" · ") == [
            "驻马店日报",
            "26 November 2024",
            "published 2 years ago",
            "驿城新闻",
            "本报记者 张三",
            "Original page",
        ]
        assert 'href="https://news.example/parcels?a=1&amp;b=2"' in origin

    def test_what_is_not_known_is_not_shown(self, client: TestClient) -> None:
        assert '<ul class="origin">' not in client.get("/articles/hostile").text

    def test_tells_search_engines_what_it_is(self) -> None:
        publisher = Publisher("驻马店日报", Logo(b"<svg>", "image/svg+xml"), url="https://city.example/ask")
        client = TestClient(create_app(StubBot(), "/ask", publisher=publisher))
        html = client.get("/articles/parcels?lang=en", headers={"host": "evil.example"}).text
        address = "https://city.example/ask/articles/parcels"
        assert f'<link rel="canonical" href="{address}">' in html
        first = PARCELS.body.split("。")[:2]
        assert f'<meta name="description" content="{"。".join(first)}。' in html
        assert structured(html) == {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "邮政管理局督导快递安全",
            "alternativeHeadline": "市邮政管理局 ——筑牢寄递防线",
            "description": structured(html)["description"],
            "datePublished": "2024-11-26",
            "articleSection": "驿城新闻",
            "creditText": "本报记者 张三",
            "inLanguage": "zh-Hans",
            "url": address,
            "mainEntityOfPage": address,
            "isBasedOn": "https://news.example/parcels?a=1&b=2",
            "publisher": {
                "@type": "Organization",
                "name": "驻马店日报",
                "logo": "https://city.example/ask/page/logo",
            },
        }

    def test_a_title_cannot_end_the_block_of_data(self) -> None:
        bot = StubBot()
        bot.articles = {"x": Article("x", "</script><script>hacked()</script><!--", "正文。")}
        html = TestClient(create_app(bot)).get("/articles/x").text
        assert html.count("</script>") == 1
        assert structured(html)["headline"] == "</script><script>hacked()</script><!--"

    @pytest.mark.parametrize(
        ("query", "accept", "language", "words"),
        [
            ("", "zh-CN", "zh-Hans", "就这篇文章提问"),
            ("", "zh-TW", "zh-Hant", "就這篇文章提問"),
            ("", "en-GB", "en", "Ask about this article"),
            ("?lang=en", "zh-CN", "en", "Ask about this article"),
            ("?lang=xx", "zh-CN", "zh-Hans", "就这篇文章提问"),
        ],
    )
    def test_speaks_the_visitors_language_and_leaves_the_text_alone(
        self, client: TestClient, query: str, accept: str, language: str, words: str
    ) -> None:
        response = client.get(f"/articles/parcels{query}", headers={"accept-language": accept})
        assert f'<html lang="{language}">' in response.text
        assert '<article lang="zh-Hans">' in response.text
        assert f">{words}</a>" in response.text
        assert response.headers["content-language"] == language
        assert "Accept-Language" in response.headers["vary"].split(", ")

    def test_the_switches_keep_language_size_and_quote(self, client: TestClient) -> None:
        html = client.get("/articles/station?quote=0-36&text=large&lang=en").text
        assert '<html lang="en" data-text="large">' in html
        links = [unescape(link) for link in re.findall(r'href="(/[^"]*)"', html)]
        assert "/articles/station?lang=zh-Hant&text=large&quote=0-36#quote" in links
        assert "/articles/station?lang=en&text=larger&quote=0-36#quote" in links
        assert "/articles?lang=en&text=large" in links
        assert "/?lang=en&text=large" in links

    def test_asks_about_itself_on_the_chat_page(self, client: TestClient) -> None:
        html = client.get("/articles/station?lang=en").text
        question = "What+do+the+articles+say+about+%E2%80%9CIs+base-station+radiation+safe%3F%E2%80%9D%3F"
        assert f'<a class="ask" href="/?lang=en&amp;question={question}">' in html

    @pytest.mark.parametrize("address", ["/articles/nope", "/articles/%3Cscript%3E", "/articles/%00"])
    def test_an_unknown_one_is_a_page_in_words(self, client: TestClient, address: str) -> None:
        response = client.get(address)
        assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert messages.NO_ARTICLE_HERE.to("zh-Hans") in response.text
        assert '<meta name="robots" content="noindex">' in response.text
        assert 'href="/articles"' in response.text


class TestWhatBecameOfIt:
    def test_a_correction_stands_above_the_text(self) -> None:
        bot = StubBot()
        bot.articles = {"later": LATER}
        html = TestClient(create_app(bot)).get("/articles/later").text
        above = html.partition("<article")[0]
        assert '<p class="correction" lang="zh-Hans">更正：第二段的日期&lt;应&gt;为3月。</p>' in above

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("zh-Hans", "这篇文章已被《新的<寄递>规定》取代。"),
            ("zh-Hant", "這篇文章已被《新的<寄递>规定》取代。"),
            ("en", "This article has been superseded by “新的<寄递>规定”."),
        ],
    )
    def test_what_superseded_it_is_named_and_linked(
        self, client: TestClient, language: str, words: str
    ) -> None:
        html = client.get(f"/articles/hostile?lang={language}").text
        [notice] = re.findall(r'<p class="superseded" lang="[^"]*">(.*?)</p>', html)
        assert text_of(notice) == words
        assert f'href="/articles/later?lang={language}"' in notice

    def test_where_else_it_was_published_is_listed_at_the_end(self, client: TestClient) -> None:
        html = client.get("/articles/parcels").text
        [listed] = re.findall(
            r'<div class="also" lang="zh-Hans">(.*?)</div>', html.partition("</article>")[2], re.DOTALL
        )
        assert text_of(listed) == "也刊登于：<i>转载</i>快递安全 新华社 · 2024年11月25日更正：标题有误。"
        assert 'href="/articles/reprint"' in listed

    def test_of_others_nothing_is_said(self, client: TestClient) -> None:
        html = client.get("/articles/station").text
        for kind in ("correction", "superseded", "also"):
            assert f'class="notice {kind}"' not in html
            assert f'class="{kind}"' not in html


class TestWithdrawn:
    @pytest.mark.parametrize("query", ["", "?quote=0-9&of=ab12cd34", "?quote=zzz"])
    def test_its_page_and_links_to_its_quotes_say_why_and_since_when(
        self, client: TestClient, query: str
    ) -> None:
        response = client.get(f"/articles/gone{query}", headers={"accept-language": "en"})
        assert (response.status_code, response.headers["content-type"]) == (410, "text/html; charset=utf-8")
        [main] = re.findall(r"<main.*?</main>", response.text, re.DOTALL)
        assert text_of(main).split("\n")[1:5] == [
            "撤下的<文章>",
            "This article was withdrawn and is no longer quoted.",
            "Reason: 内容<失实>",
            "Withdrawn on 2 January 2025",
        ]
        assert '<meta name="robots" content="noindex">' in response.text

    def test_what_is_not_known_is_not_said(self) -> None:
        bot = StubBot()
        bot.withdrawn = {"gone": Article("gone", "题", "", status="withdrawn")}
        html = TestClient(create_app(bot)).get("/articles/gone").text
        assert messages.WITHDRAWN_ARTICLE.to("zh-Hans") in html
        assert "原因" not in html
        assert "日期" not in html

    def test_it_is_in_no_list(self, client: TestClient) -> None:
        for address in ("/articles", "/sitemap.xml", "/api/articles"):
            assert "gone" not in client.get(address).text


class TestList:
    def test_names_every_article_by_date(self, client: TestClient) -> None:
        html = client.get("/articles", headers={"accept-language": "en"}).text
        assert re.findall(r"<h2>(.*?)</h2>", html) == ["2024", "Undated"]
        items = [text_of(item) for item in re.findall(r"<li><a href=\"/articles/.*?</li>", html, re.DOTALL)]
        assert items == [
            "邮政管理局督导快递安全\n驻马店日报 · 26 November 2024",
            "<b>题</b> {{value}} **x**\n",
            "Is base-station radiation safe?\nCity Office",
        ]


class TestPublisher:
    def test_name_and_logo_are_on_every_page(self) -> None:
        publisher = Publisher("<驻马店>日报", Logo(b"<svg>", "image/svg+xml"), accent_of("#005bac"))
        client = TestClient(create_app(StubBot(), "/ask", publisher=publisher))
        for address in ("/articles", "/articles/parcels", "/articles/nope"):
            html = client.get(address).text
            assert "&lt;驻马店&gt;日报</title>" in html
            assert '<img src="/ask/page/logo" alt="" height="40">' in html
            assert 'href="/ask/page/publisher.css"' in html

    @pytest.mark.parametrize("prefix", ["", "/ask"])
    def test_behind_a_proxy_every_link_is_below_its_path(self, prefix: str) -> None:
        client = TestClient(create_app(StubBot(), "/ask"))
        html = client.get(f"{prefix}/articles/parcels?quote=0-3").text
        links = re.findall(r'(?:href|src)="(/[^"]*)"', html)
        assert len(links) > 8
        assert all(link.startswith("/ask/") for link in links)
        assert '<link rel="canonical" href="http://testserver/ask/articles/parcels">' in html
