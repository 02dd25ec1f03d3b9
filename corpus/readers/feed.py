"""A feed (RSS, Atom) or a sitemap -> the addresses it lists, each with what tells its version."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

import feedparser
from lxml import etree

from corpus.readers.document import ReaderError

__all__ = ["FeedEntry", "feed_entries", "is_feed"]

FEEDS = ("rss", "feed", "RDF")
SITEMAPS = ("urlset", "sitemapindex")
VERSIONS = ("updated", "published", "created")
LARGEST_FEED = 20_000_000  # bytes
# The first element behind a declaration, comments and a document type.
ROOT = re.compile(
    rb"(?:<\?[^>]{0,400}\?>\s*|<!--(?:(?!-->).){0,2000}-->\s*|<!DOCTYPE[^>\[]{0,400}(?:\[[^\]]{0,2000}\])?\s*>\s*)*"
    rb"<([A-Za-z][\w:.-]{0,40})",
    re.DOTALL,
)
MOST = 50_000  # addresses, as the sitemap protocol allows in one file


class FeedEntry(NamedTuple):
    """An address; `version` changes when its content does ("" if the list does not tell), and
    `is_list` says that it leads to another list."""

    url: str
    version: str
    is_list: bool = False


def is_feed(content: bytes) -> bool:
    """Whether the bytes begin as a feed's or a sitemap's XML does."""
    return _begins(content, (*FEEDS, *SITEMAPS))


def _begins(content: bytes, names: tuple[str, ...]) -> bool:
    match = ROOT.match(content[:10_000].lstrip(b"\xef\xbb\xbf \r\n\t"))
    return match is not None and match[1].decode().rpartition(":")[2] in names


def feed_entries(content: bytes, base: str) -> list[FeedEntry]:
    """The addresses, each once, in the list's order; at most 50,000.

    Raises ReaderError where the bytes are no feed and no sitemap.
    """
    if _begins(content, SITEMAPS):
        found = _of_sitemap(content, base)
    elif _begins(content, FEEDS):
        found = _of_feed(content, base)
    else:
        raise ReaderError("the content begins no feed and no sitemap")
    first: dict[str, FeedEntry] = {}
    for item in found:
        if item.url.startswith(("http://", "https://")) and len(first) < MOST:
            first.setdefault(item.url, item)
    return list(first.values())


def _of_feed(content: bytes, base: str) -> Iterator[FeedEntry]:
    if len(content) > LARGEST_FEED:
        raise ReaderError(f"the feed has more than {LARGEST_FEED:,} bytes")
    for entry in feedparser.parse(
        io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False
    ).entries:
        # As a dict: feedparser's own `get` gives one date for another that is missing.
        facts = dict(entry)
        link = facts.get("link") or facts.get("id") or ""
        version = next((facts[name] for name in VERSIONS if facts.get(name)), "")
        if link:
            yield FeedEntry(_joined(base, str(link)), str(version))


def _of_sitemap(content: bytes, base: str) -> Iterator[FeedEntry]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(f"the sitemap cannot be read: {error}") from None
    for item in root.iter("{*}url", "{*}sitemap"):
        address = _text(item, "loc")
        if address:
            is_list = etree.QName(item).localname == "sitemap"
            yield FeedEntry(_joined(base, address), _text(item, "lastmod"), is_list)


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _text(item: etree._Element, name: str) -> str:
    element = next(item.iterchildren(f"{{*}}{name}"), None)
    return "".join(map(str, element.itertext())).strip() if element is not None else ""
