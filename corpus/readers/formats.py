"""Choice of the reader for a document: by its first bytes, then by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from corpus.article import ArticleError
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.encoding import damaged_characters
from corpus.readers.feed import is_feed
from corpus.readers.markdown import read_markdown
from corpus.readers.mhtml import is_mhtml, read_mhtml
from corpus.readers.ocr import read_picture
from corpus.readers.ofd import read_ofd
from corpus.readers.office import ENDINGS, read_office
from corpus.readers.pdf.reader import read_pdf
from corpus.readers.plain import read_plain
from corpus.readers.rows import read_csv, read_jsonl
from corpus.readers.sheet import read_sheet
from corpus.readers.web.reader import read_web
from corpus.readers.word.reader import read_word

__all__ = ["SUFFIXES", "is_archive", "is_document", "is_plain_text", "read"]

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif")
FormatReader = Callable[[Document], Iterator[Reading]]

READERS: dict[str, FormatReader] = {
    ".txt": read_plain, ".text": read_plain,
    ".md": read_markdown, ".markdown": read_markdown,
    ".htm": read_web, ".html": read_web, ".xhtml": read_web, ".shtml": read_web,
    ".mhtml": read_mhtml, ".mht": read_mhtml,
    ".pdf": read_pdf,
    ".docx": read_word, ".docm": read_word,
    ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".json": read_jsonl,
    ".csv": read_csv, ".tsv": read_csv,
    ".xlsx": read_sheet, ".xlsm": read_sheet,
    ".ofd": read_ofd,
    **dict.fromkeys(ENDINGS, read_office),
    **dict.fromkeys(PICTURES, read_picture),
}  # fmt: skip
SUFFIXES = (*READERS, ".zip")
"""The endings of names that can be read."""

# Formats that hold articles and are not read: they are named, and refused with what to do.
UNREAD = {
    ".xls": "Excel 97 (.xls) is not read; save it as .xlsx and add that",
    ".et": "a WPS table (.et) is not read; save it as .xlsx and add that",
    ".ods": "an OpenDocument table (.ods) is not read; save it as .xlsx and add that",
    ".ppt": "PowerPoint is not read; save it as PDF and add that",
    ".pptx": "PowerPoint is not read; save it as PDF and add that",
    ".odp": "slides (.odp) are not read; save them as PDF and add that",
    ".dps": "slides (.dps) are not read; save them as PDF and add that",
    ".epub": "EPUB is not read; save it as PDF or text and add that",
    ".eml": "e-mail is not read; save its text as .txt and add that",
    ".msg": "e-mail is not read; save its text as .txt and add that",
    ".caj": "CAJ is not read; save it as PDF and add that",
    ".pages": "Pages is not read; save it as .docx and add that",
    ".xml": "XML of this kind is not read; a feed's or sitemap's address can be added",
    ".rss": "it is a feed; add its address, and the articles it lists are fetched",
}  # fmt: skip
PACKED = (".docx", ".docm", ".xlsx", ".xlsm", ".ofd", ".odt")
PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
OFFICE_STARTS = (b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
MEMBERS = {
    b"word/document.xml": ".docx", b"xl/workbook.xml": ".xlsx", b"ppt/presentation.xml": ".pptx",
    b"OFD.xml": ".ofd", b"mimetypeapplication/vnd.oasis.opendocument.text": ".odt",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"mimetypeapplication/vnd.oasis.opendocument.presentation": ".odp",
    b"mimetypeapplication/epub+zip": ".epub",
}  # fmt: skip
LOCK_FILES = re.compile(r"(?:^|/)(?:~\$|\.~lock\.)[^/]*$")
ASSETS = re.compile(r"(?:^|/)[^/]+(?:_files|\.files)/[^/]*$")  # what a browser saves beside a page
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKUP = re.compile(rb"\s*<[!?A-Za-z]")
MAIL = re.compile(
    rb"(?:(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|From|Subject|Date|To): )",
    re.IGNORECASE,
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OF_TEXT = (read_plain, read_markdown, read_web, read_jsonl, read_csv)


def read(document: Document) -> Iterator[Reading]:
    """The articles of a document that is no archive, and Notes on what was refused or is doubtful.

    Raises ReaderError where nothing of it can be read.
    """
    reader = _reader(document)
    try:
        yield from reader(document)
    except ArticleError as error:
        raise ReaderError(str(error)) from error
    if reader in OF_TEXT and (damaged := damaged_characters(document.content)):
        told = (
            f"{damaged} of its characters are cut or damaged; where they stand in an article they are \ufffd"
        )
        yield Note(document.name, told, refused=False)


def is_plain_text(document: Document) -> bool:
    """Whether it is text without markup, which costs little to read. Raises ReaderError as `read` does."""
    return _reader(document) in (read_plain, read_markdown)


def is_document(name: str) -> bool:
    """Whether a file of a folder or an archive is meant to be read, by its name: a style sheet is not.

    Those are that hold articles in a format that is not read: they are to be named, and refused. An
    office program's lock file and the pictures of a saved page are not.
    """
    if LOCK_FILES.search(name) or ASSETS.search(name):
        return False
    return name.lower().endswith((*SUFFIXES, *UNREAD))


def is_archive(document: Document) -> bool:
    """Whether it is a zip file of documents; a Word document is a zip file too."""
    if not document.content.startswith(b"PK\x03\x04"):
        return False
    return _suffix(document) == ".zip" or not _packed(document)


def _packed(document: Document) -> str:
    """The ending of the format that packs its parts as zip; "" where it is none that is known."""
    suffix = _suffix(document)
    known = next((ending for member, ending in MEMBERS.items() if member in document.content), "")
    return known or (suffix if suffix in (*PACKED, *UNREAD) else "")


def _suffix(document: Document) -> str:
    """The ending of the name, "" where it has none: "2024.11.26" ends in no format's name."""
    suffix = PurePath(document.name.split("?")[0]).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z][a-z0-9]{0,9}", suffix) else ""


