"""A PDF with a text layer -> one article, or the articles of newspaper pages in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.article import Article
from corpus.ids import id_stem
from corpus.newspaper.credits import dateline_length, is_byline
from corpus.newspaper.furniture import is_edge_furniture, printed_page
from corpus.newspaper.patterns import ends_sentence, subtitle_dash
from corpus.readers import ocr
from corpus.readers.account import told_share
from corpus.readers.document import Document, Note, ReaderError, Reading
from corpus.readers.fields import issue_date, page_number
from corpus.readers.pdf.layout import (
    HEADING,
    PdfBlock,
    Story,
    body_size,
    is_columned,
    pdf_blocks,
    reading_order,
    stories_of,
)
from corpus.readers.pdf.lines import PdfLine, page_picture, pdf_text
from corpus.readers.pdf.paragraphs import body_text
from corpus.readers.pdf.tables import with_rows
from corpus.readers.plain import read_plain
from corpus.readers.prose import first_words, join_lines

__all__ = ["read_pdf"]

WATERMARK = 1.8  # of the body's size; a headline is as large, but no text runs through it
MOST_SCANS = 200  # pages without text layer; each takes seconds


def read_pdf(document: Document) -> Iterator[Reading]:
    """One article; or, where text stands in columns below several headlines, each headline's article.

    Where all type has one size the lines are read in order as the text of a newspaper page is.

    Pages without a text layer are recognized where the extra [ocr] is there, else refused by number.

    Raises ReaderError for a file that is damaged or locked.
    """
    text = pdf_text(document.content)
    for at, page in enumerate(text.unread):
        yield from _scanned(document, page, at < MOST_SCANS)
    if text.lines:
        taken = ""
        for reading in _written(document, text.lines):
            if isinstance(reading, Article):
                taken += f"{reading.heading} {reading.byline} {reading.body}"
            yield reading
        if told := told_share(" ".join(line.text for line in text.lines), taken):
            yield Note(document.name, told, refused=False)


def _scanned(document: Document, number: int, is_read: bool) -> Iterator[Reading]:
    """The articles of a page that is a picture, and what to tell of it."""
    name = f"{document.name}: page {number}"
    if not is_read:
        yield Note(name, f"it is a picture, and {MOST_SCANS} of one file are read; split the file")
        return
    try:
        picture = page_picture(document.content, number)
        yield from ocr.readings_of(picture, replace(document, stem=f"{document.stem}-p{number}"), name)
    except ReaderError as error:
        yield Note(name, str(error))


def _written(document: Document, lines: list[PdfLine]) -> Iterator[Reading]:
    whole, lines = lines, _without_furniture(lines)
    if not lines:
        raise ReaderError("the PDF holds nothing but page numbers")
    body = body_size(lines)
    lines = with_rows(lines, body)
    pages = [pdf_blocks([line for line in lines if line.page == page]) for page in _pages(lines)]
    if all(line.size < HEADING * body for line in lines):
        yield from _by_words(document, pages)
        return
    stories = _stories(pages, body)
    several = len(stories) > 1
    number = page_number(document.name.rsplit(".", 1)[0]) if several else ""
    printed = _printed_pages(whole, lines) if several else {}
    for at, story in enumerate(stories, 1):
        article = _article(
            story, body, f"{id_stem(document.stem)}-{at}" if several else id_stem(document.stem)
        )
        if not article.body:
            yield Note(document.name, f"no text stands below the headline {article.title!r}", refused=False)
            continue
        first = next(iter((*story.headline, *story.text))).lines[0].page
        yield replace(article, published=issue_date(document.name), page=number or printed.get(first, ""))


def _printed_pages(whole: Sequence[PdfLine], kept: Sequence[PdfLine]) -> dict[int, str]:
    """What the furniture of each page says that it is: 03, A3."""
    texts = {id(line) for line in kept}
    return {
        line.page: number for line in whole if id(line) not in texts and (number := printed_page(line.text))
    }


def _pages(lines: Sequence[PdfLine]) -> list[int]:
    return sorted({line.page for line in lines})


def _without_furniture(lines: list[PdfLine]) -> list[PdfLine]:
    """The lines without page numbers, dates and mastheads at the edges, and what many pages have there."""
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[PdfLine] = []
    pages = _pages(lines)
    for page in pages:
        ordered = sorted((line for line in lines if line.page == page), key=lambda line: -line.base)
        outer = [*ordered[:2], *ordered[-2:]] if len(ordered) > 4 else ordered
        edges += outer
        seen.update({_signature(line) for line in outer})
    often = max(2, len(pages) // 2)
    body = body_size(lines)
    dropped = {
        id(line)
        for line in edges
        if (len(pages) > 1 and seen[_signature(line)] >= often and line.size < HEADING * body)
        or (is_edge_furniture(line.text.strip()) and line.size < 1.45 * body)
    }
    return [line for line in lines if id(line) not in dropped and not _is_watermark(line, lines, body)]


def _is_watermark(line: PdfLine, lines: list[PdfLine], body: float) -> bool:
    """Whether lines of text run through the large type of this one."""
    if line.size < WATERMARK * body:
        return False
    through = (
        other.page == line.page
        and other.size < HEADING * body
        and line.base < other.base < line.top
        and min(line.right, other.right) > max(line.left, other.left)
        for other in lines
    )
    return sum(through) > 1


def _signature(line: PdfLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.base / 4)


def _by_words(document: Document, pages: list[list[PdfBlock]]) -> Iterator[Reading]:
    blocks = [block for page in pages for block in reading_order(page)]
    text = "\n\n".join("\n".join(line.text for line in block.lines) for block in blocks)
    yield from read_plain(replace(document, content=text.encode(), charset="utf-8"))


def _stories(pages: list[list[PdfBlock]], body: float) -> list[Story]:
    if not any(is_columned(page, body) for page in pages):
        return [_one_story(pages, body)]
    stories: list[Story] = []
    for page in pages:
        found = stories_of(page, body)
        if stories and found and not found[0].headline:
            stories[-1].text += found.pop(0).text
        stories += found
    if sum(bool(story.headline) for story in stories) < 2:
        return [_one_story(pages, body)]
    if not stories[0].headline:  # a picture's words above the first headline, or the page's masthead
        loose = stories.pop(0).text
        stories[0].text = [block for block in loose if _is_text(block)] + stories[0].text
    return stories


def _is_text(block: PdfBlock) -> bool:
    return any(ends_sentence(line.text) for line in block.lines)


def _one_story(pages: list[list[PdfBlock]], body: float) -> Story:
    """The whole file as one article: its title is the first page's largest type."""
    ordered = [block for page in pages for block in reading_order(page)]
    first = [block for block in ordered if block.lines[0].page == ordered[0].lines[0].page]
    largest = max(first, key=lambda block: block.size)
    if largest.size < HEADING * body:
        largest = max(ordered, key=lambda block: block.size)
    headline = [largest]
    at = next(index for index, block in enumerate(ordered) if block is largest)
    rest = [block for block in ordered if block is not largest]
    # A kicker or the paper's name above, a subtitle below: headings that stand with the title.
    while at > 0 and rest[at - 1].size >= HEADING * body:
        headline.insert(0, rest.pop(at - 1))
        at -= 1
    return Story(headline, rest)


