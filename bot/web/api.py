"""The JSON API: ask, judge the answer, read the articles, see whether the service is well."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from hmac import compare_digest
from itertools import islice
from types import SimpleNamespace
from typing import Annotated, NamedTuple

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request, Response

from bot import messages
from bot.answering.answerer import Answerer
from bot.language import Language
from bot.operations.metrics import CONTENT_TYPE, Metrics
from bot.operations.reload import ReloadResult
from bot.operations.votes import VoteRecord, Votes, VotesUnavailable, vote_record
from bot.web import routes
from bot.web.problems import Problem
from bot.web.queue import AnswerCache, AskQueue
from bot.web.schema import (
    AnswerOut,
    ArticleOut,
    ArticleWithBody,
    AskRequest,
    FollowUpsRequest,
    ReloadOut,
    ServiceStatus,
    VoteRequest,
    problem_responses,
)
from bot.web.turns import BusyError, FairTurns

__all__ = ["Reloads", "api_routes", "article_with_body", "metrics_routes", "reload_routes"]

logger = logging.getLogger(__name__)


def api_routes(
    bot: AnswerCache,
    turns: AskQueue,
    votes: Votes,
    missing: Callable[[], Sequence[dict[str, str]]],
    warnings: Callable[[], Sequence[str]] = tuple,
    metrics: Metrics | None = None,
) -> APIRouter:
    """The routes over `bot`, asked in turns.

    `missing` names what it lacks before it can answer, `warnings` what an operator should look at.
    """
    router = APIRouter()
    ballot = _Ballot(votes, metrics or Metrics())

    @routes.ASK.on(router, responses=problem_responses(400, 413, 415, 422, 429, 503))
    async def ask(asked: AskRequest) -> AnswerOut:
        """Answer a question with quotes."""
        return AnswerOut.model_validate(await turns.ask(asked.question, asked.history, asked.top))

    @routes.FEEDBACK.on(
        router, status_code=204, responses=problem_responses(400, 404, 413, 415, 422, 429, 503)
    )
    async def judge(judgement: VoteRequest) -> None:
        """Say whether an answer helped. The vote is kept with the question and without a name."""
        answer = bot.given(judgement.answer_id)
        if answer is None:
            raise Problem(404, messages.TOO_LATE_TO_VOTE)
        await ballot.cast(vote_record(answer, judgement.vote, judgement.comment))

    @routes.FOLLOW_UPS.on(router, responses=problem_responses(400, 413, 415, 422, 429, 503))
    async def go_on(going_on: FollowUpsRequest) -> list[str]:
        """Questions to go on with after an answer, answered by the articles; none where it is forgotten."""
        answer = bot.given(going_on.answer_id)
        if answer is None:
            return []
        return list(await turns.follow_ups(answer, going_on.history, going_on.language))

    @routes.EXAMPLES.on(router, responses=problem_responses(422, 429))
    def list_examples(language: Language = "zh-Hans") -> list[str]:
        """Questions in that language that the articles answer."""
        return list(bot.examples(language))

    @routes.LIST_ARTICLES.on(router, responses=problem_responses(422, 429))
    def list_articles(
        response: Response,
        offset: Annotated[int, Query(ge=0, le=10**9, description="how many to leave out")] = 0,
        limit: Annotated[int, Query(ge=1, le=1000, description="how many at most")] = 100,
    ) -> list[ArticleOut]:
        """The published articles, without their bodies: those from `offset` on, at most `limit`.

        The header `X-Total-Count` says how many there are, `Link` with rel="next" where there are more.
        """
        articles = bot.articles
        response.headers["X-Total-Count"] = str(len(articles))
        if offset + limit < len(articles):
            response.headers["Link"] = f'<?offset={offset + limit}&limit={limit}>; rel="next"'
        ids = islice(articles, offset, offset + limit)
        return [ArticleOut.model_validate(articles[article_id]) for article_id in ids]

    @routes.GET_ARTICLE.on(router, responses=problem_responses(404, 410, 422, 429))
    def read_article(article_id: str) -> ArticleWithBody:
        """One article with its body."""
        return article_with_body(bot, article_id)

    @routes.HEALTH.on(router, response_model_exclude_defaults=True)
    async def alive() -> ServiceStatus:
        """The process is alive."""
        return ServiceStatus(status="alive")

    @routes.READY.on(router, responses=problem_responses(503), response_model_exclude_defaults=True)
    async def is_ready() -> ServiceStatus:
        """The service can answer questions."""
        # In a thread of its own: what holds up all others must not make the service look dead.
        one = CapacityLimiter(1)
        if errors := await to_thread.run_sync(missing, limiter=one):
            raise Problem(503, messages.NOT_READY, errors=errors)
        return ServiceStatus(status="ready", warnings=list(await to_thread.run_sync(warnings, limiter=one)))

    return router


VOTES_WAITING = 32
"""Votes that may wait for those before them; at half a second each, the last gets its answer after 16 s."""


class _Ballot:
    """Stores votes one by one in a thread of its own, so that a locked file holds up nothing else."""

    def __init__(self, votes: Votes, metrics: Metrics) -> None:
        self._votes, self._metrics = votes, metrics
        self._turns, self._limiter = FairTurns(1, VOTES_WAITING), CapacityLimiter(1)

    async def cast(self, vote: VoteRecord) -> None:
        """Raises Problem: 503 where the votes cannot be kept now."""
        try:
            async with self._turns.turn():
                await to_thread.run_sync(self._votes.keep, vote, limiter=self._limiter)
            self._metrics.vote(vote.vote)
        except (BusyError, VotesUnavailable) as error:
            self._metrics.vote("lost")
            logger.warning("a vote is lost: %s", str(error) or "too many votes wait")
            raise Problem(503, messages.NO_VOTES_NOW, headers={"Retry-After": "60"}) from None


def article_with_body(bot: Answerer, article_id: str) -> ArticleWithBody:
    """The article for programs. Raises Problem: 410 where it is withdrawn, 404 where there is none."""
    if article_id in bot.withdrawn:
        raise Problem(410, messages.WITHDRAWN_ARTICLE)
    article = bot.articles.get(article_id)
    if article is None:
        raise Problem(404, messages.NO_ARTICLE)
    known = SimpleNamespace(**vars(article), is_scanned=article.is_scanned, standing=bot.standing(article_id))
    return ArticleWithBody.model_validate(known)


def metrics_routes(metrics: Metrics, token: str) -> APIRouter:
    """/metrics, for whoever shows the token."""
    router = APIRouter(include_in_schema=False)

    @routes.METRICS.on(router)
    def figures(request: Request) -> Response:
        _check(request, token)
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return router


SCHEME = "bearer "


class Reloads(NamedTuple):
    """Access to reloads: whom to ask for one, and the token that a caller must show."""

    token: str
    request: Callable[[], None]
    outcome: Callable[[], ReloadResult]


def reload_routes(reloads: Reloads) -> APIRouter:
    """Routes of /api/reload; /docs, which is for the public, does not describe them."""
    router = APIRouter(include_in_schema=False)

    @routes.RELOAD.on(router, status_code=202)
    def reload(request: Request) -> ReloadOut:
        """Asks for a reload; it goes on after the answer."""
        _check(request, reloads.token)
        reloads.request()
        return ReloadOut.model_validate(reloads.outcome())

    @routes.RELOADED.on(router)
    def outcome(request: Request) -> ReloadOut:
        """What came of the last one."""
        _check(request, reloads.token)
        return ReloadOut.model_validate(reloads.outcome())

    return router


def _check(request: Request, token: str) -> None:
    shown = request.headers.get("authorization", "")
    given = shown[len(SCHEME) :] if shown.lower().startswith(SCHEME) else ""
    # Compared in constant time: how long a refusal takes must not tell how much was right.
    if not compare_digest(given.encode("utf-8", "surrogateescape"), token.encode()):
        raise Problem(403, messages.NO_ADMINISTRATOR)
