"""Adds articles to the library: new, changed or unchanged; each whole or not at all."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from corpus.article import Article, ArticleError, to_markdown
from corpus.disk import exclusive_lock, replace_file
from corpus.errors import reason
from corpus.library.catalogue import Catalogue, Entry
from corpus.library.files import LibraryError
from corpus.library.scans import keep_scan
from corpus.readers.document import Document, Note, ReaderError, Reading, Scan
from corpus.readers.formats import read

__all__ = ["HISTORY", "Added", "Adder", "Outcome", "Overrides", "Report", "keep_former"]

HISTORY = ".history"
"""The folder of former texts, inside the folder of articles: one folder an id, one file a time."""

GRAM = 5  # characters
ALIKE = 0.2  # share of the shorter text's five-character pieces that both hold: below, only the title is one

Outcome = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True)
class Overrides:
    """Fields stated by the editor for all that is added, before the articles' own; "" and None: none."""

    source: str = ""
    published: date | None = None
    url: str = ""
    section: str = ""

    def on(self, article: Article) -> Article:
        return replace(
            article,
            source=self.source or article.source,
            published=self.published or article.published,
            url=self.url or article.url,
            section=self.section or article.section,
        )


@dataclass(frozen=True)
class Added:
    """One article that was added, or was there already, as the editor is told of it."""

    outcome: Outcome
    id: str
    title: str
    published: date | None
    source: str


def _silent(about: Added | Note) -> None:
    pass


@dataclass
class Report:
    """Counts of articles by outcome, and notes on single ones."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)

    def count(self, fate: Outcome) -> None:
        setattr(self, fate, getattr(self, fate) + 1)


@dataclass
class Adder:
    """Adds to a library. With `dry_run` nothing is written; the report says what would be.

    `tell` is called with each article when it is done, and with each Note. `read` reads a document.
    """

    catalogue: Catalogue
    stated: Overrides = Overrides()
    dry_run: bool = False
    report: Report = field(default_factory=Report)
    tell: Callable[[Added | Note], None] = _silent
    read: Callable[[Document], Iterator[Reading]] = read

    def add_all(self, documents: Iterable[Document | Note], progress: Callable[[str], None]) -> Report:
        """Adds the articles of each document; `progress` is told the name of each that is done.

        A document that cannot be read goes to `report.refused`, and the others go on.
        """
        for document in documents:
            if isinstance(document, Note):
                self.note(document)
            else:
                self.add_document(document)
            progress(document.name)
        return self.report

    def add_document(self, document: Document) -> bool:
        """Add the articles of a document; True if none of it was refused."""
        return self._add_readings(document.name, self.read(document))

    def add_articles(self, name: str, articles: Iterable[Article]) -> Report:
        """Adds articles that an editor has read already; `name` is what they come from."""
        self._add_readings(name, articles)
        return self.report

    def _add_readings(self, name: str, readings: Iterable[Reading]) -> bool:
        refused = len(self.report.refused)
        taken: set[str] = set()
        try:
            for reading in readings:
                if isinstance(reading, Note):
                    self.note(reading)
                elif isinstance(reading, Scan):
                    self._keep(reading)
                elif self.stated.url and taken:
                    raise ReaderError("it holds several articles; --url can name one only")
                else:
                    self._add(self.stated.on(reading), taken)
        except (ReaderError, ArticleError, LibraryError) as error:
            self.note(Note(name, str(error)))
        except (OSError, sqlite3.OperationalError) as error:  # a full disk
            self.note(Note(name, reason(error)))
        return len(self.report.refused) == refused

    def _keep(self, scan: Scan) -> None:
        if not self.dry_run:
            keep_scan(self.catalogue.folder, scan)

    def note(self, note: Note) -> None:
        """Report the note, and tell it."""
        self.tell(note)
        (self.report.refused if note.refused else self.report.doubts).append(note)

    def _add(self, article: Article, taken: set[str]) -> None:
        article = _tidy(article)
        with exclusive_lock(
            self.catalogue.folder
        ):  # another `add`, or a withdrawal between reading and writing
            self._put(article, taken)
            self.catalogue.save()

    def _put(self, article: Article, taken: set[str]) -> None:
        entry = self._same(article, taken)
        if entry is None:
            article = replace(article, id=self._free_id(article))
            self._write(self.catalogue.folder / f"{article.id}.md", article)
            outcome: Outcome = "added"
        else:
            former = self.catalogue.read(entry)
            # What the editor has decided stays: a feed must not publish again what was withdrawn.
            article = replace(
                article, id=former.id, status=former.status, withdrawal=former.withdrawal,
                withdrawn_on=former.withdrawn_on, correction=former.correction,
                supersedes=article.supersedes or former.supersedes, asked=article.asked or former.asked,
                not_asked=article.not_asked or former.not_asked,
                valid_until=article.valid_until or former.valid_until,
            )  # fmt: skip
            if article != former:
                self._replace(self.catalogue.folder / entry.path, former, article)
            outcome = "unchanged" if article == former else "changed"
        self.report.count(outcome)
        self.tell(Added(outcome, article.id, article.title, article.published, article.source))
        taken.add(article.id)

    def _same(self, article: Article, taken: set[str]) -> Entry | None:
        """The file that holds this article already: one address, or one title, source and date."""
        if found := self.catalogue.by_url(article.url):
            return found if found.id not in taken else None
        for entry in self.catalogue.by_title(article):
            if entry.id in taken:
                continue  # two articles of one page may have one title
            former = self.catalogue.read(entry)
            other_address = bool(article.url and former.url and article.url != former.url)
            if not other_address and (entry.id == article.id or _alike(article.body, former.body)):
                return entry
        return None

    def _free_id(self, article: Article) -> str:
        stem, number = article.id[:95], 1
        while self.catalogue.by_id(article.id) or (self.catalogue.folder / f"{article.id}.md").exists():
            number += 1
            article = replace(article, id=f"{stem}.{number}")
        return article.id

    def _write(self, path: Path, article: Article) -> None:
        if not self.dry_run:
            replace_file(path, to_markdown(article))
            self.catalogue.note(path, article)

    def _replace(self, path: Path, former: Article, article: Article) -> None:
        if not self.dry_run:
            keep_former(self.catalogue.folder, former)
            self._write(path, article)


def keep_former(folder: Path, former: Article) -> Path:
    """Writes the text that is about to be replaced or removed to the history; its new path."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    path = folder / HISTORY / former.id / f"{now}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, to_markdown(former))
    return path


def _tidy(article: Article) -> Article:
    """The article without control characters and half characters, its line ends those of the library."""
    body = _text(article.body.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    line = {
        name: " ".join(_text(getattr(article, name)).split())
        for name in ("title", "kicker", "subtitle", "byline", "section", "page", "source", "url")
    }
    if not body.strip():
        raise ReaderError(f"the article {line['title']!r} has no text")
    return replace(
        article, body=body, title=line["title"], kicker=line["kicker"], subtitle=line["subtitle"],
        byline=line["byline"], section=line["section"], page=line["page"], source=line["source"],
        url=line["url"],
    )  # fmt: skip


def _text(text: str) -> str:
    return re.sub("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", "", text)


def _alike(one: str, other: str) -> bool:
    first, second = (
        {text[at : at + GRAM] for at in range(max(1, len(text) - GRAM + 1))}
        for text in ("".join(one.split()), "".join(other.split()))
    )
    return len(first & second) >= ALIKE * min(len(first), len(second))
