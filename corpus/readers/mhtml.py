"""A page that a browser has saved with its pictures in one file (MHTML) -> the articles on it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article
from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.web.reader import read_web

__all__ = ["is_mhtml", "read_mhtml"]

BEGINNING = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]{0,500}\r?\n(?:[ \t][^\n]{0,500}\r?\n)*){1,30}")


def is_mhtml(content: bytes) -> bool:
    """Whether the bytes begin as a saved page's do: headers, and among them multipart/related."""
    match = BEGINNING.match(content[:8000])
    return match is not None and b"multipart/related" in match[0].lower()


def read_mhtml(document: Document) -> Iterator[Reading]:
    """The articles of the page in it, with the address that the browser has noted.

    Raises ReaderError where the file holds no page, and as `read_web`.
    """
    message = email.message_from_bytes(document.content, policy=email.policy.default)
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if not pages:
        raise ReaderError("the saved page (MHTML) holds no HTML")
    content = pages[0].get_payload(decode=True)
    if not isinstance(content, bytes):
        raise ReaderError("the saved page (MHTML) is damaged")
    noted = str(message.get("Snapshot-Content-Location", "") or pages[0].get("Content-Location", ""))
    address = noted if noted.startswith(("http://", "https://")) else ""
    inner = replace(document, content=content, charset=pages[0].get_content_charset() or "")
    for reading in read_web(inner):
        is_bare = isinstance(reading, Article) and not reading.url
        yield replace(reading, url=address) if isinstance(reading, Article) and is_bare else reading
