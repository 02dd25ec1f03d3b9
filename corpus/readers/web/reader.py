"""A web page -> the articles on it: main text, title, author, date, canonical address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from corpus.article import Article
from corpus.ids import id_stem, url_stem
from corpus.newspaper.patterns import ends_sentence
from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.encoding import decode
from corpus.readers.fields import as_date, issue_date
from corpus.readers.web.credits import LONGEST_CREDIT, SOURCE, author_of, bare_name
from corpus.readers.web.extraction import extracted
from corpus.readers.web.platforms import article_links, only_marked, read_epaper, read_wechat

__all__ = ["read_web"]

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY[^>]*>", re.IGNORECASE)
LEAST_TEXT = 120  # characters; a shorter <article> is a teaser
LONGEST_CELL = 80  # characters; what holds more is no table of figures but the arrangement of a page


def read_web(document: Document) -> Iterator[Reading]:
    """The article of the page, or each one where it shows several whole ones.

    The address is the page's canonical one, but for a page that was fetched only within its own site:
    no page can pass for another publisher's.

    Raises ReaderError where no main text is found.
    """
    stated = CHARSET.search(document.content[:4096])
    text = decode(document.content, document.charset or (stated[1].decode() if stated else ""))
    text = ENTITY.sub("", text).replace("\0", "")
    found = read_epaper(text)
    text = only_marked(text)
    tree = _tree(text)
    if tree is None:
        raise ReaderError("the page is empty")
    wechat = {} if found else read_wechat(tree)
    if _unlayout(tree) or wechat:
        text = str(lxml.html.tostring(tree, encoding="unicode"))
    found = found or wechat
    parts = [] if found else _several(tree)
    if parts:
        for number, part in enumerate(parts, 1):
            yield _article_of_part(document, tree, part, number)
        return
    yield _whole(document, text, tree, found)


def _tree(text: str) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), _parser())
    except (etree.LxmlError, ValueError):
        return None


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def _whole(document: Document, text: str, tree: lxml.html.HtmlElement, found: dict[str, str]) -> Article:
    article = extracted(text, document.url, id_stem(document.stem) if not document.url else "")
    links = article_links(text, document.url)
    is_text = article is not None and any(map(ends_sentence, article.body.splitlines()))
    if len(links) > 1 and not is_text:
        raise ReaderError(
            f"the page lists {len(links)} articles and holds no text of its own; add its address,"
            " or the articles' own pages"
        )
    if article is None or not article.body.strip():
        raise ReaderError("no article text was found on the page")
    article = replace(article, url=_address(document.url, article.url))
    article = _as_stated(article, found)
    article = _with_credit_line(article, " ".join(tree.text_content().split()))
    return replace(article, byline=found.get("byline") or author_of(tree) or bare_name(article.byline))


def _as_stated(article: Article, found: dict[str, str]) -> Article:
    """With what the page's system states of it, but for what it leaves empty."""
    stated: dict[str, Any] = {name: value for name, value in found.items() if value and name != "published"}
    published = as_date(found.get("published", "")) or article.published
    return replace(article, **stated, published=published)


def _with_credit_line(article: Article, text: str) -> Article:
    """With the date and the source of a line beside the text, where nothing else states them."""
    match = SOURCE.search(text)
    if not match:
        return article
    near = text[max(0, match.start() - LONGEST_CREDIT) : match.end() + LONGEST_CREDIT]
    return replace(
        article,
        source=article.source or match[1],
        published=article.published or issue_date(near),
    )


def _address(fetched: str, canonical: str) -> str:
    if not fetched:
        return canonical if canonical.startswith(("http://", "https://")) else ""
    ours, theirs = _site(fetched), _site(canonical)
    return canonical if canonical.startswith(("http://", "https://")) and ours == theirs else fetched


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m|wap|mobile)\.", "", host)


def _unlayout(tree: lxml.html.HtmlElement) -> bool:
    """Tables that only arrange a page become plain blocks: of other tables each row is a paragraph.

    Whether there were any.
    """
    found = False
    for table in tree.xpath("//table"):
        if any(len(cell.text_content().strip()) > LONGEST_CELL for cell in table.iter("td")):
            parts = table.iter("thead", "tbody", "tr", "th", "td")
            for part in [table, *(part for part in parts if next(part.iterancestors("table")) is table)]:
                part.tag = "div"
            found = True
    return found


# ---- several articles on one page


def _several(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The page's <article> elements where two at least are whole ones and none makes up most of the page."""
    parts = [part for part in tree.iter("article") if not any(True for _ in part.iterancestors("article"))]
    whole = [(len(part.text_content().strip()), part) for part in parts]
    whole = [(length, part) for length, part in whole if length >= LEAST_TEXT and _heading(part) is not None]
    if len(whole) < 2 or max(length for length, _ in whole) > 0.8 * sum(length for length, _ in whole):
        return []
    return [part for _, part in whole]


def _heading(part: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    return next(part.iter("h1", "h2", "h3"), None)


def _article_of_part(
    document: Document, tree: lxml.html.HtmlElement, part: lxml.html.HtmlElement, number: int
) -> Article:
    heading = _heading(part)
    title = " ".join(heading.text_content().split()) if heading is not None else ""
    canonical = str(tree.xpath("string(//link[@rel='canonical']/@href)"))
    page = _address(document.url, canonical)
    link = next((a.get("href") for a in (heading.iter("a") if heading is not None else ())), None)
    address = urljoin(page, link) if page and link else f"{page}#{part.get('id') or number}" if page else ""
    stem = document.stem if not document.url else url_stem(document.url)
    html = f"<html><body>{etree.tostring(part, encoding='unicode', method='html')}</body></html>"
    article = extracted(html, "", f"{id_stem(stem)}-{number}", title)
    if article is None:
        raise ReaderError(f"no text was found in article {number} of the page")
    when = part.xpath("string(.//time/@datetime)") or part.xpath("string(.//time)")
    source = str(tree.xpath("string(//meta[@property='og:site_name']/@content)"))
    published = as_date(str(when)) or article.published
    return replace(article, title=title or article.title, url=address, published=published, source=source)
