"""The publisher's notices for people in need: cards/*.md in the folder of articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.article import ArticleError, front_matter
from corpus.library.files import CARDS, LibraryError, UnreadError, natural_order, read_text

__all__ = [
    "SHIPPED_CARDS",
    "CardError",
    "CardFile",
    "card_files",
    "card_from_markdown",
    "read_card",
    "read_cards",
]

SHIPPED_CARDS = Path(__file__).resolve().parents[1] / "articles" / CARDS
"""The set for mainland China; it serves where a folder of articles has no cards/ of its own."""

FIELDS = ("title", "languages", "phones", "when", "not", "unless", "rank", "quotes")
LANGUAGES = ("zh", "en")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PHONE = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")


class CardError(ValueError):
    """A file is no card; the message says what is wrong."""


@dataclass(frozen=True)
class CardFile:
    """One card in one or more languages.

    `id` is the file's name up to its first point, so `fire.md` and `fire.en.md` are one card in two
    languages. `when` and `unless` are patterns (bot/answering/patterns.py): the card is shown where one of
    the first is found and none of the second. `excluded` (`not` in the file) are words that are struck out
    before. Of several cards the one of the lowest `rank` is shown first. `quotes` says that an article
    which answers may follow.
    """

    id: str
    title: str
    text: str
    languages: tuple[str, ...] = ("zh",)
    phones: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    rank: int = 5
    quotes: bool = False


def card_files(articles: Path) -> list[Path]:
    """The files of the cards for a folder of articles: its own, else the shipped ones.

    An empty folder cards/ means that there are none.
    """
    own = articles / CARDS
    folder = own if own.is_dir() else SHIPPED_CARDS
    return sorted(folder.glob("[!.]*.md"), key=natural_order)


def read_cards(articles: Path) -> tuple[CardFile, ...]:
    """The cards for a folder of articles. Raises LibraryError, which names the file."""
    found = []
    for path in card_files(articles):
        try:
            found.append(read_card(path))
        except CardError as error:
            raise LibraryError(f"{path}: {error}") from error
    return tuple(found)


def read_card(path: Path) -> CardFile:
    """The card in a file. Raises CardError, also where the file cannot be read."""
    try:
        return card_from_markdown(read_text(path), path.name)
    except (UnreadError, OSError, UnicodeDecodeError) as error:
        raise CardError(str(error)) from error


def card_from_markdown(text: str, name: str) -> CardFile:
    """The card in a file of that name. Raises CardError."""
    try:
        values, body = front_matter(text)
    except ArticleError as error:
        raise CardError(str(error)) from error
    if unknown := sorted(set(map(str, values)) - set(FIELDS)):
        raise CardError(f"unknown front matter {', '.join(unknown)}; allowed: {', '.join(FIELDS)}")
    card_id = name.split(".")[0]
    if not NAME.fullmatch(card_id):
        raise CardError(f"the name {card_id!r}: 1 to 40 of a-z 0-9 - are allowed")
    return CardFile(
        card_id,
        _title(values.get("title")),
        _text(body),
        _languages(_texts("languages", values.get("languages", "zh"))),
        _phones(_texts("phones", values.get("phones"))),
        _texts("when", values.get("when")),
        _texts("not", values.get("not")),
        _texts("unless", values.get("unless")),
        _rank(values.get("rank", "5")),
        _choice("quotes", values.get("quotes", "no")),
    )


def _texts(name: str, value: object) -> tuple[str, ...]:
    listed = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one.strip() for one in listed):
        raise CardError(f"front matter {name}: a text or a list of texts is allowed, not {value!r}")
    return tuple(str(one).strip() for one in listed)


def _title(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CardError("the title is missing")
    return value.strip()


def _text(body: str) -> str:
    if not body.strip():
        raise CardError("the text below the front matter is missing")
    return body.strip()


def _languages(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values or not set(values) <= set(LANGUAGES):
        raise CardError(f"front matter languages: {', '.join(values)}; allowed: {', '.join(LANGUAGES)}")
    return values


def _phones(values: tuple[str, ...]) -> tuple[str, ...]:
    for phone in values:
        if not PHONE.fullmatch(phone):
            raise CardError(f"front matter phones: {phone!r} is no phone number")
    return values


def _rank(value: object) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9]", value):
        raise CardError(f"front matter rank: {value!r}; 1 (shown first) to 9 are allowed")
    return int(value)


def _choice(name: str, value: object) -> bool:
    if value not in ("yes", "no"):
        raise CardError(f"front matter {name}: {value!r}; yes or no are allowed")
    return value == "yes"
