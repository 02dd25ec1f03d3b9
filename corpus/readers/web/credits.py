"""What a web page says beside the text: who wrote it, whose it is, and the site's name in its title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

import lxml.html

from corpus.newspaper.patterns import is_byline
from corpus.readers.fields import issue_date

__all__ = ["LONGEST_CREDIT", "SOURCE", "author_of", "bare_name", "is_credit", "without_site"]

LONGEST_NAME = 40  # characters; several names may stand there, and no sentence
NAMED = (
    "//meta[@name='author' or @property='article:author']/@content",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@rel='author' or @itemprop='author']",
    "//*[contains(concat(' ', @class, ' '), ' author ') and not("
    "ancestor::*[self::aside or self::footer or contains(@class, 'comment') or contains(@id, 'comment')])]",
)
LABEL = re.compile(r"^(?:作者\s*[:：]?|(?:文|记者|撰文|By|by)\s*[:：/ ])\s*")
SITE = re.compile(r"\s*[-–—_|｜][^-–—_|｜]*(?:网|网站|报|人民政府|新闻|频道|门户|客户端|公众号)\s*$")
LONGEST_CREDIT = 80  # characters; a longer line that names a source is text
CREDIT = re.compile(
    r"来源|來源|作者|记者|記者|编辑|編輯|责编|发布|發布|浏览|阅读|点击|字号|Source|Author|Posted"
)
SOURCE = re.compile(r"(?:来源|來源|Source)\s*[:：]\s*([^\s|｜，,]{2,30})")


def author_of(tree: lxml.html.HtmlElement) -> str:
    """The author that the page's marks name; "" where none do.

    Asked before trafilatura, which takes no name of two characters: in Chinese most have two or three.
    """
    marked = (_name(found) for path in NAMED for found in tree.xpath(path))
    return next(filter(None, chain(marked, map(bare_name, _linked_data(tree)))), "")


def bare_name(text: str) -> str:
    """The name in "作者:张静"; "" where the text is too long for one, or an address."""
    name = LABEL.sub("", " ".join(text.split()))
    return name if len(name) <= LONGEST_NAME and "://" not in name else ""


def _name(found: object) -> str:
    return bare_name(found.text_content() if isinstance(found, lxml.html.HtmlElement) else str(found))


def _linked_data(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from _authors(json.loads(str(script)))
        except (ValueError, RecursionError):
            continue


def _authors(value: object) -> Iterator[str]:
    """The names in {"author": "A"}, {"author": [{"name": "A"}]} and lists and graphs of such."""
    if isinstance(value, list):
        for one in value:
            yield from _authors(one)
    elif isinstance(value, dict):
        authors = value.get("author", [])
        names = [one.get("name") if isinstance(one, dict) else one for one in _listed(authors)]
        if found := " ".join(name for name in names if isinstance(name, str)):
            yield found
        yield from _authors(value.get("@graph", []))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def without_site(title: str) -> str:
    """A page's title without the name of its site behind a dash, a bar or a low line.

    "停水通知-驿城晚报网" -> "停水通知"; "停水通知-城东片区" stays.
    """
    return SITE.sub("", title) or title


def is_credit(text: str) -> bool:
    """Whether a line beside the text names its author, source or date, or counts its readers."""
    if re.search(r"[。！？!?]$", text):
        return False
    return is_byline(text) or bool(issue_date(text)) or bool(CREDIT.search(text) and re.search("[:：]", text))
