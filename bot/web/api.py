"""The JSON API: ask, read the articles, see whether the service is well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter

from bot import messages
from bot.questions import QuestionError
from bot.web.answerer import AT_ONCE, WAITING, Answerer
from bot.web.problems import Problem
from bot.web.schema import AnswerOut, ArticleOut, ArticleWithBody, Ask, ProblemOut, Status

__all__ = ["api_routes"]


def api_routes(bot: Answerer, ready: Callable[[], bool]) -> APIRouter:
    """The routes over `bot`; `ready` tells whether it has shown that it can answer."""
    router = APIRouter()
    turns = CapacityLimiter(AT_ONCE)
    inside = 0

    @router.post("/api/ask", responses=_problems(413, 415, 422, 503))
    async def ask(asked: Ask) -> AnswerOut:
        """Answer a question with quotes."""
        nonlocal inside
        question = asked.question
        if inside >= AT_ONCE + WAITING:
            raise Problem(503, messages.BUSY, question=question, headers={"Retry-After": "5"})
        inside += 1
        try:
            call = partial(bot.ask, question, asked.history, asked.top)
            return AnswerOut.model_validate(await to_thread.run_sync(call, limiter=turns))
        except QuestionError as error:
            refusal, code = messages.REFUSED_QUESTION[error.code], f"question-{error.code}"
            raise Problem(422, refusal, code, question, limit=error.limit) from error
        finally:
            inside -= 1

    @router.get("/api/articles")
    def list_articles() -> list[ArticleOut]:
        """The published articles, without their bodies."""
        return [ArticleOut.model_validate(article) for article in bot.articles.values()]

    @router.get("/api/articles/{article_id}", responses=_problems(404))
    def read_article(article_id: str) -> ArticleWithBody:
        """One article with its body."""
        article = bot.articles.get(article_id)
        if article is None:
            raise Problem(404, messages.NO_ARTICLE)
        return ArticleWithBody.model_validate(article)

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


def _problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    content = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
    return {status: {"description": "a problem", "content": content} for status in statuses}
