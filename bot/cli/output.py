"""An answer for a terminal, and as the JSON that every program gets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot import messages
from bot.answering.bot import Answer, Quote
from bot.language import Language
from bot.operations.votes import VoteRecord
from bot.web.links import article_link
from bot.web.schema import AnswerOut
from corpus.article import Article

__all__ = ["answer_json", "answer_text", "votes_json", "votes_text"]


def answer_json(answer: Answer) -> str:
    """The answer as POST /api/ask gives it, indented."""
    return AnswerOut.model_validate(answer).model_dump_json(indent=2)


def answer_text(answer: Answer) -> str:
    """The verdict, then each quote with its source line; or the nearest articles.

    The quoted text is untouched, each line of it after "  ", and below its source what has become of the
    article since, and where else it was published. Small talk is its reply alone. The publisher's cards go
    before all else.
    """
    cards = [line for card in answer.cards for line in (card.title, "", card.text, "")]
    return "\n".join([*cards, _said(answer)]) if answer.quotes or not cards else "\n".join(cards[:-1])


def _said(answer: Answer) -> str:
    if answer.verdict == "talk":
        return answer.reply
    verdict = {"answered": messages.ANSWERED, "unsure": messages.UNSURE, "none": messages.NONE}[
        answer.verdict
    ]
    lines = [verdict.to(answer.language)]
    if answer.quotes:
        lines += [_quote(quote, answer.language) for quote in answer.quotes]
    elif answer.nearest:
        lines += [messages.NEAREST.to(answer.language), *(f"  {a.heading}" for a in answer.nearest)]
    return "\n".join(lines)


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


def _quote(quote: Quote, language: Language) -> str:
    article, standing = quote.article, quote.standing
    lines = [
        *quote.text.split("\n"),
        f"—— {_origin(article, article.byline)}",
        *_correction(article, language),
    ]
    if newer := standing.superseded_by:
        lines.append(messages.SUPERSEDED.to(language, link=_named(newer, language)))
    if standing.also_in:
        lines.append(messages.ALSO_IN.to(language))
        for copy in standing.also_in:
            told = [_origin(copy, article_link(copy.id)), *_correction(copy, language)]
            lines += [f"  {line}" for line in told]
    return "\n" + "\n".join(f"  {line}" for line in lines)


def _correction(article: Article, language: Language) -> list[str]:
    return [messages.CORRECTION.to(language, note=article.correction)] if article.correction else []


def _origin(article: Article, last: str) -> str:
    stated = (article.heading, article.source, str(article.published or ""), last)
    return " · ".join(part for part in stated if part)


def _named(article: Article, language: Language) -> str:
    title = messages.SUPERSEDED_TITLE.to(language, title=article.title)
    link = article_link(article.id)
    return f"{title} ({link})" if language == "en" else f"{title}（{link}）"
