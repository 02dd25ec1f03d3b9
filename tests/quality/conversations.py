"""How follow-ups are understood, and what they cost: python -m tests.quality.conversations [DATA].

Over the nine articles, and where DATA holds the question sets ncp-dev and cmrc-trial in BEIR layout, over
ncp-dev and over pairs of unrelated questions of both. A follow-up is kept where its first article is the
one that the full question gets; a question that stands alone is changed where what came before gives it
another first article. The rules were fitted on the sets not named "held out"; those were written afterwards.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from bot.answering.bot import Bot
from bot.evaluate.beir import read_beir_articles, read_beir_questions
from tests.quality.sets import FOLDER, Measured, nine_articles, read_jsonl

__all__ = ["CONVERSATIONS", "Figures", "Turn", "measure", "read_turns"]

CONVERSATIONS = {
    "nine": "conversations.jsonl",
    "nine, short": "conversations-short.jsonl",  # questions of few letters that stand alone all the same
    "nine, held out": "conversations-held-out.jsonl",
    "ncp-dev": "conversations-ncp-dev.jsonl",
    "ncp-dev, short": "conversations-ncp-dev-short.jsonl",
    "ncp-dev, held out": "conversations-ncp-dev-held-out.jsonl",
}
PAIRS = 300
TIMED = 40  # follow-ups whose time is taken


class Turn(NamedTuple):
    """A question after others; `full` is the question that is meant, empty where it stands alone."""

    question: str
    history: tuple[str, ...]
    full: str


class Figures(NamedTuple):
    follow_ups: int
    kept: float
    alone: int
    changed: float


def read_turns(name: str) -> list[list[Turn]]:
    """Each conversation's later turns."""
    return [list(_later(row["turns"])) for row in read_jsonl(FOLDER / CONVERSATIONS[name])]


def _later(rows: Sequence[dict[str, str]]) -> Iterator[Turn]:
    asked = [row["question"] for row in rows]
    for place, row in list(enumerate(rows))[1:]:
        yield Turn(row["question"], tuple(asked[:place]), row.get("full", ""))


def measure(bot: Bot, turns: Sequence[Turn], show: bool = False) -> Figures:
    """The shares of follow-ups kept and of other questions changed; `show` prints those that went wrong."""
    held: dict[bool, list[bool]] = {True: [], False: []}
    for turn in turns:
        found, wanted = _first(bot, turn.question, turn.history), _first(bot, turn.full or turn.question)
        held[bool(turn.full)].append(found == wanted)
        if show and found != wanted:
            print(f"  {' / '.join(turn.history)} / {turn.question}: {found} instead of {wanted}")
    return Figures(
        len(held[True]), _share(held[True]), len(held[False]), 1 - _share(held[False]) if held[False] else 0.0
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0


def _first(bot: Bot, question: str, history: Sequence[str] = ()) -> str:
    return bot.find(question, history).hits[0].article.id


def _unrelated(questions: Sequence[str]) -> list[Turn]:
    dice = random.Random(0)
    pairs = (dice.sample(questions, 2) for _ in range(PAIRS))
    return [Turn(question, (before,), "") for before, question in pairs]


def _report(bot: Bot, names: Sequence[str]) -> None:
    later = {name: [turn for turns in read_turns(name) for turn in turns] for name in names}
    for name, turns in later.items():
        _print(name, measure(bot, turns, show=True))
    together = [turn for turns in later.values() for turn in turns]
    _print(f"{names[0]}, all", measure(bot, together))
    plain, follow_up = _milliseconds(bot, [turn for turn in together if turn.full][:TIMED])
    print(
        f"{names[0]}: a full question {plain:.1f} ms, a follow-up {follow_up:.1f} ms,"
        f" {follow_up / plain:.2f} times",
        flush=True,
    )


def _milliseconds(bot: Bot, turns: Sequence[Turn]) -> tuple[float, float]:
    """The median of the full questions and of the follow-ups, each after the turn before it was asked."""
    plain, follow_up = [], []
    for turn in turns:
        _first(bot, turn.history[-1], turn.history[:-1])
        follow_up.append(_took(bot, turn.question, turn.history))
        plain.append(_took(bot, turn.full, ()))
    return median(plain), median(follow_up)


def _took(bot: Bot, question: str, history: Sequence[str]) -> float:
    started = perf_counter()
    bot.find(question, history)
    return 1000 * (perf_counter() - started)


def _print(name: str, figures: Figures) -> None:
    print(
        f"{name}: {figures.follow_ups} follow-ups, kept {figures.kept:.3f};"
        f" {figures.alone} stand alone, changed {figures.changed:.3f}",
        flush=True,
    )


def main(data: Path | None) -> None:
    nine = Measured(nine_articles(), "nine").bot
    _report(nine, [name for name in CONVERSATIONS if name.startswith("nine")])
    if data is None:
        return
    for name in ("ncp-dev", "cmrc-trial"):
        bot = Measured(read_beir_articles(data / name), name).bot
        if name in CONVERSATIONS:
            _report(bot, [other for other in CONVERSATIONS if other.startswith(name)])
        questions = [question.text for question in read_beir_questions(data / name).questions]
        _print(f"{name}, unrelated pairs", measure(bot, _unrelated(questions)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