def _reader(document: Document) -> FormatReader:
    head, suffix = document.content[:1024].removeprefix(BYTE_ORDER_MARK), _suffix(document)
    if not document.content:
        raise ReaderError("the file is empty")
    if known := _by_content(document, head):
        return known
    if suffix in UNREAD:
        raise ReaderError(UNREAD[suffix])
    if suffix in READERS and not document.url:
        return READERS[suffix]
    if head.lstrip().startswith((b'{"', b"[{")):
        return read_jsonl
    if head.startswith((b"---\n", b"---\r\n", b"# ")):
        return read_markdown
    if suffix in READERS:
        return READERS[suffix]
    return _plain(document, head, suffix)


def _by_content(document: Document, head: bytes) -> FormatReader | None:
    """The reader that the first bytes tell for certain; None where they tell none.

    Raises ReaderError where they tell a format that is not read.
    """
    suffix = _suffix(document)
    if b"%PDF-" in head:
        return read_pdf
    if head.startswith(b"PK\x03\x04"):
        packed = _packed(document)
        if packed in UNREAD:
            raise ReaderError(UNREAD[packed])
        return READERS[packed] if packed in PACKED else read_word
    if head.startswith(PICTURE_STARTS):
        return read_picture
    if head.startswith(OFFICE_STARTS):
        if suffix in UNREAD:
            raise ReaderError(UNREAD[suffix])
        return read_office
    if is_mhtml(document.content):
        return read_mhtml
    if is_feed(document.content):
        raise ReaderError(UNREAD[".rss"])
    return read_web if HTML.match(head) and suffix not in (".md", ".markdown") else None


def _plain(document: Document, head: bytes, suffix: str) -> FormatReader:
    """The reader of plain text, for what has no ending, or comes from an address.

    Raises ReaderError where the name or the first bytes are those of something else.
    """
    if MARKUP.match(head):
        if document.url:
            return read_web
        raise ReaderError("it is markup of a kind that is not read; save it as HTML, Word or text")
    if len(MAIL.findall(head)) > 2:
        raise ReaderError(UNREAD[".eml"])
    if suffix and not document.url:
        raise ReaderError(f"{suffix} is no format that is read; these are: {' '.join(SUFFIXES)}")
    return read_plain
