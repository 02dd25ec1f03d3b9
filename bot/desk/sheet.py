"""A document on the desk: its text beside the articles read from it, and what an editor does to them.

Every function gives a new sheet; storing it is `bot.operations.sheets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Article
from corpus.body import SUBHEAD
from corpus.ids import id_stem
from corpus.newspaper.page import read_page
from corpus.readers.document import Document, Note, Reading
from corpus.readers.encoding import decode
from corpus.readers.formats import is_plain_text, read
from corpus.readers.prose import first_words

__all__ = [
    "FIELDS",
    "Highlight",
    "Sheet",
    "SheetArticle",
    "is_cheap",
    "join",
    "lay_out",
    "paragraph_starts",
    "split",
]

FIELDS = ("title", "kicker", "subtitle", "byline", "section", "page", "source", "published", "url")
"""What is typed of an article beside its body."""

LARGEST_TEXT = 2_000_000
"""Bytes of a text that is read, and accounted for, within the service: many newspaper pages."""

NOT_TAKEN = "not taken"
IN_FIELDS = ("title", "kicker", "subtitle", "byline")


@dataclass(frozen=True)
class Highlight:
    """source[start:end] and what became of it: a fate of corpus.newspaper, or "not taken"."""

    start: int
    end: int
    fate: str
    piece: str = ""


@dataclass(frozen=True)
class SheetArticle:
    """An article as it is typed; `key` tells it from the others of the sheet, `is_out` leaves it out."""

    key: str
    body: str
    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    section: str = ""
    page: str = ""
    source: str = ""
    published: str = ""
    url: str = ""
    scan: str = ""
    is_out: bool = False

    def article(self) -> Article:
        """Raises ArticleError without a title, ValueError where the date is none."""
        values = {name: getattr(self, name).strip() for name in FIELDS}
        day = values.pop("published")
        published = date.fromisoformat(day) if day else None
        return Article(self.key, body=self.body, scan=self.scan, published=published, **values)


@dataclass(frozen=True)
class Sheet:
    """`marks` cover the source from end to end; a doubt begins with a piece's key where it is about one."""

    name: str
    source: str
    pieces: tuple[SheetArticle, ...]
    marks: tuple[Highlight, ...]
    doubts: tuple[str, ...] = ()

    def piece(self, key: str) -> SheetArticle:
        """Raises KeyError."""
        for piece in self.pieces:
            if piece.key == key:
                return piece
        raise KeyError(key)


def is_cheap(document: Document) -> bool:
    """Whether it is text of a size that costs little to read, whatever it holds. Raises ReaderError."""
    return len(document.content) <= LARGEST_TEXT and is_plain_text(document)


def lay_out(
    document: Document,
    source: str = "",
    published: str = "",
    read: Callable[[Document], Iterable[Reading]] = read,
) -> Sheet:
    """The sheet of a document; `source` and `published` serve where the document does not say.

    Raises ReaderError where it holds no article, and what `read` raises.
    """
    readings = list(read(document))
    articles = [reading for reading in readings if isinstance(reading, Article)]
    doubts = tuple(reading.text for reading in readings if isinstance(reading, Note))
    pieces = tuple(_piece(article, source, published) for article in articles)
    if document.name.lower().endswith((".txt", ".text")) and is_cheap(document):
        text = decode(document.content, document.charset)
        page = read_page(text, document.stem)
        if page.certain:
            marks = tuple(Highlight(f.start, f.end, f.fate, f.article) for f in page.fragments)
            return Sheet(document.name, text, pieces, marks, doubts)
    else:
        text = "\n\n".join(_as_text(article) for article in articles)
    return Sheet(document.name, text, pieces, tuple(_by_lines(text, pieces)), doubts)


def _piece(article: Article, source: str, published: str) -> SheetArticle:
    values = {name: getattr(article, name) for name in FIELDS if name != "published"}
    values["source"] = article.source or source
    day = str(article.published or published)
    return SheetArticle(article.id, article.body, published=day, scan=article.scan, **values)


def _as_text(article: Article) -> str:
    stated = (article.kicker, article.title, article.subtitle, article.byline, "", article.body)
    return "\n".join(part for part in stated if part)


