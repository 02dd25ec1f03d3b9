"""A web page's headline: what the page's title, its headings and the lines above the text agree on."""

from __future__ import annotations

import re
from collections.abc import Iterable

import lxml.html

from corpus.newspaper.patterns import subtitle_dash
from corpus.readers.web.blocks import WebBlock, squeezed
from corpus.readers.web.boilerplate import is_boilerplate

__all__ = ["headline", "site_name", "without_site"]

SITE = re.compile(
    r"\s*[-–—_|｜][^-–—_|｜]*(?:网|网站|报|人民政府|新闻|频道|门户|客户端|公众号|官网|订阅|網|報)[^-–—_|｜]{0,4}\s*$"
)
PARTS = re.compile(r"\s*(?:[_|｜]|--+|——+|\s[-–—·]\s)\s*")
BADGE = re.compile(r"^(?:原创|转载|视频|图集|独家|置顶|热|新|荐|首发)[\s　·|｜]*")
SHORTEST = 4  # characters
LONGEST = 90  # characters
SECTION_LENGTH = 6  # characters; a <title> that agrees in so few names a section
NEAR = 12  # lines above the text among which the headline stands
NO_HEADLINE = re.compile(r"[:：]\s*\S|\d{4}-\d|网站$|首页|[>»]")
QUOTES = str.maketrans("“”„‟＂‘’＇「」『』", '"""""\'\'\'""""')


def without_site(title: str) -> str:
    """A page's title without the name of its site behind a dash, a bar or a low line.

    "停水通知-驿城晚报网" -> "停水通知", "停水通知-驿城晚报-数字报" too; "停水通知-城东片区" stays.
    """
    bare = SITE.sub("", title)
    return SITE.sub("", bare) or bare or title


def headline(tree: lxml.html.HtmlElement, before: list[WebBlock]) -> str:
    """The article's title; "" where the page has none. `before` are the lines above its text.

    A heading or a line above the text counts where the page's <title> begins with it or holds most of it;
    of several the longest. Else what the page states in its marks, or the nearest line that could be one.
    """
    stated = " ".join((tree.findtext(".//title") or "").split())
    marked = [" ".join(str(found).split()) for found in tree.xpath(
        "//meta[@property='og:title' or @name='title' or @name='ArticleTitle']/@content")]  # fmt: skip
    lines = [block for block in before[::-1] if not (block.is_linked or is_boilerplate(block))]
    heads = [block.text for block in lines if block.kind == "head"]
    near = [block.text for block in lines[:NEAR]]
    agreed = _agreed(stated, [*heads, *near])
    first = PARTS.split(without_site(stated))[0]
    if len(_same(agreed)) < 0.5 * len(_same(first)):
        agreed = _agreed(stated, [*map(without_site, marked), first]) or agreed
    if len(_same(agreed)) <= SECTION_LENGTH:
        own = (*_whole(heads[:2], stated), *_whole(near[:4], stated), *map(without_site, marked))
        agreed = next((text for text in own if len(_same(text)) > SECTION_LENGTH), agreed)
    return _bare(agreed or without_site(stated), stated)


def site_name(tree: lxml.html.HtmlElement, title: str) -> str:
    """The site's name in the page's <title>, behind the article's: "停水通知|驿城网" -> "驿城网"; else ""."""
    stated = " ".join((tree.findtext(".//title") or "").split())
    rest = stated[len(title) :] if _same(stated).startswith(_same(title)) else ""
    match = re.fullmatch(r"\s*(?:[_|｜]|\s?[-–—]+\s?)\s*([^-–—_|｜]{2,16})", rest)
    return match[1].strip() if match and ("|" in rest or SITE.fullmatch(rest)) else ""


def _agreed(stated: str, candidates: Iterable[str]) -> str:
    """The longest candidate that the page's title begins with; else the longest that is most of it."""
    title = _same(stated)
    fitting = [
        text for text in candidates if SHORTEST <= len(_same(text)) <= LONGEST and _same(text) in title
    ]
    beginning = [text for text in fitting if title.startswith(_same(text))]
    most = [text for text in fitting if len(_same(text)) > 0.5 * len(title)]
    return max(beginning or most, key=lambda text: len(_same(text)), default="")


def _whole(lines: Iterable[str], stated: str) -> list[str]:
    """The lines that could be a headline of their own: no sentence, no name of the site."""
    site = _same(stated)
    fitting = (text for text in lines if SHORTEST < len(squeezed(text)) <= LONGEST)
    return [
        text
        for text in fitting
        if not (
            text.endswith("。")
            or subtitle_dash(text)
            or NO_HEADLINE.search(text)
            or (_same(text) in site and len(text) < 8)
        )
    ]


def _bare(title: str, stated: str) -> str:
    bare = BADGE.sub("", title)
    return bare if bare and not _same(stated).startswith(_same(title)) else title


def _same(text: str) -> str:
    return squeezed(text).translate(QUOTES)
