"""A feed (RSS, Atom) or a sitemap -> the addresses it lists, each with what tells its version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from corpus.readers.document import ReaderError

__all__ = ["Listed", "is_feed", "listed"]

FEEDS = ("rss", "feed", "RDF")
SITEMAPS = ("urlset", "sitemapindex")
MOST = 50_000  # addresses, as the sitemap protocol allows in one file


class Listed(NamedTuple):
    """An address; `version` changes when its content does ("" if the list does not tell), and
    `is_list` says that it leads to another list."""

    url: str
    version: str
    is_list: bool = False


def is_feed(content: bytes) -> bool:
    """Whether the bytes begin as a feed's or a sitemap's XML does."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith(b"<") and any(
        b"<" + name.encode() in head or b":" + name.encode() in head for name in (*FEEDS, *SITEMAPS)
    )


def listed(content: bytes, base: str) -> list[Listed]:
    """The addresses, each once, in the list's order; at most 50,000.

    Raises ReaderError where the bytes are no feed and no sitemap.
    """
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(f"the feed cannot be read: {error}") from None
    name = etree.QName(root).localname if root is not None else ""
    if name in FEEDS:
        found = _of_feed(root, base)
    elif name in SITEMAPS:
        found = _of_sitemap(root, base)
    else:
        raise ReaderError(f"<{name}> begins no feed and no sitemap")
    first: dict[str, Listed] = {}
    for item in found:
        if item.url.startswith(("http://", "https://")) and len(first) < MOST:
            first.setdefault(item.url, item)
    return list(first.values())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)


def _of_feed(root: etree._Element, base: str) -> Iterator[Listed]:
    for item in root.iter("{*}item", "{*}entry"):
        link = _text(item, "link") or _text(item, "guid")
        for element in item.iterchildren("{*}link"):
            if element.get("href") and element.get("rel", "alternate") == "alternate":
                link = element.get("href", "")
                break
        version = next(filter(None, (_text(item, name) for name in ("updated", "modified", "pubDate", "date",
                                                                    "published"))), "")  # fmt: skip
        if link:
            yield Listed(_joined(base, link), version)


def _of_sitemap(root: etree._Element, base: str) -> Iterator[Listed]:
    for item in root.iter("{*}url", "{*}sitemap"):
        address = _text(item, "loc")
        if address:
            is_list = etree.QName(item).localname == "sitemap"
            yield Listed(_joined(base, address), _text(item, "lastmod"), is_list)


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _text(item: etree._Element, name: str) -> str:
    element = next(item.iterchildren(f"{{*}}{name}"), None)
    return "".join(map(str, element.itertext())).strip() if element is not None else ""
