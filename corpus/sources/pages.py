"""Pages that belong together: immediate redirects of a page, and the further pages of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html

from corpus.ids import url_stem
from corpus.readers.document import Document, ReaderError
from corpus.readers.web.page import next_page, next_sheet, page_source, parse, refresh_address
from corpus.sources.fetch import Fetched, Fetcher

__all__ = ["document_of", "further_pages", "further_sheets", "where_it_leads"]

MOST_REFRESHES = 3
LARGEST_FRONT = 20_000  # bytes; a larger page has a text of its own, and loads itself anew
MOST_PAGES = 30  # of one article
MOST_SHEETS = 200  # of one edition


def document_of(found: Fetched, continued: tuple[Document, ...] = ()) -> Document:
    return Document(found.url, url_stem(found.url), found.content, found.url, found.charset, continued)


def where_it_leads(fetcher: Fetcher, found: Fetched) -> Fetched:
    """Target of a page that redirects at once (refresh or script), as the front of an electronic paper does.

    Raises FetchError, and ReaderError where it leads on and on.
    """
    for _ in range(MOST_REFRESHES + 1):
        tree = _tree(found)
        address = refresh_address(tree) if tree is not None else ""
        if not address or len(found.content) > LARGEST_FRONT:
            return found
        found = fetcher.fetch(urljoin(found.url, address))
    raise ReaderError(f"{found.url}: the page leads on more than {MOST_REFRESHES} times")


def further_pages(fetcher: Fetcher, found: Fetched) -> Iterator[Document]:
    """The further pages of an article, in order, each once: those beside it that 下一页 leads to.

    Raises FetchError.
    """
    seen, first = {found.url}, found.url
    for _ in range(MOST_PAGES):
        tree = _tree(found)
        link = next_page(tree) if tree is not None else ""
        address = urljoin(found.url, link)
        if not link or address in seen or not _goes_on(first, address):
            return
        found = fetcher.fetch(address)
        seen |= {address, found.url}
        yield document_of(found)


def further_sheets(fetcher: Fetcher, found: Fetched) -> Iterator[Fetched]:
    """The contents of an edition's further printed pages, in order, each once: those that 下一版 leads to.

    Raises FetchError.
    """
    seen = {found.url}
    for _ in range(MOST_SHEETS):
        tree = _tree(found)
        link = next_sheet(tree) if tree is not None else ""
        address = urldefrag(urljoin(found.url, link)).url
        if not link or address in seen or not _is_beside(found.url, address):
            return
        found = fetcher.fetch(address)
        seen |= {address, found.url}
        yield found


def _is_beside(one: str, other: str) -> bool:
    """Whether two addresses are in one folder of one host."""
    first, second = urlsplit(one), urlsplit(other)
    return first.netloc == second.netloc and first.path.rpartition("/")[0] == second.path.rpartition("/")[0]


def _tree(found: Fetched) -> lxml.html.HtmlElement | None:
    """The page's tree; None for anything but a page."""
    if "html" not in found.kind:
        return None
    try:
        return parse(page_source(document_of(found)))
    except ReaderError:
        return None


def _goes_on(first: str, address: str) -> bool:
    """Whether an address can be a further page of the first: a_2.html or a.html?page=2 beside a.html."""
    one, other = urlsplit(first), urlsplit(address)
    stem = re.sub(r"(?:[_-]\d{1,3})?(?:\.\w{1,6})?/?$", "", one.path)
    return one.netloc == other.netloc and bool(stem.strip("/")) and other.path.startswith(stem)
