"""A Word document's body -> its headings, paragraphs and table rows, as its readers see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from corpus.readers.word.numbering import Numbering
from corpus.readers.word.package import Package, W, value

__all__ = ["WordLine", "all_text", "lines_of"]

HEADING_LEVELS = frozenset("123456789")
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Wrappers: content controls, custom XML, smart tags, insertions, moved text, alternatives.
AROUND = frozenset(
    [f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")]
    + [f"{COMPATIBILITY}AlternateContent", f"{COMPATIBILITY}Choice"]
)
SKIPPED = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText", "rt", "sdtPr")]
    + [f"{COMPATIBILITY}Fallback"]
)
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class WordLine(NamedTuple):
    """`kind` is "title", "subtitle", "heading" or "text"."""

    kind: str
    text: str


def lines_of(package: Package) -> list[WordLine]:
    """The lines in reading order, notes behind them; none is blank.

    Hidden, struck and deleted text and readings over characters are left out. A merged cell's words are
    repeated in each row that it spans.
    """
    reading = _Reading(package)
    lines = list(reading.lines(package.body))
    return [line for line in (*lines, *reading.notes()) if line.text]


def all_text(package: Package) -> str:
    """All that the document's body holds as text, what is hidden or struck too."""
    return "".join(text.text or "" for text in package.body.iter(f"{W}t") if not _is_fallback(text))


def _is_fallback(element: etree._Element) -> bool:
    return any(True for _ in element.iterancestors(f"{COMPATIBILITY}Fallback"))


class _Reading:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._kinds, self._numbered, self._hidden = _styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._noted: list[tuple[str, str]] = []

    def lines(self, parent: etree._Element) -> Iterator[WordLine]:
        for element in parent:
            if element.tag == f"{W}p":
                yield WordLine(self._kind(element), self._paragraph(element))
                for box in _boxes(element):
                    yield from self.lines(box)
            elif element.tag == f"{W}tbl":
                yield from self._rows(element)
            elif element.tag in AROUND:
                yield from self.lines(element)

    def notes(self) -> Iterator[WordLine]:
        """The notes that the text refers to, each behind its number."""
        for number, (part, identity) in enumerate(self._noted, 1):
            root = self._package.part(part)
            for note in () if root is None else root:
                if value(note, "id") == identity:
                    text = " ".join(line.text for line in self.lines(note) if line.text)
                    yield WordLine("text", f"{str(number).translate(RAISED)} {text}" if text else "")

    # ---- tables

    def _rows(self, table: etree._Element) -> Iterator[WordLine]:
        spanning: dict[int, str] = {}
        for row in _inside(table, f"{W}tr"):
            column, texts = 0, []
            for cell in _inside(row, f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                merged = None if properties is None else properties.find(f"{W}vMerge")
                text = " ".join(line.text.replace("\n", " ") for line in self.lines(cell) if line.text)
                if merged is None:
                    spanning.pop(column, None)
                elif value(merged) == "restart":
                    spanning[column] = text
                else:
                    text = text or spanning.get(column, "")
                texts.append(text)
                span = value(properties.find(f"{W}gridSpan")) if properties is not None else ""
                column += int(span) if span.isascii() and span.isdigit() and len(span) < 4 else 1
            yield WordLine("text", " ".join(filter(None, texts)))

    # ---- paragraphs

    def _kind(self, paragraph: etree._Element) -> str:
        return self._kinds.get(_style(paragraph), "text")

    def _paragraph(self, paragraph: etree._Element) -> str:
        text = "".join(self._pieces(paragraph)).strip(" \t\n")
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            properties = self._numbered.get(_style(paragraph))
        return self._numbering.label(properties) + text if text else ""

    def _pieces(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            if element.tag in SKIPPED or (element.tag == f"{W}r" and self._is_hidden(element)):
                continue
            if element.tag == f"{W}t":
                yield _raised(element)
            elif element.tag in BREAKS:
                yield BREAKS[element.tag]
            elif element.tag in NOTES:
                self._noted.append((NOTES[element.tag], value(element, "id")))
                yield str(len(self._noted)).translate(RAISED)
            else:
                yield from self._pieces(element)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        if value(properties.find(f"{W}rStyle")) in self._hidden:
            return True
        return any(_is_on(properties.find(f"{W}{name}")) for name in ("vanish", "strike", "dstrike"))


def _styles(root: etree._Element | None) -> tuple[dict[str, str], dict[str, etree._Element], set[str]]:
    """Style id -> kind, by the names that all languages use inside; -> numbering; the hidden ones."""
    kinds: dict[str, str] = {}
    numbered: dict[str, etree._Element] = {}
    hidden: set[str] = set()
    for style in () if root is None else root.iter(f"{W}style"):
        identity, name = value(style, "styleId"), value(style.find(f"{W}name")).lower()
        if name in ("title", "subtitle"):
            kinds[identity] = name
        elif name.startswith("heading ") and name[8:] in HEADING_LEVELS:
            kinds[identity] = "heading"
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None:
            numbered[identity] = number
        if _is_on(style.find(f"{W}rPr/{W}vanish")):
            hidden.add(identity)
    return kinds, numbered, hidden


def _style(paragraph: etree._Element) -> str:
    return value(paragraph.find(f"{W}pPr/{W}pStyle"))


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and value(element) not in ("0", "false", "off")


def _raised(text: etree._Element) -> str:
    """Raised and lowered digits as such: 10⁴, CO₂."""
    run = text.getparent()
    where = value(run.find(f"{W}rPr/{W}vertAlign")) if run is not None else ""
    content = text.text or ""
    if content.isascii() and content.isdigit() and where in ("superscript", "subscript"):
        return content.translate(RAISED if where == "superscript" else LOWERED)
    return content


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in AROUND:
            yield from _inside(element, tag)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that hang on the paragraph itself, each once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        holders = list(box.iterancestors(f"{COMPATIBILITY}Fallback", f"{W}txbxContent", f"{W}p"))
        if holders and holders[0] is paragraph:
            yield box
