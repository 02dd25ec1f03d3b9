"""What is new, changed or gone at a publisher's places; and what is as before is not fetched again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from corpus.library.adding import Adder, Overrides
from corpus.library.catalogue import Catalogue
from corpus.library.files import read_library
from corpus.sources.fetch import Fetcher, Limits
from corpus.sources.following import Followed
from corpus.sources.sync import Gone, Syncing, SyncReport
from corpus.sources.sync_state import SyncState
from tests.corpus.site import Site, running_site
from tests.corpus.sources.test_addresses import feed, page

START = datetime(2024, 11, 26, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def run(folder: Path, place: Followed, now: datetime = START, everything: bool = False) -> list[SyncReport]:
    articles = folder / "articles"
    articles.mkdir(exist_ok=True)
    with Catalogue(folder / "state", articles) as catalogue, SyncState(folder / "sync.sqlite") as state:
        fetcher = Fetcher(Limits(pause=0.0, allow_private=True))

        def adder_for(place: Followed) -> Adder:
            return Adder(catalogue, Overrides(place.source, section=place.section))

        return list(Syncing(state, fetcher, adder_for, now).run([place], everything))


def counts(report: SyncReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.gone), len(report.refused)


def test_a_feed_is_asked_in_its_time_and_brings_what_is_new_or_changed(tmp_path: Path, site: Site) -> None:
    place = Followed(site.url("/feed"), HOUR, "要闻", "驿城晚报")
    for path, title in (("/1", "停水通知"), ("/2", "停电通知"), ("/3", "高考路段禁鸣")):
        site.put(path, page(title, path))
    site.put("/feed", feed(site, ("/1", "Mon"), ("/2", "Mon")), "application/rss+xml")
    assert [counts(report) for report in run(tmp_path, place)] == [(2, 0, 0, 0, 0)]
    assert {(article.section, article.source) for article in read_library(tmp_path / "articles")} == {
        ("要闻", "驿城晚报")
    }
    assert run(tmp_path, place, START + HOUR / 2) == []
    site.asked.clear()
    site.put("/1", page("停水通知", "改过了。"))
    site.put("/feed", feed(site, ("/1", "Tue"), ("/2", "Mon"), ("/3", "Tue")), "application/rss+xml")
    assert [counts(report) for report in run(tmp_path, place, START + HOUR)] == [(1, 1, 1, 0, 0)]
    assert site.asked == ["/robots.txt", "/feed", "/1", "/3"]
    assert len(run(tmp_path, place, START + HOUR, everything=True)) == 1


def versioned(content: str, tag: str) -> object:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == tag
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", tag)
        handler.send_header("Last-Modified", "Tue, 26 Nov 2024 08:00:00 GMT")
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        body = b"" if known else content.encode()
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_page_that_its_site_says_is_unchanged_is_not_sent_again(tmp_path: Path, site: Site) -> None:
    sitemap = f"<urlset><url><loc>{site.url('/1')}</loc></url></urlset>"
    site.put("/sitemap.xml", sitemap, "text/xml")
    site.pages["/1"] = versioned(page("停水通知", "甲"), '"a"')  # type: ignore[assignment]
    place = Followed(site.url("/sitemap.xml"), HOUR)
    assert counts(run(tmp_path, place)[0]) == (1, 0, 0, 0, 0)
    assert counts(run(tmp_path, place, START + HOUR)[0]) == (0, 0, 1, 0, 0)
    site.pages["/1"] = versioned(page("停水通知", "改过了。"), '"b"')  # type: ignore[assignment]
    assert counts(run(tmp_path, place, START + 2 * HOUR)[0]) == (0, 1, 0, 0, 0)


def test_what_is_gone_is_told_once_and_stays(tmp_path: Path, site: Site) -> None:
    place = Followed(site.url("/feed"), HOUR)
    site.put("/1", page("停水通知", "甲"))
    site.put("/2", page("停电通知", "乙"))
    site.put("/feed", feed(site, ("/1", "Mon"), ("/2", "Mon")), "application/rss+xml")
    run(tmp_path, place)
    ids = {article.url: article.id for article in read_library(tmp_path / "articles")}
    del site.pages["/1"]
    # The feed leaves both out: one is there still, as what is old is.
    site.put("/feed", feed(site), "application/rss+xml")
    site.put("/feed", feed(site, ("/3", "Tue")), "application/rss+xml")
    site.put("/3", page("高考路段禁鸣", "丙"))
    [report] = run(tmp_path, place, START + HOUR)
    assert report.gone == [Gone(site.url("/1"), (ids[site.url("/1")],), "the site answers 404")]
    assert len(read_library(tmp_path / "articles")) == 3
    assert [one.gone for one in run(tmp_path, place, START + 2 * HOUR)] == [[]]


def test_a_site_that_fails_makes_nothing_gone(tmp_path: Path, site: Site) -> None:
    place = Followed(site.url("/feed"), HOUR)
    site.put("/1", page("停水通知", "甲"))
    site.put("/feed", feed(site, ("/1", "Mon")), "application/rss+xml")
    run(tmp_path, place)
    site.put("/feed", "", status=503)
    site.put("/1", "", status=503)
    [report] = run(tmp_path, place, START + HOUR)
    assert (report.gone, [note.text for note in report.refused]) == ([], ["the site answers 503"])


def test_a_folder(tmp_path: Path) -> None:
    export = tmp_path / "export"
    export.mkdir()
    (export / "a.txt").write_text("停水通知\n\n明天停水。", encoding="utf-8")
    (export / "b.txt").write_text("停电通知\n\n明天停电。", encoding="utf-8")
    place = Followed(str(export), HOUR)
    assert counts(run(tmp_path, place)[0]) == (2, 0, 0, 0, 0)
    (export / "a.txt").write_text("停水通知\n\n明天停水，请提前储水。", encoding="utf-8")
    (export / "b.txt").unlink()
    [report] = run(tmp_path, place, START + HOUR)
    assert counts(report) == (0, 1, 0, 1, 0)
    assert report.gone == [Gone("b.txt", ("b",), "the file is no longer there")]
    assert len(read_library(tmp_path / "articles")) == 2


def test_the_front_of_an_electronic_paper(tmp_path: Path, site: Site) -> None:
    site.put("/", "<meta http-equiv='refresh' content='0; url=n/node_1.htm'>")
    site.put("/n/node_1.htm", "<a href='content_1.htm'>甲</a><a href='content_2.htm'>乙</a>")
    site.put("/n/content_1.htm", page("停水通知", "甲"))
    site.put("/n/content_2.htm", page("停电通知", "乙"))
    assert counts(run(tmp_path, Followed(site.url("/"), HOUR))[0]) == (2, 0, 0, 0, 0)


def test_a_place_that_is_not_there_is_refused(tmp_path: Path, site: Site) -> None:
    [missing] = run(tmp_path, Followed(site.url("/none"), HOUR))
    [folder] = run(tmp_path, Followed(str(tmp_path / "none"), HOUR))
    assert [note.text for note in missing.refused] == ["the site answers 404"]
    assert [note.text for note in folder.refused] == [f"{tmp_path}/none: no such file or folder"]
