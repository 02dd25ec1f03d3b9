"""How well it is told that two places or two years answer: python -m tests.quality.clarifying [DATA].

clarifying.jsonl holds groups of made-up articles about the same thing in two places or two years, copies, and
articles that only look alike; with questions that both answer, what people say to choose, and questions that
one article answers. All were written before anything was measured; half of the groups may be fitted to. Where
DATA holds question sets in BEIR layout, of their questions that get an answer nearly none may be asked back.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from bot.answering.answer import Answer
from bot.answering.bot import Bot
from bot.evaluate.beir import read_beir_articles, read_beir_questions
from corpus.article import Article
from tests.quality.sets import FOLDER, Measured, nine_articles, read_jsonl

__all__ = ["ClarifyingFigures", "articles_of", "asked_back", "measure", "read_groups"]

MOST = 400
"""Questions of each public set that are asked."""


class ClarifyingFigures(NamedTuple):
    """`asked` of the `open` questions are asked back; of the `taps` and typed `picks` so many are answered
    from the article that is meant. Of the `plain` questions `false` are asked back all the same."""

    open: int
    asked: int
    taps: int
    tapped: int
    picks: int
    picked: int
    plain: int
    false: int


def read_groups(part: str = "") -> list[dict[str, Any]]:
    """Those of a part, "fit" or "report"; of both without one."""
    return [group for group in read_jsonl(FOLDER / "clarifying.jsonl") if part in ("", group["part"])]


def articles_of(groups: Sequence[dict[str, Any]]) -> list[Article]:
    """The nine articles and those of the groups."""
    own = [
        Article(**{**record, "published": date.fromisoformat(record["published"])})
        for group in groups
        for record in group["articles"]
    ]
    return [*nine_articles(), *own]


def measure(bot: Bot, groups: Sequence[dict[str, Any]], show: bool = False) -> ClarifyingFigures:
    """`show` prints what went wrong."""
    opened = [(group, row) for group in groups for row in group["ask"]]
    back = [bot.ask(row["q"]) for _, row in opened]
    taps, picks = [], []
    for (group, row), answer in zip(opened, back, strict=True):
        known = {article["id"] for article in group["articles"]}
        firsts = [_first(bot.ask(choice.question)) for choice in answer.choices]
        taps += [first in known and firsts.count(first) == 1 for first in firsts]
        for said, meant in row["picks"]:
            wanted = {"first": firsts[:1], "second": firsts[1:2]}.get(meant, [meant])
            found = _first(bot.ask(said, [row["q"]]))
            picks.append(bool(answer.choices) and [found] == wanted)
            if show and not picks[-1]:
                print(f"  {row['q']} / {said}: {found} instead of {wanted}")
        if show and not (answer.choices and all(taps[-len(firsts) :])):
            print(f"  {row['q']}: {[choice.label for choice in answer.choices]}, {firsts}")
    plain = [bool(bot.ask(row["q"]).choices) for group in groups for row in group["plain"]]
    if show:
        rows = [row["q"] for group in groups for row in group["plain"]]
        print(*(f"  {q}: asked back" for q, is_asked in zip(rows, plain, strict=True) if is_asked), sep="\n")
    asked = sum(bool(answer.choices) for answer in back)
    return ClarifyingFigures(
        len(back), asked, len(taps), sum(taps), len(picks), sum(picks), len(plain), sum(plain)
    )


def asked_back(bot: Bot, questions: Sequence[str]) -> tuple[int, list[str]]:
    """How many of the questions get an answer, and those of them that are asked back."""
    found = [(question, bot.find(question)) for question in questions]
    answered = [(question, one) for question, one in found if one.verdict == "answered"]
    return len(answered), [
        f"{question} {[choice.label for choice in one.choices]}" for question, one in answered if one.choices
    ]


def _first(answer: Answer) -> str:
    return answer.quotes[0].article.id if answer.quotes else answer.verdict


def main(data: Path | None) -> None:
    bot = Measured(articles_of(read_groups()), "clarifying").bot
    for part in ("fit", "report"):
        print(part, measure(bot, read_groups(part), show=True), flush=True)
    for path in sorted(data.glob("*/queries.jsonl")) if data else ():
        name = path.parent.name
        measured = Measured(read_beir_articles(path.parent), name)
        questions = [question.text for question in read_beir_questions(path.parent).questions]
        sample = questions[:: max(1, len(questions) // MOST)]
        measured.prepare(sample)
        answered, turned = asked_back(measured.bot, sample)
        print(f"{name}: {len(turned)} of {answered} answered", *turned, sep="\n  ", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
