"""What the command line prints: lines, texts and JSON in which nothing commands the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from corpus.visible import visible, visible_json, visible_text

if TYPE_CHECKING:
    from bot.answering.bot import Answer
    from bot.operations.votes import VoteRecord

__all__ = ["answer_values", "say", "say_json", "say_text", "votes_text", "votes_values"]


def say(line: str, err: bool = False) -> None:
    """Prints one line; a line end in it is shown as its code."""
    typer.echo(visible(line), err=err)


def say_text(text: str, err: bool = False) -> None:
    """Prints a text of several lines."""
    typer.echo(visible_text(text), err=err)


def say_json(value: object, indent: int | None = None) -> None:
    """Prints the value as JSON, in one line unless it is indented."""
    typer.echo(visible_json(value, indent))


def answer_values(answer: Answer) -> dict[str, Any]:
    """The answer as POST /api/ask gives it."""
    from bot.web.schema import AnswerOut

    return AnswerOut.model_validate(answer).model_dump(mode="json")


def votes_values(votes: Sequence[VoteRecord]) -> list[dict[str, Any]]:
    """The votes as a list of objects, each with its question."""
    return [asdict(vote) for vote in votes]


def votes_text(votes: Sequence[VoteRecord]) -> str:
    """A line for each vote (day, vote, verdict, question), the comment below it; then the sum."""
    lines = []
    for vote in votes:
        lines.append(f"{vote.voted_on}  {vote.vote:4}  {vote.verdict:8}  {' '.join(vote.question.split())}")
        lines += [f"  {line}" for line in vote.comment.splitlines()]
    up = sum(vote.vote == "up" for vote in votes)
    return "\n".join([*lines, f"{len(votes)} votes: {up} up, {len(votes) - up} down"])
