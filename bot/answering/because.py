"""Explanation for an editor: why a question is answered from an article, or is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.answer import Finding
from bot.answering.curation import Likeness
from bot.answering.succession import ALONE, Standing
from index.hit import Signals

__all__ = ["Because"]


@dataclass(frozen=True)
class Because:
    """What speaks for an article, and what against it.

    `found` is what came of the question; `cards` hold for each card that is shown before all articles the
    pattern that found it. `place` is the article's among those that were found, from 1 on, 0 where it is not
    among them; `signals` are those of its best passage. `pin` compares the question with those that the
    article is asked, `barred` is the one under `not` that keeps it from being answered from there.
    """

    article_id: str
    found: Finding
    cards: Mapping[str, str]
    place: int = 0
    signals: Signals | None = None
    pin: Likeness | None = None
    barred: str = ""
    standing: Standing = ALONE

    @property
    def is_answer(self) -> bool:
        """Whether the first quote is of the article, and sure."""
        first = self.found.quotes[0].article.id if self.found.quotes else ""
        return self.found.verdict == "answered" and first == self.article_id and not self.cards

    def lines(self) -> list[str]:
        """What to tell an editor, a line each."""
        found, signals, pin = self.found, self.signals, self.pin
        told = [
            f"{'answered' if self.is_answer else 'not answered'} from {self.article_id}:"
            f" {found.verdict}, {found.confidence:.2f}",
            f"searched: {found.meant.text}",
            *(f"card {card} comes first: {pattern}" for card, pattern in self.cards.items()),
            f"not: {self.barred}" if self.barred else "",
            f"place {self.place} of the articles found" if self.place else "not among the articles found",
        ]
        if signals:
            read = "" if signals.read is None else f", re-ranker {signals.read:.2f}"
            told.append(
                f"signals: dense {signals.dense:.2f} (background {signals.background:.2f}), words of the"
                f" passage {signals.lexical:.2f}, of the article {signals.whole:.2f}{read}"
            )
        if pin:
            told.append(
                f"asked: {pin.asked}: {pin.probability:.2f} (nearness {pin.nearness:.2f},"
                f" behind {pin.behind:.2f}, lead {pin.lead:.2f}"
                f"{', lacks what is wanted' if pin.lacks else ''}"
                f"{f', differs by {pin.differs}' if pin.differs else ''})"
            )
        if newer := self.standing.superseded_by:
            told.append(f"superseded by {newer.id}")
        if last := self.standing.was_valid_until:
            told.append(f"was valid until {last}")
        return [line for line in told if line]
