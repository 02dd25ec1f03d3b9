"""Plain text -> the articles of a newspaper page, or one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article
from corpus.ids import id_stem
from corpus.newspaper.page import Page, read_page
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.encoding import decode
from corpus.readers.fields import issue_date, page_number
from corpus.readers.prose import body_of, first_words, split_title

__all__ = ["read_plain"]


def read_plain(document: Document) -> Iterator[Reading]:
    """The articles of a page if its headlines, marks, bylines or datelines show any, else one article.

    A note tells of each place where another division is hardly worse. The document's name may give the
    date and the printed page, else the page's own furniture does.

    Raises ReaderError if the text is blank or no text.
    """
    text = decode(document.content, document.charset)
    if not text.strip():
        raise ReaderError("the file is blank: no text stands in it")
    page = read_page(text, document.stem)
    if not page.certain:
        yield replace(_one_article(document, text), published=issue_date(document.name))
        yield from (Note(document.name, doubt, refused=False) for doubt in page.doubts)
        return
    yield from _of_page(document, page)


def _of_page(document: Document, page: Page) -> Iterator[Reading]:
    published = issue_date(document.name)
    number = page_number(document.name.rsplit(".", 1)[0]) or page.number
    for article in page.articles:
        yield replace(article, published=published, page=number)
    for warning in page.warnings:
        yield Note(document.name, warning, refused=False)


def _one_article(document: Document, text: str) -> Article:
    title, rest = split_title(text)
    body = body_of(rest)
    return Article(id_stem(document.stem), title or first_words(body), body)
