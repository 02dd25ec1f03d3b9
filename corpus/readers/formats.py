"""Which reader reads a document: by its first bytes, then by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from corpus.article import ArticleError
from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf.reader import read_pdf
from corpus.readers.plain import read_plain
from corpus.readers.rows import read_csv, read_jsonl
from corpus.readers.web.reader import read_web
from corpus.readers.word import read_word

__all__ = ["SUFFIXES", "is_archive", "is_document", "read"]

Reader = Callable[[Document], Iterator[Reading]]

READERS: dict[str, Reader] = {
    ".txt": read_plain, ".text": read_plain,
    ".md": read_markdown, ".markdown": read_markdown,
    ".htm": read_web, ".html": read_web, ".xhtml": read_web, ".shtml": read_web,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".json": read_jsonl,
    ".csv": read_csv, ".tsv": read_csv,
}  # fmt: skip
SUFFIXES = (*READERS, ".zip")
"""The endings of names that can be read."""

OLD = {
    ".doc": "Word 97 (.doc) is not read; save it as .docx and add that",
    ".wps": "WPS (.wps) is not read; save it as .docx and add that",
    ".rtf": "RTF is not read; save it as .docx and add that",
    ".odt": "OpenDocument (.odt) is not read; save it as .docx and add that",
    ".xls": "Excel is not read; save it as CSV and add that",
    ".xlsx": "Excel is not read; save it as CSV and add that",
}
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(document: Document) -> Iterator[Reading]:
    """The articles of a document that is no archive, and Notes on what was refused or is doubtful.

    Raises ReaderError where nothing of it can be read.
    """
    try:
        yield from _reader(document)(document)
    except ArticleError as error:
        raise ReaderError(str(error)) from error


def is_document(name: str) -> bool:
    """Whether a file of a folder or an archive is meant to be read, by its name: a style sheet is not.

    Those are that hold articles in a format that is not read (.doc): they are to be named, and refused.
    """
    return name.lower().endswith((*SUFFIXES, *OLD))


def is_archive(document: Document) -> bool:
    """Whether it is a zip file of documents; a Word document is a zip file too."""
    if not document.content.startswith(b"PK\x03\x04") or _suffix(document) == ".docx":
        return False
    return b"word/document.xml" not in document.content or _suffix(document) == ".zip"


def _suffix(document: Document) -> str:
    return PurePath(document.name.split("?")[0]).suffix.lower()


def _reader(document: Document) -> Reader:
    head, suffix = document.content[:1024].removeprefix(BYTE_ORDER_MARK), _suffix(document)
    if not document.content:
        raise ReaderError("the file is empty")
    if b"%PDF-" in head:
        return read_pdf
    if head.startswith(b"PK\x03\x04"):
        return read_word
    if head.startswith(PICTURES):
        raise ReaderError("it is a picture; only text is read")
    if suffix in OLD:
        raise ReaderError(OLD[suffix])
    if suffix in READERS and not document.url:
        return READERS[suffix]
    if HTML.match(head):
        return read_web
    if head.lstrip().startswith(b'{"') or head.lstrip().startswith(b"[{"):
        return read_jsonl
    if head.startswith((b"---\n", b"---\r\n", b"# ")):
        return read_markdown
    return READERS.get(suffix, read_plain)
