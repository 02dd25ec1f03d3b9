"""The text of one article on a web page, as trafilatura finds it, and what it finds beside."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from configparser import ConfigParser
from typing import Any

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from corpus.article import Article
from corpus.ids import url_stem
from corpus.readers.fields import as_date, issue_date
from corpus.readers.prose import first_words
from corpus.readers.web.credits import LONGEST_CREDIT, SOURCE, is_credit, without_site

__all__ = ["extracted"]

SHORTEST_ARTICLE = 60  # characters; below, trafilatura takes all that the page holds

# Pages without an article are told in our own words; trafilatura would print its own beside them.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def extracted(html: str, url: str, id: str, title: str = "") -> Article | None:
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
    title = title or without_site(" ".join((found.title or "").split()))
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
        if not is_title and (kind == "head" or len(text) > LONGEST_CREDIT or not is_credit(text)):
            break
        credits += [] if is_title else [text]
        blocks = blocks[1:]
    return credits, blocks
