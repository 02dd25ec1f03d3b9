"""Feeds and sitemaps: the addresses, and what tells their versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.document import ReaderError
from corpus.readers.feed import FeedEntry, feed_entries, is_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><link>https://example.org/</link>
<item><link>https://example.org/1</link><pubDate>Tue, 26 Nov 2024 08:00:00 GMT</pubDate></item>
<item><link>/2</link></item><item><link>https://example.org/1</link></item>
<item><link>file:///etc/passwd</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/>
<entry><link rel="self" href="https://example.org/a.xml"/><link href="https://example.org/a"/>
<updated>2024-11-26T08:00:00Z</updated><published>2024-11-01T08:00:00Z</published></entry></feed>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://example.org/a </loc>
<lastmod>2024-11-26</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://example.org/s1.xml</loc></sitemap></sitemapindex>"""
BASE = "https://example.org/feed"


@pytest.mark.parametrize(
    ("content", "items"),
    [
        (
            RSS,
            [
                FeedEntry("https://example.org/1", "Tue, 26 Nov 2024 08:00:00 GMT"),
                FeedEntry("https://example.org/2", ""),
            ],
        ),
        (ATOM, [FeedEntry("https://example.org/a", "2024-11-26T08:00:00Z")]),
        (SITEMAP, [FeedEntry("https://example.org/a", "2024-11-26")]),
        (INDEX, [FeedEntry("https://example.org/s1.xml", "", is_list=True)]),
    ],
)
def test_addresses_of_feeds_and_sitemaps(content: bytes, items: list[FeedEntry]) -> None:
    assert is_feed(content)
    assert feed_entries(content, BASE) == items


def test_no_entity_is_resolved() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RSS[21:].replace(
        b"org/1<", b"org/&a;<", 1
    )
    assert not any("root" in item.url for item in feed_entries(bomb, BASE))


def test_a_feed_of_gb2312_with_a_wider_character() -> None:
    feed = (
        '<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><item><title>朱镕基故居</title>'
        "<link>https://example.org/1</link></item><item><title>图书馆</title><link>https://example.org/2</link></item>"
        "</channel></rss>"
    ).encode("gb18030")
    assert [item.url for item in feed_entries(feed, BASE)] == [
        "https://example.org/1",
        "https://example.org/2",
    ]


@pytest.mark.parametrize("content", [b"<html><body>x</body></html>", b"", b"no xml"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    assert not is_feed(content)
    with pytest.raises(ReaderError, match=r"begins no feed|cannot be read"):
        feed_entries(content, BASE)


@given(st.integers(0, len(RSS)), st.binary(max_size=8))
def test_a_broken_list_is_read_or_refused(at: int, noise: bytes) -> None:
    try:
        items = feed_entries(RSS[:at] + noise + RSS[at:], BASE)
    except ReaderError:
        return
    assert all(item.url.startswith("http") for item in items)
