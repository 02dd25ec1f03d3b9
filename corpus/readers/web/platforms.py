"""Electronic editions of newspapers: what their page-making systems leave in a page's source."""

from __future__ import annotations

import html
import re
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html

__all__ = ["article_links", "only_marked", "read_epaper", "read_wechat"]

# Founder's system, which most Chinese papers use, states an article's parts in a comment.
PROPERTIES = re.compile(r"<!--\s*enpproperty\s*(.{0,20000}?)/enpproperty\s*-->", re.DOTALL)
PROPERTY = re.compile(r"<(\w{1,20})>([^<]{0,2000})</\1>")
FIELDS = {
    "title": "title", "introtitle": "kicker", "subtitle": "subtitle", "author": "byline",
    "nodename": "section", "date": "published",
}  # fmt: skip
CONTENT = re.compile(r"<!--\s*enpcontent\s*-->(.*?)<!--\s*/enpcontent\s*-->", re.DOTALL)
CONTENT_TAG = re.compile(
    r"<founder-content\b[^>]{0,200}>(.*?)</founder-content\s*>", re.DOTALL | re.IGNORECASE
)
HEAD = re.compile(r"<head\b.*?</head\s*>", re.DOTALL | re.IGNORECASE)
LINK = re.compile(r"""<(?:a|area)\b[^>]{0,500}?\bhref\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)
ARTICLE_FILE = re.compile(
    r"(?:^|/)(?:content|con|c|article|t)[-_]?\d[\w-]*\.(?:s?html?|jsp)\b", re.IGNORECASE
)


def read_epaper(text: str) -> dict[str, str]:
    """Title, kicker, subtitle, byline, section and published as the page states them, else {}."""
    match = PROPERTIES.search(text)
    if not match:
        return {}
    stated = {name.lower(): html.unescape(value).strip() for name, value in PROPERTY.findall(match[1])}
    return {field: stated.get(name, "") for name, field in FIELDS.items()} if stated.get("title") else {}


def only_marked(text: str) -> str:
    """The page with nothing but the text that the system marks; as it is where it marks none."""
    marked = CONTENT.findall(text) or CONTENT_TAG.findall(text)
    if not marked:
        return text
    head = HEAD.search(text)
    articles = "".join(f"<article>{part}</article>" for part in marked)
    return f"<html>{head[0] if head else ''}<body>{articles}</body></html>"


def article_links(text: str, base: str) -> list[str]:
    """The addresses of the articles that a page of an electronic edition lists, in order, each once.

    They stand in the page's own folder of the same host, in files like content_123.htm. Without a
    `base` they come as they are written.
    """
    found: dict[str, None] = {}
    for written in LINK.findall(text):
        try:
            address = urldefrag(urljoin(base, html.unescape(written))).url
            parts = urlsplit(address)
        except ValueError:
            continue
        is_near = not base or parts.netloc == urlsplit(base).netloc
        if ARTICLE_FILE.search(parts.path) and is_near and address != base:
            found[address] = None
    return list(found)


BLOCKS = ("section", "p", "div", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4")
TEXT, ACCOUNT, AUTHOR, DAY = "js_content", "js_name", "js_author_name", "publish_time"
# A page that was fetched, and not saved by a browser, has the time in a script only.
TIME = re.compile(r"""\b(?:ct|createTime)\s*=\s*["'](\d{10}|\d{4}-\d\d-\d\d)""")


def read_wechat(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Source, byline and published as the page states them; {} for any other page.

    Of the page's body nothing but the article's text is left, for whoever extracts it.
    """
    body, text = tree.find("body"), tree.get_element_by_id(TEXT, None)
    if body is None or text is None or tree.get_element_by_id(ACCOUNT, None) is None:
        return {}
    stated = {
        "source": _words(tree, ACCOUNT),
        "byline": _words(tree, AUTHOR),
        "published": _words(tree, DAY) or _scripted_time(tree),
    }
    text.tag = "article"
    for element in text.iter("*"):
        element.attrib.pop("style", None)  # a script shows the text; until then it is hidden
        if element.tag == "section":
            element.tag = "div" if next(element.iterdescendants(*BLOCKS), None) is not None else "p"
    body[:] = [text]
    body.text = None
    return stated


def _words(tree: lxml.html.HtmlElement, id: str) -> str:
    element = tree.get_element_by_id(id, None)
    return "" if element is None else " ".join(element.text_content().split())


def _scripted_time(tree: lxml.html.HtmlElement) -> str:
    found = (TIME.search(script.text or "") for script in tree.iter("script"))
    return next((match[1] for match in found if match), "")
