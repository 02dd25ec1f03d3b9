"""A Word document (.docx, .docm) -> one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from corpus.article import Article
from corpus.body import to_body
from corpus.ids import id_stem
from corpus.newspaper.credits import is_byline
from corpus.newspaper.patterns import ends_sentence, width
from corpus.readers.account import told_share
from corpus.readers.archive import DAMAGED
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.fields import issue_date
from corpus.readers.prose import first_words
from corpus.readers.word.letterhead import letterhead
from corpus.readers.word.package import Package
from corpus.readers.word.text import WordLine, all_text, lines_of

__all__ = ["read_word"]

TITLE_WIDTH = 40  # in Chinese characters; a longer first line is text
SIGNED = re.compile(r"\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*")


def read_word(document: Document) -> Iterator[Reading]:
    """The article: its title from the letterhead, the style Title, the first heading, or a short first line.

    Headings become subheads, table rows and list items paragraphs, with the numbers that Word counts;
    notes stand behind the text. An official document's issuer is the source, its number the kicker.

    Raises ReaderError where the file is no Word document or holds no text.
    """
    try:
        package = Package(document.content)
        lines = lines_of(package)
        stated, source = package.stated_title(), all_text(package)
    except (*DAMAGED, etree.LxmlError) as error:
        if isinstance(error, ReaderError):
            raise
        raise ReaderError(f"the Word document is damaged ({type(error).__name__})") from error
    yield _article(document, lines, stated)
    if told := told_share(source, "".join(line.text for line in lines)):
        yield Note(document.name, told, refused=False)


def _article(document: Document, lines: list[WordLine], stated: str) -> Article:
    official = letterhead([line.text for line in lines])
    published, source, kicker, subtitle = issue_date(document.name), "", "", ""
    if official:
        title, lines = official.title, lines[official.length :]
        source, kicker = official.issuer, official.number
        published = published or _signed(lines)
    else:
        title, subtitle, lines = _titled(lines, stated)
    byline = ""
    if lines and is_byline(lines[0].text):
        byline, lines = lines[0].text, lines[1:]
    body = to_body((line.kind == "heading", line.text) for line in lines)
    if not body.strip():
        raise ReaderError("the Word document holds no text below its title")
    return Article(
        id_stem(document.stem), title or first_words(body), body,
        kicker=kicker, subtitle=subtitle, byline=byline, source=source, published=published,
    )  # fmt: skip


def _signed(lines: list[WordLine]) -> date | None:
    """The day below an official document's text, the last line that is nothing else."""
    days = [line.text for line in lines if SIGNED.fullmatch(line.text)]
    return issue_date(days[-1]) if days else None


def _titled(lines: list[WordLine], stated: str) -> tuple[str, str, list[WordLine]]:
    kinds = [line.kind for line in lines]
    if "title" in kinds:
        titles = [line.text for line in lines if line.kind == "title"]
        subtitles = [line.text for line in lines if line.kind == "subtitle"]
        rest = [line for line in lines if line.kind not in ("title", "subtitle")]
        return _line(titles), _line(subtitles), rest
    if kinds[:1] == ["heading"]:
        return _line([lines[0].text]), "", lines[1:]
    first = lines[0].text if lines else ""
    if len(lines) > 1 and width(first) <= TITLE_WIDTH and not ends_sentence(first) and "\n" not in first:
        return _line([first]), "", lines[1:]
    return _line([stated]), "", lines


def _line(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())
