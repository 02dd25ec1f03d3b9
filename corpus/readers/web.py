"""A web page -> the articles on it: main text, title, author, date, canonical address."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from corpus.article import Article
from corpus.ids import id_stem, url_stem
from corpus.page.credits import is_byline
from corpus.page.words import ends_sentence
from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.encoding import decode
from corpus.readers.epaper import article_links, only_marked, read_epaper
from corpus.readers.fields import as_date
from corpus.readers.names import issue_date
from corpus.readers.prose import first_words

__all__ = ["read_web"]

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY[^>]*>", re.IGNORECASE)
LEAST_TEXT = 120  # characters; a shorter <article> is a teaser
SHORTEST_ARTICLE = 60  # characters; below, trafilatura takes all that the page holds
LONGEST_CREDIT = 80  # characters; a longer line that names a source is text
CREDIT = re.compile(
    r"来源|來源|作者|记者|記者|编辑|編輯|责编|发布|發布|浏览|阅读|点击|字号|Source|Author|Posted"
)
SOURCE = re.compile(r"(?:来源|來源|Source)\s*[:：]\s*([^\s|｜，,]{2,30})")

# Pages without an article are told in our own words; trafilatura would print its own beside them.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


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
    article = _extracted(text, document.url, id_stem(document.stem) if not document.url else "")
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
    if found:
        published = as_date(found["published"]) or article.published
        article = replace(
            article, published=published, title=found["title"],
            kicker=found["kicker"], subtitle=found["subtitle"],
            byline=found["byline"] or article.byline, section=found["section"],
        )  # fmt: skip
    article = _with_credit_line(article, " ".join(tree.text_content().split()))
    if not article.byline:
        names = tree.xpath("string(//meta[@name='author' or @property='article:author']/@content)")
        article = replace(article, byline=" ".join(str(names).split())[:LONGEST_CREDIT])
    return article


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
    article = _extracted(html, "", f"{id_stem(stem)}-{number}", title)
    if article is None:
        raise ReaderError(f"no text was found in article {number} of the page")
    when = part.xpath("string(.//time/@datetime)") or part.xpath("string(.//time)")
    source = str(tree.xpath("string(//meta[@property='og:site_name']/@content)"))
    published = as_date(str(when)) or article.published
    return replace(article, title=title or article.title, url=address, published=published, source=source)


# ---- one article


def _extracted(html: str, url: str, id: str, title: str = "") -> Article | None:
    """What trafilatura finds; None where it finds nothing. `id` "" makes one of the address."""
    try:
        found: Any = bare_extraction(
            html,
            url=url or None,
            with_metadata=True,
            include_comments=False,
            config=_config(),
            # The wide search takes a footer's year for a date.
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": None},
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):
        return None  # its parts fail in many ways on broken pages
    if found is None:
        return None
    title = title or " ".join((found.title or "").split())
    blocks = [block for block in _blocks(found.body) if block[1]]
    credits, blocks = _without_credits(blocks, title)
    body = "\n\n".join(f"## {text}" if kind == "head" else text for kind, text in blocks)
    source = next((match[1] for line in credits if (match := SOURCE.search(line))), "")
    published = as_date(found.date or "") or next(filter(None, map(issue_date, credits)), None)
    return Article(
        id or url_stem(url),
        title or first_words(body) or "-",
        body,
        byline=" ".join((found.author or "").replace(";", " ").split()),
        source=source or (found.sitename or ""),
        published=published,
        url=found.url or "",
    )


def _config() -> ConfigParser:
    """Trafilatura's own, but for how short an article can be: Chinese says more in a character."""
    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(SHORTEST_ARTICLE)
    return config


def _blocks(body: etree._Element) -> Iterator[tuple[str, str]]:
    """(tag, text) of headings, paragraphs, list items and table rows, in order."""
    for element in body:
        if element.tag in ("list", "quote", "div") and len(element) and not (element.text or "").strip():
            yield from _blocks(element)
        elif element.tag == "table":
            for row in element.iter("row"):
                yield "p", " ".join(filter(None, (_text(cell) for cell in row.iter("cell"))))
        elif element.tag == "head":
            yield "head", " ".join(_text(element).split())
        else:
            yield from (("p", line.strip()) for line in _text(element).split("\n"))
        if element.tail and element.tail.strip():
            yield "p", element.tail.strip()


def _text(element: etree._Element) -> str:
    for line_break in element.iter("lb"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return "".join(map(str, element.itertext())).strip()


def _without_credits(blocks: list[tuple[str, str]], title: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines of date and source above the text, and the blocks without them and without the title."""
    credits: list[str] = []
    while blocks and len(credits) < 5:
        kind, text = blocks[0]
        is_title = "".join(text.split()) == "".join(title.split())
        if not is_title and (kind == "head" or len(text) > LONGEST_CREDIT or not _is_credit(text)):
            break
        credits += [] if is_title else [text]
        blocks = blocks[1:]
    return credits, blocks


def _is_credit(text: str) -> bool:
    if re.search(r"[。！？!?]$", text):
        return False
    return is_byline(text) or bool(issue_date(text)) or bool(CREDIT.search(text) and re.search("[:：]", text))
