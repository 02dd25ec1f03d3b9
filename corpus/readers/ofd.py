"""OFD (GB/T 33190), the Chinese state's format of fixed pages -> its articles."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from corpus.readers.archive import DAMAGED, check_archive
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.placed import PlacedLine, in_reading_order, joined, page_text
from corpus.readers.plain import read_plain

__all__ = ["read_ofd"]

LARGEST = 30_000_000  # bytes of one part
MOST_PAGES = 2_000
FULL = 0.6  # share of an em: wider characters take a whole one


def read_ofd(document: Document) -> Iterator[Reading]:
    """The articles of all pages together, lines mended; a page without text is named.

    Raises ReaderError where the file is damaged, or holds no text.
    """
    check_archive(document.content)
    try:
        package = _Package(document.content)
        pages = [page_text(list(in_reading_order(joined(lines)))) for lines in package.pages()]
    except (*DAMAGED, etree.LxmlError) as error:
        if isinstance(error, ReaderError):
            raise
        raise ReaderError(f"the OFD file is damaged ({type(error).__name__})") from error
    if not any(pages):
        raise ReaderError(
            "the OFD file holds no text: its pages are pictures; save them as .png and add those"
        )
    yield from read_plain(replace(document, content="\n".join(filter(None, pages)).encode()))
    for number, text in enumerate(pages, 1):
        if not text:
            yield Note(document.name, f"page {number} holds no text", refused=False)


class _Package:
    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        # Names are written with and without a leading slash, and in any case.
        self._names = {name.lstrip("/").lower(): name for name in self._archive.namelist()}

    def pages(self) -> Iterator[list[PlacedLine]]:
        """The pieces of text of each page, those of its templates too."""
        root = self._part("OFD.xml")
        documents = [_words(one) for one in _found(root, "DocRoot")]
        if not documents:
            raise ReaderError("the OFD file names no document")
        for path in documents:
            folder, body = posixpath.dirname(path), self._part(path)
            templates = {one.get("ID", ""): one.get("BaseLoc", "") for one in _found(body, "TemplatePage")}
            notes = self._annotations(folder, body)
            for number, page in enumerate(_found(body, "Page")):
                if number >= MOST_PAGES:
                    raise ReaderError(f"the OFD file has more than {MOST_PAGES} pages")
                content = self._part(page.get("BaseLoc", ""), folder)
                used = [templates.get(one.get("TemplateID", ""), "") for one in _found(content, "Template")]
                parts = [
                    *(self._part(one, folder) for one in used if one),
                    content,
                    *notes.get(page.get("ID", ""), ()),
                ]
                yield [line for part in parts for line in _pieces(part)]

    def _annotations(self, folder: str, body: etree._Element) -> dict[str, list[etree._Element]]:
        """The parts with what is written onto pages (stamps, fields of forms), by the page's id."""
        found: dict[str, list[etree._Element]] = {}
        for listed in _found(body, "Annotations"):
            path = _joined(folder, _words(listed))
            for page in _found(self._part(path), "Page"):
                for place in _found(page, "FileLoc"):
                    part = self._part(_words(place), posixpath.dirname(path))
                    found.setdefault(page.get("PageID", ""), []).append(part)
        return found

    def _part(self, path: str, folder: str = "") -> etree._Element:
        """The part's root; an empty element where the file has none of this name."""
        name = self._names.get(_joined(folder, path).lower()) or self._names.get(path.lstrip("/").lower())
        if name is None:
            return etree.Element("missing")
        info = self._archive.getinfo(name)
        if info.file_size > LARGEST:
            raise ReaderError(f"a page of the OFD file has {info.file_size:,} bytes; at most {LARGEST:,}")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
        root = etree.fromstring(self._archive.read(info), parser)
        return etree.Element("empty") if root is None else root


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(
        path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    ).lstrip("/")


def _found(root: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from root.iter(f"{{*}}{name}")


def _words(element: etree._Element) -> str:
    return (element.text or "").strip()


def _pieces(part: etree._Element) -> Iterator[PlacedLine]:
    """Each TextCode of the visible text objects with its place on the page, in millimetres."""
    for text_object in _found(part, "TextObject"):
        if text_object.get("Visible", "true") == "false":
            continue
        left, top, *_ = [*_numbers(text_object.get("Boundary", "")), 0.0, 0.0]
        size = next(iter(_numbers(text_object.get("Size", ""))), 3.5)
        x = y = 0.0
        for code in _found(text_object, "TextCode"):
            x = next(iter(_numbers(code.get("X", ""))), x)
            y = next(iter(_numbers(code.get("Y", ""))), y)
            text = "".join(map(str, code.itertext())).strip()
            if text:
                width = sum(size if ord(char) > 0x2FF else FULL * size for char in text)
                base = top + y
                yield PlacedLine(text, left + x, base - size, left + x + width, base)


def _numbers(text: str) -> list[float]:
    try:
        return [float(number) for number in text.split()]
    except ValueError:
        return []
