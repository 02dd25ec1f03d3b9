"""Boilerplate of a web page, told by the words of a line or by its container's name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import lxml.html

from corpus.readers.web.blocks import WebBlock, squeezed

__all__ = [
    "begins_the_rest",
    "is_boilerplate",
    "is_caption",
    "is_disclaimer",
    "is_imprint",
    "without_containers",
]

WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
MOST_OF_PAGE = 0.4  # of a page's text: what holds more is its text, whatever it is called
LONGEST_LINE = 160  # characters; a longer line is text


@cache
def _rules(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule})" for rule in _table()[name]))


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8"))


def begins_the_rest(block: WebBlock) -> bool:
    """Whether the line begins what comes behind an article: lists of others, comments."""
    text = squeezed(block.text)
    return len(text) <= LONGEST_LINE and bool(_rules("ends").fullmatch(text))


def is_boilerplate(block: WebBlock) -> bool:
    """Whether the line is the page's own: an editor's name, buttons, an imprint."""
    text = squeezed(block.text)
    return len(text) <= LONGEST_LINE and bool(_rules("lines").fullmatch(text))


def is_imprint(block: WebBlock) -> bool:
    """Whether the line is a contact as a page's foot has it: 地址：…, 传真：…."""
    text = squeezed(block.text)
    return len(text) <= LONGEST_LINE and bool(_rules("imprint").fullmatch(text))


def is_disclaimer(block: WebBlock) -> bool:
    """Whether the paragraph is the platform's statement on what it shows."""
    return bool(_rules("disclaimers").match(squeezed(block.text[:80])))


def is_caption(block: WebBlock) -> bool:
    """Whether the line describes a picture, by its element's name."""
    element = block.element
    names = WORDS.findall(f"{element.tag} {element.get('class', '')} {element.get('id', '')}")
    return any(word.lower() in _table()["captions"] for word in names)


def without_containers(tree: lxml.html.HtmlElement, kept: lxml.html.HtmlElement | None = None) -> None:
    """Takes out of the page what its names call navigation, comments, related articles and the like.

    The element `kept` stays, and what holds so much of the page that it is its text, whatever its name.
    """
    names = frozenset(_table()["containers"])
    most = MOST_OF_PAGE * len(squeezed(tree.text_content()))
    around = set() if kept is None else {kept, *kept.iterancestors()}
    for element in tree.xpath("//body//*[@class or @id or self::nav or self::footer or self::aside]"):
        words = WORDS.findall(f"{element.get('class', '')} {element.get('id', '')}")
        named = element.tag in ("nav", "footer", "aside") or any(word.lower() in names for word in words)
        is_part = named and element not in around and element.getparent() is not None
        if is_part and len(squeezed(element.text_content())) < most:
            element.drop_tree()
