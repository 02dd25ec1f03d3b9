"""One newspaper page as raw text -> its articles, and an account of every character.

    python -m corpus.newspaper PAGE FOLDER

writes one Markdown file for each article of the page.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, to_markdown
from corpus.ids import id_stem
from corpus.newspaper.account import DROPPED, KEPT, Fate, Fragment, JoinedFragment, account
from corpus.newspaper.composition import compose
from corpus.newspaper.division import DividedPage, Draft, divide_page
from corpus.newspaper.furniture import printed_page
from corpus.newspaper.layout import layout
from corpus.newspaper.lines import Line, read_lines
from corpus.visible import visible

__all__ = ["DROPPED", "KEPT", "Fate", "Fragment", "Page", "PageError", "main", "read_page"]


class PageError(ValueError):
    """The text of a page holds no article, or its file cannot be read."""


@dataclass(frozen=True)
class Page:
    """The articles of one page in page order, what became of each character, and what to doubt.

    `fragments` cover the page's text from end to end in order. The body fragments of an article make up
    its body, with the program's own insertions in place of the breaks ("\\n\\n" for a paragraph
    break, " " for a word break, "## " before a subhead); so do its other parts. `doubts` are those of the
    warnings that tell of another division that is hardly worse. `certain` is false where one article is all
    there is, and no end mark, byline or dateline shows where it begins or ends. `number` is the printed
    page's, as its furniture states it: "03", "A3"; "" where it states none, or several.
    """

    articles: tuple[Article, ...]
    fragments: tuple[Fragment, ...]
    warnings: tuple[str, ...]
    certain: bool
    doubts: tuple[str, ...]
    number: str = ""


def read_page(text: str, stem: str) -> Page:
    """Divide the raw text of one newspaper page into its articles, with ids `stem`-1, `stem`-2, …

    Characters of the stem that an id must not have become "-", and a hash then keeps ids distinct. A
    page that shows no articles' bounds comes back as one article with a warning. What the page does
    not state is left out: source and published are always empty.

    Raises PageError if the text is blank.
    """
    lines = read_lines(text)
    if not lines:
        raise PageError("the page is blank: no text stands on it")
    printed = layout(lines)
    division = divide_page(lines, printed)
    if not division.drafts:
        division = _as_one_article(lines)
    prefix = id_stem(stem)
    composed = [
        compose(text, draft, f"{prefix}-{number}", printed) for number, draft in enumerate(division.drafts, 1)
    ]
    spans = [span for part in composed for span in part.spans]
    return Page(
        articles=tuple(part.article for part in composed),
        fragments=account(text, [*spans, *_loose_spans(division)]),
        warnings=(*_page_warnings(text, division), *(line for part in composed for line in part.warnings)),
        certain=division.certain,
        doubts=tuple(line for part in composed for line in part.doubts),
        number=_number(division),
    )


def _number(division: DividedPage) -> str:
    folios = [*division.furniture, *(line for line, _ in division.labels)]
    numbers = {number for line in folios if (number := printed_page(line.text))}
    return numbers.pop() if len(numbers) == 1 else ""


def _as_one_article(lines: list[Line]) -> DividedPage:
    # No line of the page is text (it is all labels and furniture, say), and none has a tail then.
    return DividedPage([Draft("", body=lines)])


def _loose_spans(division: DividedPage) -> Iterator[JoinedFragment]:
    for line, (start, end) in division.labels:
        yield from _decoration(line.start, line.start + start)
        yield JoinedFragment(line.start + start, line.start + end, "section")
        yield from _decoration(line.start + end, line.end)
    for line in division.marks:
        yield JoinedFragment(line.start, line.end, "end mark")
    for line in division.furniture:
        yield JoinedFragment(line.start, line.end, "page furniture")


def _decoration(start: int, end: int) -> Iterator[JoinedFragment]:
    if start < end:
        yield JoinedFragment(start, end, "label decoration")


def _page_warnings(text: str, division: DividedPage) -> Iterator[str]:
    if not division.certain:
        yield "no end mark, byline or dateline shows where articles begin: the page is kept as one article"
    strange = sum(text.count(char) for char in set(text) - set("\n\r\t\f\v\x85") if _is_strange(char))
    if strange:
        yield f"{strange} characters of the page are no readable text"


def _is_strange(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one Markdown file for each article of a page; 0, or 1 after one sentence on stderr."""
    parser = argparse.ArgumentParser("python -m corpus.newspaper", description="Divide a newspaper page.")
    parser.add_argument("page", type=Path, help="the raw text of one page, UTF-8")
    parser.add_argument("folder", type=Path, help="where the articles go; made if it is missing")
    options = parser.parse_args(arguments)
    try:
        page = read_page(_text_of(options.page), options.page.stem)
        options.folder.mkdir(parents=True, exist_ok=True)
        for article in page.articles:
            target = options.folder / f"{article.id}.md"
            target.write_text(to_markdown(article), encoding="utf-8", newline="\n")
    except PageError as error:
        return _fail(f"{options.page}: {error}")
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}")
    for warning in page.warnings:
        print(visible(warning), file=sys.stderr)
    return 0


def _fail(sentence: str) -> int:
    print(visible(sentence), file=sys.stderr)
    return 1


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PageError(f"byte {error.start} is not UTF-8; save the page as UTF-8 text") from error


if __name__ == "__main__":
    sys.exit(main())
