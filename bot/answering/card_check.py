"""Faults of the publisher's cards, and what only the publisher can confirm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.answering.cards import Cards
from bot.answering.patterns import PatternError
from corpus.library.cards import CardError, card_files, read_card
from corpus.library.checking import ArticleFault

__all__ = ["card_problems", "to_confirm"]


def card_problems(articles: Path) -> Iterator[ArticleFault]:
    """The cards for a folder of articles that cannot be read or never match."""
    for path in card_files(articles):
        try:
            card = read_card(path)
            Cards([card])
        except CardError as error:
            yield ArticleFault(
                path, f"it is no card: {error}", "put the named line right, or delete the file"
            )
        except PatternError as error:
            yield ArticleFault(path, f"a pattern is wrong: {error}", "put it right; the manual shows how")
        else:
            if not card.when:
                yield ArticleFault(path, "it has no `when`: nobody sees it", "write the words under `when`")


def to_confirm(articles: Path) -> str:
    """Sentence on the cards that the publisher has to confirm; "" where it has none."""
    files = card_files(articles)
    if not files:
        return ""
    phones = sorted({phone for path in files for phone in _phones(path)})
    return (
        f"to confirm: the words and numbers of {len(files)} cards in {files[0].parent} ({', '.join(phones)})"
    )


def _phones(path: Path) -> tuple[str, ...]:
    try:
        return read_card(path).phones
    except CardError:  # told as a problem
        return ()
