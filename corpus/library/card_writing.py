"""The publisher's cards and examples, written beside the articles as by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import yaml

from corpus.disk import exclusive_lock, replace_file
from corpus.library.cards import SHIPPED_CARDS, CardError, CardFile, card_from_markdown
from corpus.library.files import CARDS, EXAMPLES, check_unchanged

__all__ = ["card_path", "card_to_markdown", "remove_card", "save_card", "save_examples"]


def card_to_markdown(card: CardFile) -> str:
    """The card's file, as `card_from_markdown` reads it."""
    stated = {
        "title": card.title,
        "languages": list(card.languages),
        "phones": list(card.phones),
        "rank": str(card.rank),
        "quotes": "yes" if card.quotes else "no",
        "when": list(card.when),
        "not": list(card.excluded),
        "unless": list(card.unless),
    }
    header = yaml.safe_dump(
        {name: value for name, value in stated.items() if value},
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    return f"---\n{header}---\n\n{card.text}\n"


def save_card(articles: Path, name: str, card: CardFile, shown: str | None = None) -> None:
    """Write the card to cards/NAME; with `shown`, the digest of the file that its editor saw.

    Raises CardError for what would not be read again, FileChanged; then nothing is written.

    A folder of articles that has no cards of its own gets the shipped ones first: they went on serving until
    now.
    """
    text = card_to_markdown(card)
    if card_from_markdown(text, name) != replace(card, id=name.split(".")[0]):
        raise CardError("the card would not be read as it was written")
    with exclusive_lock(articles):
        check_unchanged(card_path(articles, name), shown)
        replace_file(_own(articles) / name, text)


def remove_card(articles: Path, name: str, shown: str | None = None) -> None:
    """Delete the card's file. Raises FileChanged."""
    with exclusive_lock(articles):
        check_unchanged(card_path(articles, name), shown)
        (_own(articles) / name).unlink(missing_ok=True)


def save_examples(articles: Path, questions: list[str], shown: str | None = None) -> None:
    """Write the publisher's own example questions, one a line. Raises FileChanged."""
    lines = [" ".join(question.split()) for question in questions]
    with exclusive_lock(articles):
        check_unchanged(articles / EXAMPLES, shown)
        replace_file(articles / EXAMPLES, "".join(f"{line}\n" for line in lines if line))


def card_path(articles: Path, name: str) -> Path:
    """The file of a card, the shipped one where the folder of articles has no cards of its own."""
    own = articles / CARDS
    return (own if own.is_dir() else SHIPPED_CARDS) / name


def _own(articles: Path) -> Path:
    folder = articles / CARDS
    if not folder.is_dir():
        shutil.copytree(SHIPPED_CARDS, folder)
    return folder
