"""Imports articles from a URL: a page, feed, sitemap or e-paper index."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable

from corpus.library.adding import Adder
from corpus.readers.document import Note, ReaderError
from corpus.readers.encoding import decode
from corpus.readers.feed import FeedEntry, feed_entries, is_feed
from corpus.readers.web.platforms import article_links, only_marked
from corpus.sources.fetch import Fetched, Fetcher, FetchError
from corpus.sources.files import unpacked
from corpus.sources.pages import document_of, further_pages, further_sheets, where_it_leads

__all__ = ["add_address", "all_listed"]

DEEPEST = 2  # a sitemap of sitemaps; no site needs more
LARGEST_LIST = 100_000_000  # bytes unpacked


def add_address(adder: Adder, fetcher: Fetcher, url: str, progress: Callable[[str], None]) -> None:
    """Add the articles at an address.

    Of a list's addresses those are fetched that are new or whose date in the list has changed; where it
    gives none they are fetched each time. What fails goes to the report, and the others go on.
    """
    _add(adder, fetcher, FeedEntry(url, ""), progress, DEEPEST)


def _add(
    adder: Adder, fetcher: Fetcher, item: FeedEntry, progress: Callable[[str], None], depth: int
) -> None:
    try:
        found = where_it_leads(fetcher, fetcher.fetch(item.url))
        items = all_listed(adder, fetcher, found)
        if items and not depth:
            raise ReaderError(f"{item.url}: lists of lists are followed {DEEPEST} deep only")
    except (FetchError, ReaderError) as error:
        adder.note(Note(item.url, str(error).removeprefix(f"{item.url}: ")))
        progress(item.url)
        return
    if items:
        for listed_item in items:
            _add_listed(adder, fetcher, listed_item, progress, depth - 1)
    elif _add_documents(adder, fetcher, found) and item.version and not adder.dry_run:
        adder.catalogue.fetched(item.url, item.version)
    progress(item.url)


def _add_listed(
    adder: Adder, fetcher: Fetcher, item: FeedEntry, progress: Callable[[str], None], depth: int
) -> None:
    if item.version and adder.catalogue.version(item.url) == item.version:
        adder.report.unchanged += 1
        progress(item.url)
        return
    _add(adder, fetcher, item, progress, depth)


def _add_documents(adder: Adder, fetcher: Fetcher, found: Fetched) -> bool:
    """Add documents; True if none of them was refused."""
    refused = len(adder.report.refused)
    try:
        further = tuple(further_pages(fetcher, found))
    except FetchError as error:
        adder.note(Note(found.url, f"a further page was not fetched: {error}", refused=False))
        further = ()
    for part in unpacked(document_of(found, further)):
        if isinstance(part, Note):
            adder.note(part)
        else:
            adder.add_document(part)
    return len(adder.report.refused) == refused


def all_listed(adder: Adder, fetcher: Fetcher, found: Fetched) -> list[FeedEntry]:
    """What a list at an address lists, an edition's with the contents of its further printed pages.

    A printed page that cannot be fetched is told; those behind it are not known then.

    Raises ReaderError for a list that is damaged.
    """
    items = {item.url: item for item in listed_at(found)}
    try:
        for sheet in further_sheets(fetcher, found) if items else ():
            items.update({item.url: item for item in listed_at(sheet, least=1)})
    except FetchError as error:
        adder.note(Note(found.url, f"a further printed page was not fetched: {error}", refused=False))
    return list(items.values())


def listed_at(found: Fetched, least: int = 2) -> list[FeedEntry]:
    """What a feed, a sitemap (packed ones too) or an e-paper's contents page lists; [] for any other page.

    Contents link to so many articles at `least`.

    Raises ReaderError for a list that is damaged.
    """
    content = _unzipped(found.content)
    if is_feed(content):
        return feed_entries(content, found.url)
    if "html" not in found.kind:
        return []
    text = decode(content, found.charset)
    links = article_links(text, found.url)
    # A page that marks a text as its own is an article, though it lists its neighbours too.
    if len(links) < least or only_marked(text) is not text:
        return []
    return [FeedEntry(link, "") for link in links]


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            unpacked_content = file.read(LARGEST_LIST + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ReaderError(f"the packed list is damaged: {error}") from None
    if len(unpacked_content) > LARGEST_LIST:
        raise ReaderError(f"the list unpacks to more than {LARGEST_LIST:,} bytes")
    return unpacked_content
