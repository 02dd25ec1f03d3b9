from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from bot.web.article_list import PER_PAGE, ArticleList, ListQuery, newest_first
from bot.web.server import create_app
from corpus.article import Article
from tests.bot.web.stub import StubBot

ARTICLES = {
    article.id: article
    for article in (
        Article("metro", "地铁几点开", "文。", published=date(2024, 1, 1), source="日报"),
        Article("bus", "Bus 开行", "文。", published=date(2025, 1, 1), source="晚报", byline="记者 张三"),
        Article("tram", "电车停运", "文。", published=date(2025, 2, 1), source="日报"),
        Article("old", "旧闻", "文。"),
    )
}
MANY = {f"a{n:03}": Article(f"a{n:03}", f"第{n}篇", "文。") for n in range(2 * PER_PAGE + 1)}


@pytest.fixture
def many() -> Iterator[TestClient]:
    bot = StubBot()
    bot.articles = MANY
    with TestClient(create_app(bot), headers={"accept-language": "zh-CN"}) as client:
        yield client


def test_the_newest_goes_first() -> None:
    days = [date(2024, 1, 1), None, date(2025, 1, 1), date(2024, 1, 1)]
    articles = [Article(f"a{n}", "题", "文。", published=day) for n, day in enumerate(days)]
    assert [article.id for article in newest_first(articles)] == ["a2", "a0", "a3", "a1"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (ListQuery(), ["tram", "bus", "metro", "old"]),
        (ListQuery(words="開"), ["bus", "metro"]),
        (ListQuery(words="ＢＵＳ 张三"), ["bus"]),
        (ListQuery(words="没有"), []),
        (ListQuery(year="2025"), ["tram", "bus"]),
        (ListQuery(source="日报", year="2024"), ["metro"]),
    ],
)
def test_what_is_asked_for_is_left(wanted: ListQuery, ids: list[str]) -> None:
    found = ArticleList(ARTICLES).page(wanted)
    assert ([article.id for article in found.articles], found.count) == (ids, len(ids))
    assert (found.years, found.sources) == (("2025", "2024"), ("日报", "晚报"))


@pytest.mark.parametrize(("asked", "page", "first"), [(0, 1, "a000"), (2, 2, "a050"), (9, 3, "a100")])
def test_a_page_that_is_not_there_is_the_nearest(asked: int, page: int, first: str) -> None:
    found = ArticleList(MANY).page(ListQuery(page=asked))
    assert (found.page, found.pages, found.articles[0].id) == (page, 3, first)


def test_the_list_has_pages_that_keep_the_search(many: TestClient) -> None:
    html = many.get("/articles?q=第&lang=zh-Hant&page=2").text
    assert "第 2 頁，共 3 頁" in html
    assert 'href="/articles?lang=zh-Hant&amp;q=%E7%AC%AC&amp;page=3"' in html
    assert '<input type="hidden" name="lang" value="zh-Hant">' in html
    assert 'name="q" value="第"' in html


@pytest.mark.parametrize("page", ["x", "-1", "٣", "9" * 30, ""])
def test_a_wrong_page_is_the_first(many: TestClient, page: str) -> None:
    assert "第 1 页，共 3 页" in many.get("/articles", params={"page": page}).text


def test_nothing_found_is_said(many: TestClient) -> None:
    html = many.get("/articles", params={"q": "<script>"}).text
    assert "没有符合的文章。" in html
    assert "<script>" not in html


def test_after_a_reload_the_list_is_that_of_the_new_articles(many: TestClient) -> None:
    bot = StubBot()
    client = TestClient(create_app(bot))
    assert "/articles/parcels" in client.get("/articles").text
    bot.articles = MANY
    assert "/articles/a000" in client.get("/articles").text
