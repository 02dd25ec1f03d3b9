"""The parts of a Word file's zip archive, whichever edition of Office wrote it."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from corpus.readers.archive import check_archive
from corpus.readers.document import ReaderError

__all__ = ["Package", "W", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST = 30_000_000  # bytes of XML; a book of 600 pages has about 10 million
# "Strict Open XML Document" names the same parts by other names.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
MAIN_PART = "/officeDocument"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML; "" where there is none."""
    return "" if element is None else element.get(f"{W}{name}", "")


class Package:
    """A Word file's XML parts by their use: the document, its styles, notes and numbering.

    Raises ReaderError where the bytes are no Word document.
    """

    def __init__(self, content: bytes) -> None:
        check_archive(content)
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = {info.filename: info for info in self._archive.infolist()}
        self._path = self._main()
        document = self._parsed(self._path)
        body = None if document is None else document.find(f"{W}body")
        if body is None:
            raise ReaderError("the file is no Word document: it has no body")
        self.body = body

    def part(self, name: str) -> etree._Element | None:
        """The root of "styles", "footnotes", "endnotes" or "numbering"; None where there is none."""
        return self._parsed(posixpath.join(posixpath.dirname(self._path), f"{name}.xml"))

    def stated_title(self) -> str:
        """The title in the document's properties, which is often an old one."""
        core = self._parsed("docProps/core.xml")
        found = None if core is None else core.find("{http://purl.org/dc/elements/1.1/}title")
        return (found.text or "").strip() if found is not None else ""

    def _main(self) -> str:
        relationships = self._parsed("_rels/.rels")
        for one in () if relationships is None else relationships.iter(RELATIONSHIPS):
            if one.get("Type", "").endswith(MAIN_PART):
                return one.get("Target", "").lstrip("/")
        return "word/document.xml"

    def _parsed(self, path: str) -> etree._Element | None:
        info = self._names.get(path)
        if info is None:
            return None
        if info.file_size > LARGEST:
            raise ReaderError(f"the Word document has {info.file_size:,} bytes of text; at most {LARGEST:,}")
        content = self._archive.read(info)
        for strict, common in STRICT:
            content = content.replace(strict, common)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(content, parser)
