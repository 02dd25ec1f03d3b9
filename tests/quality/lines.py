"""Which card a line gets, and what is said to lines that no article answers.

python -m tests.quality.lines [DATA]

The rows not named "report", "later" or "fresh" were fitted to. Where DATA holds question sets in BEIR layout,
every second question of them, which was not fitted to either, is asked too: it should get no card.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.answering.bot import Bot
from bot.answering.cards import Cards
from bot.answering.question import QuestionError
from bot.evaluate.beir import read_beir_questions
from bot.settings import Settings
from corpus.library.cards import read_cards
from tests.quality.sets import FOLDER, Measured, nine_articles, read_jsonl

__all__ = ["CardFigures", "LineFigures", "cards_of", "false_cards", "strange_lines", "with_cards"]

CARD_SETS = ("cards-fit", "cards-report", "cards-later", "cards-fresh")
STRANGE_SETS = ("strange-fit", "strange-report")
ORDINARY = "ordinary"


class CardFigures(NamedTuple):
    """`right` of the `needed` lines get the right card among theirs, `false` of the others any."""

    needed: int
    right: int
    others: int
    false: int


class LineFigures(NamedTuple):
    asked: int
    answered: int
    unsure: int


def with_cards(bot: Bot) -> Bot:
    """The bot with the shipped cards."""
    cards = Cards(read_cards(Settings.model_fields["articles"].default))
    return bot.onto(bot.snapshot, bot._calibration, (), cards)


def cards_of(bot: Bot, name: str, show: bool = False) -> CardFigures:
    rows = read_jsonl(FOLDER / f"{name}.jsonl")
    found = [_ids(bot, row["q"]) for row in rows]
    counts: Counter[tuple[bool, bool]] = Counter()
    for row, ids in zip(rows, found, strict=True):
        is_needed = row["card"] != ORDINARY
        hit = row["card"] in ids if is_needed else bool(ids)
        counts[is_needed, hit] += 1
        if show and hit != is_needed:
            print(f"  {row['q']}: {', '.join(ids) or 'no card'} instead of {row['card']}")
    return CardFigures(
        counts[True, True] + counts[True, False],
        counts[True, True],
        counts[False, True] + counts[False, False],
        counts[False, True],
    )


def false_cards(bot: Bot, questions: Iterable[str]) -> list[tuple[str, Sequence[str]]]:
    """Ordinary questions that get a card, with its id."""
    return [(question, ids) for question in questions if (ids := _ids(bot, question))]


def _ids(bot: Bot, line: str) -> list[str]:
    return [card.id for card in bot.notices(line)]


def strange_lines(bot: Bot, rows: Iterable[dict[str, Any]], show: bool = False) -> LineFigures:
    """Each line alone or after each of its questions, as it says."""
    verdicts: Counter[str] = Counter()
    for row in rows:
        for before in row["after"]:
            try:
                verdict: str = bot.ask(row["q"], [before] if before else []).verdict
            except QuestionError:  # "???" is refused
                verdict = "none"
            verdicts[verdict] += 1
            if show and verdict in ("answered", "unsure"):
                print(f"  {before} / {row['q']}: {verdict}")
    return LineFigures(verdicts.total(), verdicts["answered"], verdicts["unsure"])


def main(data: Path | None) -> None:
    bot = with_cards(Measured(nine_articles(), "nine").bot)
    for name in CARD_SETS:
        print(name, cards_of(bot, name, show=True), flush=True)
    for name in STRANGE_SETS:
        print(name, strange_lines(bot, read_jsonl(FOLDER / f"{name}.jsonl"), show=True), flush=True)
    for path in sorted(data.glob("*/queries.jsonl")) if data else ():
        questions = [question.text for question in read_beir_questions(path.parent).questions[1::2]]
        found = false_cards(bot, questions)
        print(path.parent.name, f"{len(found)} of {len(questions)}", *found, sep="\n  ", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
