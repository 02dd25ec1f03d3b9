"""Attaching a question that people ask to an article and one of its sentences, or barring it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.articles import found, sentences_of, shown_as
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, at_least, go_to, render, user_of
from bot.desk.questions import answer_now, found_group, wordings_of
from bot.desk.trials import try_change
from bot.web.problems import Problem
from corpus.article import Article
from corpus.asked import LONGEST_SENTENCE
from corpus.library.curating import CurationError, with_asked, with_not_asked
from corpus.library.editing import ArticleFilter, ChangedMeanwhile, revise

__all__ = ["attaching_routes"]

FOUND = 50
"""Articles that a search shows."""

MOST = 10
"""Of a group's wordings those that are put to the article at once."""


def attaching_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/questions/{group_id}/articles")
    def choose(request: Request, group_id: int, q: str = "") -> Response:
        group = found_group(desk, group_id)
        listed = list(islice(_matching(desk, q.strip()) if q.strip() else _near(desk, group.question), FOUND))
        return render(request, desk, "attach.html", group=group, articles=listed, q=q.strip())

    @router.get("/desk/questions/{group_id}/articles/{article_id}")
    def show(request: Request, group_id: int, article_id: str) -> Response:
        return _page(request, desk, group_id, found(desk, article_id))

    @router.post("/desk/questions/{group_id}/articles/{article_id}")
    def attach(request: Request, group_id: int, article_id: str, form: DeskForm) -> Response:
        group, article = found_group(desk, group_id), found(desk, article_id)
        asked = [
            question for n, question in enumerate(_wordings(desk, group_id), 1) if form.text(f"word-{n}")
        ]
        is_barred, sentence = form.text("action", 20) == "not", form.text("sentence", LONGEST_SENTENCE)
        if not asked:
            raise Problem(400, messages.DESK_NO_WORDING)

        def changed(now: Article) -> Article:
            for question in asked:
                now = with_not_asked(now, question) if is_barred else with_asked(now, question, sentence)
            return now

        if form.text("action", 20) == "try":
            return _try(request, desk, article, changed)
        try:
            revise(desk.articles, article.id, form.text("shown", 64), changed)
        except ChangedMeanwhile as moved:
            return _page(request, desk, group_id, moved.article, messages.DESK_ARTICLE_MOVED_ON)
        except CurationError:
            raise Problem(400, messages.DESK_NOT_ATTACHED) from None
        action = "article: not asked" if is_barred else "article: asked"
        desk.log.record(user_of(request).name, action, article=article.id, questions=asked)
        if not is_barred:
            desk.questions.set_state(group.id, "answered")
        desk.changed()
        return go_to(request, f"/questions/{group.id}", messages.DESK_ATTACHED, title=article.title)

    return router


def _try(request: Request, desk: Desk, article: Article, changed: Callable[[Article], Article]) -> Response:
    """Begin to try the change on the questions of the last days. Raises Problem (400, 404)."""
    if desk.trials is None:
        raise Problem(404, messages.NO_PAGE)
    try:
        variant = desk.trials.variants.article(changed(article))
    except CurationError:
        raise Problem(400, messages.DESK_NOT_ATTACHED) from None
    return try_change(request, desk, variant)


def _page(
    request: Request, desk: Desk, group_id: int, article: Article, problem: messages.Message | None = None
) -> Response:
    return render(
        request, desk, "attach_article.html", 409 if problem else 200, group=found_group(desk, group_id),
        article=article, shown=shown_as(article), sentences=sentences_of(article),
        wordings=_wordings(desk, group_id), problem=problem,
    )  # fmt: skip


def _wordings(desk: Desk, group_id: int) -> list[str]:
    """People's words that a question of an article may have, the most asked first."""
    return wordings_of(desk, group_id)[:MOST]


def _matching(desk: Desk, words: str) -> Iterator[Article]:
    wanted = ArticleFilter(words=words, status="published")
    return (article for article in desk.shelf.look().articles if wanted.takes(article))


def _near(desk: Desk, question: str) -> Iterator[Article]:
    """Those that the bot quotes or names now."""
    answer = answer_now(desk, question)
    if answer:
        named = [*(quote.article for quote in answer.quotes), *answer.nearest]
        yield from {article.id: article for article in named}.values()
