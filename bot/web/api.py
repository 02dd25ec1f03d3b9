"""The JSON API: ask, judge the answer, read the articles, see whether the service is well."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from fastapi import APIRouter

from bot import messages
from bot.answerer import Answerer
from bot.feedback import Votes, judged
from bot.questions import Language
from bot.web.problems import Problem
from bot.web.remembered import Remembered
from bot.web.schema import (
    AnswerOut,
    ArticleOut,
    ArticleWithBody,
    Ask,
    GoingOn,
    Judgement,
    ProblemOut,
    Status,
)
from bot.web.turns import Turns

__all__ = ["api_routes", "article_with_body"]


def api_routes(bot: Remembered, turns: Turns, votes: Votes, ready: Callable[[], bool]) -> APIRouter:
    """The routes over `bot`, asked in turns; `ready` tells whether it has shown that it can answer."""
    router = APIRouter()

    @router.post("/api/ask", responses=_problems(413, 415, 422, 429, 503))
    async def ask(asked: Ask) -> AnswerOut:
        """Answer a question with quotes."""
        return AnswerOut.model_validate(await turns.ask(asked.question, asked.history, asked.top))

    @router.post("/api/feedback", status_code=204, responses=_problems(404, 413, 415, 422, 429))
    def judge(judgement: Judgement) -> None:
        """Say whether an answer helped. The vote is kept with the question and without a name."""
        answer = bot.given(judgement.answer_id)
        if answer is None:
            raise Problem(404, messages.TOO_LATE_TO_VOTE)
        votes.keep(judged(answer, judgement.vote, judgement.comment))

    @router.post("/api/follow-ups", responses=_problems(413, 415, 422, 429, 503))
    async def go_on(going_on: GoingOn) -> list[str]:
        """Questions to go on with after an answer, answered by the articles; none where it is forgotten."""
        answer = bot.given(going_on.answer_id)
        if answer is None:
            return []
        return list(await turns.follow_ups(answer, going_on.history, going_on.language))

    @router.get("/api/examples")
    def list_examples(language: Language = "zh-Hans") -> list[str]:
        """Questions in that language that the articles answer."""
        return list(bot.examples(language))

    @router.get("/api/articles")
    def list_articles() -> list[ArticleOut]:
        """The published articles, without their bodies."""
        return [ArticleOut.model_validate(article) for article in bot.articles.values()]

    @router.get("/api/articles/{article_id}", responses=_problems(404, 410))
    def read_article(article_id: str) -> ArticleWithBody:
        """One article with its body."""
        return article_with_body(bot, article_id)

    @router.get("/healthz")
    def alive() -> Status:
        """The process is alive."""
        return Status(status="alive")

    @router.get("/readyz", responses=_problems(503))
    def is_ready() -> Status:
        """The service can answer questions."""
        if not ready():
            raise Problem(503, messages.NOT_READY)
        return Status(status="ready")

    return router


def article_with_body(bot: Answerer, article_id: str) -> ArticleWithBody:
    """The article for programs. Raises Problem: 410 where it is withdrawn, 404 where there is none."""
    if article_id in bot.withdrawn:
        raise Problem(410, messages.WITHDRAWN_ARTICLE)
    article = bot.articles.get(article_id)
    if article is None:
        raise Problem(404, messages.NO_ARTICLE)
    known = SimpleNamespace(**vars(article), standing=bot.standing(article_id))
    return ArticleWithBody.model_validate(known)


def _problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    content = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
    return {status: {"description": "a problem", "content": content} for status in statuses}