def _by_lines(source: str, pieces: Sequence[SheetArticle]) -> Iterator[Highlight]:
    """Where a document's reader gives no account: each line by where it is found again, in reading order."""
    at, current = 0, 0
    for line in source.splitlines(keepends=True):
        end, text = at + len(line), line.strip().removeprefix(SUBHEAD)
        fate, key = ("space", "") if not text else (NOT_TAKEN, "")
        for number in range(current, len(pieces)) if text else ():
            found = next((name for name in IN_FIELDS if text in getattr(pieces[number], name)), "")
            if found or text in pieces[number].body:
                fate, key, current = found or "body", pieces[number].key, number
                break
        yield Highlight(at, end, fate, key)
        at = end


# ---- what an editor does


def paragraph_starts(body: str) -> list[tuple[int, str]]:
    """Where each paragraph or subhead begins in the body, and its text."""
    return [(match.start(), match[0]) for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", body)]


def join(sheet: Sheet, key: str) -> Sheet:
    """Join an article to the one before it: its heading becomes a subhead. Raises KeyError, IndexError."""
    place = sheet.pieces.index(sheet.piece(key))
    if place == 0:
        raise IndexError("nothing stands before the first article")
    first, second = sheet.pieces[place - 1 : place + 1]
    heading = " ".join(part for part in (second.kicker, second.title, second.subtitle) if part)
    body = "\n\n".join(part for part in (first.body, heading and SUBHEAD + heading, second.body) if part)
    byline = " ".join(part for part in (first.byline, second.byline) if part)
    joined = replace(first, body=body, byline=byline)
    fates = {"title": "subhead", "kicker": "subhead", "subtitle": "subhead"}
    marks = tuple(
        replace(mark, piece=first.key, fate=fates.get(mark.fate, mark.fate)) if mark.piece == key else mark
        for mark in sheet.marks
    )
    pieces = (*sheet.pieces[: place - 1], joined, *sheet.pieces[place + 1 :])
    return replace(sheet, pieces=pieces, marks=marks)


def split(sheet: Sheet, key: str, start: int) -> Sheet:
    """Begin a new article at a paragraph; a subhead there becomes its title, else its first words do.

    Raises KeyError, and IndexError where no second paragraph begins at `start`.
    """
    piece = sheet.piece(key)
    text = dict(paragraph_starts(piece.body)[1:]).get(start)
    if text is None:
        raise IndexError("no further paragraph begins there")
    rest = piece.body[start:]
    is_titled = text.startswith(SUBHEAD) and rest != text
    title = text.removeprefix(SUBHEAD) if is_titled else first_words(rest.removeprefix(SUBHEAD))
    body = rest[len(text) :].strip("\n") if is_titled else rest
    fresh = replace(piece, key=_fresh_key(sheet), body=body, title=title, kicker="", subtitle="", byline="")
    place = sheet.pieces.index(piece)
    kept = replace(piece, body=piece.body[:start].rstrip("\n"))
    marks = tuple(_moved(sheet, piece, start, fresh.key, len(text) if is_titled else 0))
    return replace(
        sheet, pieces=(*sheet.pieces[:place], kept, fresh, *sheet.pieces[place + 1 :]), marks=marks
    )


def _moved(sheet: Sheet, piece: SheetArticle, start: int, key: str, title: int) -> Iterator[Highlight]:
    """The marks, those of the body from `start` on given to the new piece; breaks go with what is before."""
    at, owner = 0, piece.key
    for mark in sheet.marks:
        if mark.piece != piece.key:
            yield mark
            continue
        fate = mark.fate
        if fate in ("body", "subhead"):
            text = sheet.source[mark.start : mark.end].strip()
            found = piece.body.find(text, at)
            if found >= 0:
                at = found + len(text)
                owner = key if found >= start else piece.key
                if owner == key and fate == "subhead" and found < start + title:
                    fate = "title"
        yield replace(mark, piece=owner if fate not in IN_FIELDS or owner == key else piece.key, fate=fate)


def _fresh_key(sheet: Sheet) -> str:
    stem = re.sub(r"-\d+$", "", sheet.pieces[0].key)
    taken = {piece.key for piece in sheet.pieces} | {mark.piece for mark in sheet.marks}
    number = len(sheet.pieces) + 1
    while f"{id_stem(stem)}-{number}" in taken:
        number += 1
    return f"{id_stem(stem)}-{number}"
