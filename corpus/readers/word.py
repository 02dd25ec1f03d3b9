"""A Word document (.docx) -> one article."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.oxml.ns import qn
from lxml import etree

from corpus.article import Article
from corpus.ids import id_stem
from corpus.newspaper.patterns import ends_sentence, is_byline, width
from corpus.readers.archive import check_archive
from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.fields import issue_date
from corpus.readers.prose import first_words

__all__ = ["read_word"]

TITLE_WIDTH = 40  # in Chinese characters; a longer first line is text
HEADING_LEVELS = frozenset("123456789")


def read_word(document: Document) -> Iterator[Reading]:
    """The article: its title from the style Title, else the first heading, else a short first line.

    Headings become subheads, table rows and list items paragraphs. Text that is marked as deleted is
    left out, inserted text is kept. Numbers that Word itself counts are no text and are not kept.

    Raises ReaderError where the file is no Word document or holds no text.
    """
    check_archive(document.content)
    try:
        file = docx.Document(io.BytesIO(document.content))
        blocks = [block for block in _blocks(file.element.body, _styles(file)) if block[1]]
        stated = file.core_properties.title.strip()
    except (KeyError, ValueError, AttributeError, OSError, etree.LxmlError, zipfile.BadZipFile) as error:
        raise ReaderError(f"the Word document is damaged ({type(error).__name__})") from error
    except RecursionError:
        raise ReaderError("the Word document is nested too deeply") from None
    except Exception as error:  # python-docx has exceptions of no common base for a broken package
        if type(error).__module__.split(".")[0] != "docx":
            raise
        raise ReaderError(f"the file is no Word document ({error})") from error
    yield _article(document, blocks, stated)


def _article(document: Document, blocks: list[tuple[str, str]], stated: str) -> Article:
    title, subtitle, blocks = _titled(blocks, stated)
    byline = ""
    if blocks and is_byline(blocks[0][1]):
        byline, blocks = blocks[0][1], blocks[1:]
    body = "\n\n".join(f"## {text}" if kind == "heading" else text for kind, text in blocks)
    if not body.strip():
        raise ReaderError("the Word document holds no text below its title")
    return Article(
        id_stem(document.stem), title or first_words(body), body,
        subtitle=subtitle, byline=byline, published=issue_date(document.name),
    )  # fmt: skip


def _titled(blocks: list[tuple[str, str]], stated: str) -> tuple[str, str, list[tuple[str, str]]]:
    kinds = [kind for kind, _ in blocks]
    if "title" in kinds:
        titles = [text for kind, text in blocks if kind == "title"]
        subtitles = [text for kind, text in blocks if kind == "subtitle"]
        rest = [block for block in blocks if block[0] not in ("title", "subtitle")]
        return _line(titles), _line(subtitles), rest
    if kinds[:1] == ["heading"]:
        return _line([blocks[0][1]]), "", blocks[1:]
    first = blocks[0][1] if blocks else ""
    if len(blocks) > 1 and width(first) <= TITLE_WIDTH and not ends_sentence(first) and "\n" not in first:
        return _line([first]), "", blocks[1:]
    return _line([stated]), "", blocks


def _line(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


# ---- the document's XML


def _styles(file: docx.document.Document) -> dict[str, str]:
    """Style id -> "title", "subtitle" or "heading", by the names that every language's Word uses inside."""
    kinds = {}
    for style in file.styles:
        name = (style.name or "").lower()
        if name in ("title", "subtitle"):
            kinds[style.style_id] = name
        elif name.startswith("heading ") and name[8:] in HEADING_LEVELS:
            kinds[style.style_id] = "heading"
    return kinds


def _blocks(parent: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    for element in parent:
        if element.tag == qn("w:p"):
            yield _kind(element, styles), _text(element)
            for box in _boxes(element):
                yield from _blocks(box, styles)
        elif element.tag == qn("w:tbl"):
            for row in element.iterchildren(qn("w:tr")):
                cells = (" ".join(map(_text, cell.iter(qn("w:p")))) for cell in row.iterchildren(qn("w:tc")))
                yield "text", " ".join(cell for cell in cells if cell)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo")):
            yield from _blocks(element, styles)


def _kind(paragraph: etree._Element, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return styles.get(style.get(qn("w:val"), ""), "text") if style is not None else "text"


SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr", "w:instrText")))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def _text(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph)).strip(" \t\n")


def _pieces(parent: etree._Element) -> Iterator[str]:
    for element in parent:
        if element.tag in SKIPPED or element.tag == FALLBACK:
            continue
        if element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in BREAKS:
            yield BREAKS[element.tag]
        else:
            yield from _pieces(element)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(True for _ in box.iterancestors(FALLBACK)):
            yield box
