"""The pages of tests/corpus/pages, and the check that a page's account is whole."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.article import Article
from corpus.newspaper.page import DROPPED, KEPT, Fate, Page, read_page

FOLDER = Path(__file__).parent / "pages"
PAGES = sorted(FOLDER.rglob("*.txt"))


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")


def page_of(name: str) -> Page:
    return read_page(text_of(name), name.rpartition("/")[2])


PARTS: dict[str, tuple[Fate, ...]] = {
    "body": ("body", "subhead"), "title": ("title",), "kicker": ("kicker",), "subtitle": ("subtitle",),
    "byline": ("byline",),
}  # fmt: skip
INSERTED = {"column break": "", "word break": " ", "paragraph break": "\n\n"}


def rebuilt(text: str, page: Page, article: Article, kinds: tuple[Fate, ...]) -> str:
    """A part of the article made from the account alone; a break tells how the fragment after it joins."""
    parts: list[str] = []
    joint = " "
    for part in page.fragments:
        if part.article != article.id:
            continue
        if part.fate in kinds:
            mark = "## " if part.fate == "subhead" else ""
            parts += [joint if parts else "", mark, text[part.start : part.end]]
        if part.fate in INSERTED:
            joint = INSERTED[part.fate]
        elif part.fate in KEPT:
            joint = " "
    return "".join(parts)


def assert_accounted(text: str, page: Page) -> None:
    assert "".join(text[part.start : part.end] for part in page.fragments) == text
    ends = [0, *(part.end for part in page.fragments)]
    assert [part.start for part in page.fragments] == ends[:-1]
    assert all(part.start < part.end for part in page.fragments)
    assert {part.fate for part in page.fragments} <= {*KEPT, *DROPPED}
    for article in page.articles:
        for name, kinds in PARTS.items():
            made = rebuilt(text, page, article, kinds)
            # An article without a headline is called by its first words, which are fragments of its body.
            untitled = name == "title" and not made and article.title in article.body
            assert untitled or made == getattr(article, name)
    for part in page.fragments:
        if part.fate == "space" or part.fate.endswith(" break"):
            assert text[part.start : part.end].isspace()


def outline(article: Article) -> tuple[str, str, str, str]:
    return article.kicker, article.title, article.subtitle, article.byline


def subheads(article: Article) -> list[str]:
    return re.findall("^## (.*)$", article.body, re.MULTILINE)
