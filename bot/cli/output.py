"""An answer as the JSON that every program gets, and the votes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.answering.bot import Answer
from bot.operations.votes import VoteRecord
from bot.web.schema import AnswerOut

__all__ = ["answer_json", "votes_json", "votes_text"]


def answer_json(answer: Answer) -> str:
    """The answer as POST /api/ask gives it, indented."""
    return AnswerOut.model_validate(answer).model_dump_json(indent=2)


def votes_json(votes: Sequence[VoteRecord]) -> str:
    """The votes as a list of objects, each with its question."""
    listed = [{**asdict(vote), "voted_on": vote.voted_on.isoformat()} for vote in votes]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def votes_text(votes: Sequence[VoteRecord]) -> str:
    """A line for each vote (day, vote, verdict, question), the comment below it; then the sum."""
    lines = []
    for vote in votes:
        lines.append(f"{vote.voted_on}  {vote.vote:4}  {vote.verdict:8}  {' '.join(vote.question.split())}")
        lines += [f"  {line}" for line in vote.comment.splitlines()]
    up = sum(vote.vote == "up" for vote in votes)
    return "\n".join([*lines, f"{len(votes)} votes: {up} up, {len(votes) - up} down"])
