"""Addresses: a page, and the new and changed articles of a feed, a sitemap and an e-paper page."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.library.adding import Adder, Report
from corpus.library.catalogue import Catalogue
from corpus.library.files import read_library
from corpus.sources.addresses import add_address
from corpus.sources.fetch import Fetcher, Limits
from tests.corpus.site import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def page(title: str, text: str) -> str:
    body = (
        f"<h1>{title}</h1><p>{text}这是正文的第一句话,说明事情的经过和结果。</p>"
        "<p>居民可以在工作日到办事大厅咨询,也可以拨打热线电话。</p>"
    )
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><article>{body}</article></body></html>"


def add(folder: Path, site: Site, path: str) -> Report:
    articles = folder / "articles"
    articles.mkdir(exist_ok=True)
    with Catalogue(folder / "state", articles) as catalogue:
        adder = Adder(catalogue)
        add_address(adder, Fetcher(Limits(pause=0.0, allow_private=True)), site.url(path), lambda name: None)
    return adder.report


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.refused)


def test_a_page(tmp_path: Path, site: Site) -> None:
    site.put("/a.html", page("停水通知", "甲"))
    assert counts(add(tmp_path, site, "/a.html")) == (1, 0, 0, 0)
    [article] = read_library(tmp_path / "articles")
    assert (article.title, article.url) == ("停水通知", site.url("/a.html"))
    assert article.id.startswith("127.0.0.1-a-")


def feed(site: Site, *items: tuple[str, str]) -> str:
    entries = "".join(
        f"<item><link>{site.url(path)}</link><pubDate>{when}</pubDate></item>" for path, when in items
    )
    return f"<rss><channel>{entries}</channel></rss>"


def test_a_feed_brings_new_and_changed_articles_only(tmp_path: Path, site: Site) -> None:
    for path, title in (("/1", "停水通知"), ("/2", "停电通知"), ("/3", "高考路段禁鸣")):
        site.put(path, page(title, path))
    site.put("/feed", feed(site, ("/1", "Mon"), ("/2", "Mon")), "application/rss+xml")
    assert counts(add(tmp_path, site, "/feed")) == (2, 0, 0, 0)
    site.asked.clear()
    site.put("/1", page("停水通知", "改过了。"))
    site.put("/feed", feed(site, ("/1", "Tue"), ("/2", "Mon"), ("/3", "Tue")), "application/rss+xml")
    assert counts(add(tmp_path, site, "/feed")) == (1, 1, 1, 0)
    assert site.asked == ["/robots.txt", "/feed", "/1", "/3"]


def test_one_bad_address_of_a_feed_is_named_and_tried_again(tmp_path: Path, site: Site) -> None:
    site.put("/1", page("停水通知", "甲"))
    site.put("/feed", feed(site, ("/1", "Mon"), ("/gone", "Mon")), "application/rss+xml")
    report = add(tmp_path, site, "/feed")
    assert [(note.name, note.text) for note in report.refused] == [
        (site.url("/gone"), "the site answers 404")
    ]
    site.put("/gone", page("停电通知", "乙"))
    assert counts(add(tmp_path, site, "/feed")) == (1, 0, 1, 0)


def test_a_packed_sitemap_of_sitemaps(tmp_path: Path, site: Site) -> None:
    site.put("/1", page("停水通知", "甲"))
    inner = f"<urlset><url><loc>{site.url('/1')}</loc><lastmod>2024-11-26</lastmod></url></urlset>"
    site.put("/s1.xml.gz", gzip.compress(inner.encode()), "application/gzip")
    site.put(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url('/s1.xml.gz')}</loc></sitemap></sitemapindex>",
        "text/xml",
    )
    assert counts(add(tmp_path, site, "/sitemap.xml")) == (1, 0, 0, 0)
    assert counts(add(tmp_path, site, "/sitemap.xml")) == (0, 0, 1, 0)


def test_lists_that_lead_in_a_circle_end(tmp_path: Path, site: Site) -> None:
    site.put(
        "/s.xml",
        f"<sitemapindex><sitemap><loc>{site.url('/s.xml')}</loc></sitemap></sitemapindex>",
        "text/xml",
    )
    assert [note.text for note in add(tmp_path, site, "/s.xml").refused] == [
        "lists of lists are followed 2 deep only"
    ]


def test_a_contents_page_of_an_electronic_edition(tmp_path: Path, site: Site) -> None:
    links = "".join(f'<a href="content_{n}.htm">题</a>' for n in (1, 2))
    site.put(
        "/2024/node_1.htm",
        f"<html><body>{links}<a href='http://other.example/content_9.htm'>x</a></body></html>",
    )
    site.put("/2024/content_1.htm", page("停水通知", "甲"))
    site.put("/2024/content_2.htm", page("停电通知", "乙"))
    assert counts(add(tmp_path, site, "/2024/node_1.htm")) == (2, 0, 0, 0)


FRONT = "<a href='content_1.htm'>甲</a><a href='content_2.htm'>乙</a><a href='node_2.htm'>下一版</a>"


def test_the_further_printed_pages_of_an_edition(tmp_path: Path, site: Site) -> None:
    turn = "<a href='{}.htm'>上一版</a><a href='{}.htm'> 下一版 4</a>"
    site.put("/e/node_1.htm", FRONT)
    site.put("/e/node_2.htm", "<a href='content_3.htm'>丙</a>" + turn.format("node_1", "node_3"))
    site.put("/e/node_3.htm", "<a href='content_4.htm'>丁</a>" + turn.format("node_2", "node_1"))
    for number, title in enumerate(("停水通知", "停电通知", "桥通了", "灯会"), 1):
        site.put(f"/e/content_{number}.htm", page(title, title))
    assert counts(add(tmp_path, site, "/e/node_1.htm")) == (4, 0, 0, 0)


def test_a_printed_page_that_fails_is_a_doubt(tmp_path: Path, site: Site) -> None:
    site.put("/e/node_1.htm", FRONT)
    for number, title in enumerate(("停水通知", "停电通知"), 1):
        site.put(f"/e/content_{number}.htm", page(title, title))
    report = add(tmp_path, site, "/e/node_1.htm")
    assert counts(report) == (2, 0, 0, 0)
    [doubt] = report.doubts
    assert doubt.text.startswith(f"a further printed page was not fetched: {site.url('/e/node_2.htm')}")


def test_an_archive_at_an_address(tmp_path: Path, site: Site) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "停水通知\n\n明天停水。")
        archive.writestr("../b.txt", "x")
    site.put("/issue.zip", content.getvalue(), "application/zip")
    assert counts(add(tmp_path, site, "/issue.zip")) == (1, 0, 0, 1)


def test_an_item_that_fails_does_not_end_the_others(tmp_path: Path, site: Site) -> None:
    site.put("/good.html", page("停水通知", "甲"))
    site.put("/packed", b"\x1f\x8b\x08\0\0\0\0\0\0\0" + b"\xff" * 40, "application/gzip")
    addresses = ["http://①②⑦.0.0.1/", site.url("/packed"), site.url("/good.html")]
    entries = "".join(f"<item><link>{url}</link></item>" for url in addresses)
    site.put("/feed", f"<rss><channel>{entries}</channel></rss>", "application/rss+xml")
    assert counts(add(tmp_path, site, "/feed")) == (1, 0, 0, 2)


def test_a_front_that_leads_on_is_followed(tmp_path: Path, site: Site) -> None:
    front = (
        "<html><head><meta http-equiv='refresh' content='0; url=html/node_1.htm'></head><body></body></html>"
    )
    site.put("/", front)
    site.put("/html/node_1.htm", "<a href='content_1.htm'>甲</a><a href='content_2.htm'>乙</a>")
    site.put("/html/content_1.htm", page("停水通知", "甲"))
    site.put("/html/content_2.htm", page("停电通知", "乙"))
    assert counts(add(tmp_path, site, "/")) == (2, 0, 0, 0)


def test_pages_that_lead_on_without_end_are_told(tmp_path: Path, site: Site) -> None:
    site.put("/a", "<html><head><meta http-equiv='refresh' content='0;url=/a'></head></html>")
    [note] = add(tmp_path, site, "/a").refused
    assert note.text == "the page leads on more than 3 times"


def test_the_further_pages_of_an_article_are_one_with_it(tmp_path: Path, site: Site) -> None:
    for number, text in ((1, "甲"), (2, "乙"), (3, "丙")):
        name = f"/n/a{f'_{number}' if number > 1 else ''}.html"
        following = (
            f"<a href='a_{number + 1}.html'>下一页</a>" if number < 3 else "<a href='/n/b.html'>下一页</a>"
        )
        site.put(name, page("停水通知", f"{text}片。") + following)
    assert counts(add(tmp_path, site, "/n/a.html")) == (1, 0, 0, 0)
    [article] = read_library(tmp_path / "articles")
    assert [text for text in ("甲片。", "乙片。", "丙片。") if text in article.body] == [
        "甲片。",
        "乙片。",
        "丙片。",
    ]
    assert site.asked == ["/robots.txt", "/n/a.html", "/n/a_2.html", "/n/a_3.html"]


def test_a_further_page_that_fails_is_a_doubt(tmp_path: Path, site: Site) -> None:
    site.put("/n/a.html", page("停水通知", "甲") + "<a href='a_2.html'>下一页</a>")
    report = add(tmp_path, site, "/n/a.html")
    assert counts(report) == (1, 0, 0, 0)
    assert report.doubts[0].text.startswith("a further page was not fetched: ")