def _article(story: Story, body: float, id: str) -> Article:
    kicker, title, subtitle = _heading(story.headline)
    blocks = list(story.text)
    byline, blocks = _byline(blocks, body)
    text = body_text(blocks, body)
    length = dateline_length(text)
    if 0 < length < len(text):
        byline, text = f"{byline} {text[:length]}".strip(), text[length:].lstrip()
    return Article(
        id, title or first_words(text) or "-", text, kicker=kicker, subtitle=subtitle, byline=byline
    )


def _heading(blocks: list[PdfBlock]) -> tuple[str, str, str]:
    """Kicker, title and subtitle: the title is the largest type, or all of it where sizes hardly differ."""
    if not blocks:
        return "", "", ""
    largest = max(block.size for block in blocks)
    is_title = [block.size > 0.9 * largest for block in blocks]
    first, last = is_title.index(True), len(is_title) - is_title[::-1].index(True)
    kicker, title, subtitle = (
        " ".join(join_lines([line.text for line in block.lines]) for block in part)
        for part in (blocks[:first], blocks[first:last], blocks[last:])
    )
    return kicker, title, subtitle[subtitle_dash(subtitle) :]


def _byline(blocks: list[PdfBlock], body: float) -> tuple[str, list[PdfBlock]]:
    if not blocks or blocks[0].size >= HEADING * body:
        return "", blocks
    first = blocks[0]
    names = [line.text for line in first.lines[:2] if is_byline(line.text)]
    if not names or not is_byline(first.lines[0].text):
        return "", blocks
    rest = PdfBlock(first.lines[len(names) :])
    return " ".join(names), ([rest] if rest.lines else []) + blocks[1:]
