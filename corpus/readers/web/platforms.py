"""Content management systems by their traces in a page, and the marks of electronic newspapers."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html

__all__ = ["Platform", "article_links", "only_marked", "platform_of", "read_epaper"]

SHORTEST = 12  # characters; an element that holds less is no article's

# ---- the table


@dataclass(frozen=True)
class Platform:
    """Where a system puts an article's text and facts; all but `name` are XPath expressions or ""."""

    name: str
    text: str
    requires: str = ""
    source: str = ""
    byline: str = ""
    published: str = ""

    def holder(self, tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
        """The element with the text; None where the page has none of this system's making."""
        if self.requires and not tree.xpath(self.requires):
            return None
        found = [
            element for element in tree.xpath(self.text) if len(element.text_content().strip()) >= SHORTEST
        ]
        return max(found, key=lambda element: len(element.text_content()), default=None)

    def stated(self, tree: lxml.html.HtmlElement) -> dict[str, str]:
        """Source, byline and published as the page states them, without those that it does not."""
        paths = {"source": self.source, "byline": self.byline, "published": self.published}
        values = {name: _words(tree, path) for name, path in paths.items() if path}
        return {name: value for name, value in values.items() if value}


@cache
def _platforms() -> tuple[Platform, ...]:
    table = tomllib.loads(files(__package__).joinpath("platforms.toml").read_text(encoding="utf-8"))
    return tuple(Platform(**entry) for entry in table["platform"])


def platform_of(tree: lxml.html.HtmlElement) -> Platform | None:
    """The first platform of the table that has made the page."""
    return next((platform for platform in _platforms() if platform.holder(tree) is not None), None)


def _words(tree: lxml.html.HtmlElement, path: str) -> str:
    found = next(iter(tree.xpath(path)), "")
    return " ".join(
        (found.text_content() if isinstance(found, lxml.html.HtmlElement) else str(found)).split()
    )


# ---- electronic editions of newspapers

# Founder's system, which most Chinese papers use, states an article's parts in a comment.
PROPERTIES = ("<!--", "enpproperty", "/enpproperty")
LONGEST_PROPERTIES = 20_000  # characters
PROPERTY = re.compile(r"<(\w{1,20})>([^<]{0,2000})</\1>")
FIELDS = {
    "title": "title", "introtitle": "kicker", "subtitle": "subtitle", "author": "byline",
    "nodename": "section", "date": "published",
}  # fmt: skip
CONTENT = re.compile(r"<!--\s{0,20}enpcontent\s{0,20}-->", re.IGNORECASE)
CONTENT_END = re.compile(r"<!--\s{0,20}/enpcontent\s{0,20}-->", re.IGNORECASE)
CONTENT_TAG = re.compile(r"<founder-content\b[^<>]{0,200}>", re.IGNORECASE)
CONTENT_TAG_END = re.compile(r"</founder-content\s{0,20}>", re.IGNORECASE)
HEAD = re.compile(r"<head\b", re.IGNORECASE)
HEAD_END = re.compile(r"</head\s{0,20}>", re.IGNORECASE)
LINK = re.compile(r"""\bhref\s{0,9}=\s{0,9}["']?([^"'\s<>]{1,500})""", re.IGNORECASE)
ARTICLE_FILE = re.compile(
    r"(?:^|/)(?:content|con|c|article|t)[-_]?\d[\w-]*\.(?:s?html?|jsp)\b", re.IGNORECASE
)


def read_epaper(text: str) -> dict[str, str]:
    """Title, kicker, subtitle, byline, section and published as the page states them, else {}."""
    opening, name, closing = PROPERTIES
    begin = text.find(name)
    if begin < 0 or not text[max(0, begin - 20) : begin].rstrip().endswith(opening):
        return {}
    end = text.find(closing, begin)
    if end < 0 or end - begin > LONGEST_PROPERTIES:
        return {}
    stated = {name.lower(): html.unescape(value).strip() for name, value in PROPERTY.findall(text[begin:end])}
    return {field: stated.get(name, "") for name, field in FIELDS.items()} if stated.get("title") else {}


def only_marked(text: str) -> str:
    """The page with nothing but the text that the system marks; as it is where it marks none."""
    marked = list(_between(text, CONTENT, CONTENT_END)) or list(_between(text, CONTENT_TAG, CONTENT_TAG_END))
    if not marked:
        return text
    head = next(_between(text, HEAD, HEAD_END), "")
    articles = "".join(f"<article>{part}</article>" for part in marked)
    return f"<html>{f'<head{head}</head>' if head else ''}<body>{articles}</body></html>"


def _between(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[str]:
    """What stands between the marks, in time that grows with the text alone."""
    at = 0
    while (begin := opening.search(text, at)) and (end := closing.search(text, begin.end())):
        yield text[begin.end() : end.start()]
        at = end.end()


def article_links(text: str, base: str) -> list[str]:
    """The addresses of the articles that a page of an electronic edition lists, in order, each once.

    They stand in the page's own folder of the same host, in files like content_123.htm. Without a
    `base` they come as they are written.
    """
    found: dict[str, None] = {}
    for written in dict.fromkeys(LINK.findall(text)):
        try:
            address = urldefrag(urljoin(base, html.unescape(written))).url
            parts = urlsplit(address)
        except ValueError:
            continue
        is_near = not base or parts.netloc == urlsplit(base).netloc
        if ARTICLE_FILE.search(parts.path) and is_near and address != base:
            found[address] = None
    return list(found)
