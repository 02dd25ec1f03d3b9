"""Published articles at the desk: search, correct, withdraw, supersede; two editors at once lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, Form, at_least, go_to, render, user_of
from bot.desk.pins import used_of
from bot.desk.questions import DAYS
from bot.web.problems import Problem
from corpus.article import Article, ArticleError, digest
from corpus.asked import LONGEST_QUESTION, LONGEST_SENTENCE, stale
from corpus.body import sections
from corpus.library.curating import (
    CurationError,
    with_asked,
    with_not_asked,
    without_asked,
    without_not_asked,
)
from corpus.library.editing import ArticleFilter, ChangedMeanwhile, revise, select
from corpus.sentences import sentences

__all__ = ["LONGEST_BODY", "article_routes", "found", "sentences_of", "shown_as"]

PAGE = 50
"""Articles of one page of the list."""

LONGEST_BODY = 2_000_000  # characters

LINES = ("title", "kicker", "subtitle", "byline", "section", "page", "source", "url")


def shown_as(article: Article) -> str:
    """Version that a form sends back, to tell whether the article is still the one that was shown."""
    return digest(article).hex()


def found(desk: Desk, article_id: str) -> Article:
    """Raises Problem (404) where there is no such article that can be read."""
    article = desk.shelf.look().by_id.get(article_id)
    if article is None:
        raise Problem(404, messages.NO_PAGE)
    return article


def sentences_of(article: Article) -> list[str]:
    """The sentences of the body that can be chosen, each once."""
    texts = (
        article.body[start:end]
        for _, first, last in sections(article.body)
        for start, end in sentences(article.body, first, last)
    )
    return [text for text in dict.fromkeys(texts) if len(text) <= LONGEST_SENTENCE]


def article_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)
    publishing = [at_least("publisher")]

    @router.get("/desk/articles")
    def all_of_them(
        request: Request, q: str = "", source: str = "", section: str = "", status: str = "", page: int = 1
    ) -> Response:
        wanted = ArticleFilter(words=q.strip(), source=source.strip(), section=section.strip(), status=status)
        shelved = desk.shelf.look()
        matching = select(shelved.articles, wanted)
        pages = max(1, -(-len(matching) // PAGE))
        page = min(max(page, 1), pages)
        listed = matching[(page - 1) * PAGE : page * PAGE]
        return render(
            request, desk, "articles.html", articles=listed, count=len(matching), page=page, pages=pages,
            wanted=wanted, broken=shelved.broken, stale=shelved.stale,
        )  # fmt: skip

    @router.get("/desk/articles/{article_id}")
    def show(request: Request, article_id: str) -> Response:
        return _page(request, desk, found(desk, article_id))

    @router.post("/desk/articles/{article_id}", dependencies=publishing)
    def act(request: Request, article_id: str, form: DeskForm) -> Response:
        action = form.text("action", 20)
        if action not in ACTIONS:
            raise Problem(400, messages.BODY_REFUSED)
        change, told = ACTIONS[action]
        former = found(desk, article_id)
        typed = change(former, form)
        try:
            revise(desk.articles, article_id, form.text("shown", 64), lambda now: change(now, form))
        except ChangedMeanwhile as moved:
            return _page(request, desk, replace(typed, id=former.id), 409, shown=shown_as(moved.article))
        desk.log.record(user_of(request).name, f"article: {action}", article=article_id, **_noted(form))
        desk.changed()
        return go_to(request, f"/articles/{article_id}", told)

    return router


def _page(
    request: Request, desk: Desk, article: Article, status: int = 200, shown: str | None = None
) -> Response:
    former = sorted((path.stem for path in desk.former(article.id)), reverse=True)
    return render(
        request, desk, "article.html", status, article=article, shown=shown or shown_as(article),
        is_moved=shown is not None, former=former,
        stale={one.question for one in stale(article.body, article.asked)},
        may_publish=user_of(request).may("publisher"), sentences=sentences_of(article),
        used=used_of(desk, [article]), days=DAYS,
    )  # fmt: skip


def _noted(form: Form) -> dict[str, object]:
    """What of a form goes into the log: reasons and notes, not the text, which is in the history."""
    return {name: text for name in ("correction", "reason", "question") if (text := form.text(name))}


def _line(form: Form, name: str) -> str:
    return " ".join(form.text(name, 2000).split())


def _save(article: Article, form: Form) -> Article:
    """The article as typed. Raises Problem (400) without a title or a text, and for a date that is none."""
    day, until = form.text("published", 10).strip(), form.text("valid_until", 10).strip()
    ids = form.text("supersedes").replace(",", " ").split()
    try:
        lines: dict[str, Any] = {name: _line(form, name) for name in LINES}
        changed = replace(
            article,
            **lines,
            published=date.fromisoformat(day) if day else None,
            body=form.text("body", LONGEST_BODY).strip("\n"),
            correction=_line(form, "correction"),
            supersedes=tuple(dict.fromkeys(ids)),
            valid_until=date.fromisoformat(until) if until else None,
        )
    except ArticleError:
        raise Problem(400, messages.DESK_NOT_WHOLE, titles=article.title) from None
    except ValueError:
        raise Problem(400, messages.DESK_NO_DATE) from None
    if not changed.body.strip():
        raise Problem(400, messages.DESK_NOT_WHOLE, titles=article.title)
    return changed


def _withdraw(article: Article, form: Form) -> Article:
    """Raises Problem (400) without a reason."""
    reason = _line(form, "reason")
    if not reason:
        raise Problem(400, messages.DESK_NO_REASON)
    return replace(article, status="withdrawn", withdrawal=reason, withdrawn_on=datetime.now(UTC).date())


def _reinstate(article: Article, form: Form) -> Article:
    return replace(article, status="published", withdrawal="", withdrawn_on=None)


def _ask(article: Article, form: Form) -> Article:
    """With one more question that it answers, or never does. Raises Problem (400)."""
    question = form.text("question", LONGEST_QUESTION)
    try:
        if form.text("barred", 5):
            return with_not_asked(article, question)
        return with_asked(article, question, form.text("sentence", LONGEST_SENTENCE))
    except CurationError:
        raise Problem(400, messages.DESK_NOT_ATTACHED) from None


def _forget_asked(article: Article, form: Form) -> Article:
    """Without one of the questions that it is asked. Raises Problem (409) where it is not any more."""
    question = form.text("question", LONGEST_QUESTION)
    forget = without_not_asked if form.text("barred", 5) else without_asked
    try:
        return forget(article, question)
    except CurationError:
        raise Problem(409, messages.DESK_ARTICLE_MOVED_ON) from None


ACTIONS: dict[str, tuple[Callable[[Article, Form], Article], messages.Message]] = {
    "save": (_save, messages.DESK_SAVED),
    "ask": (_ask, messages.DESK_SAVED),
    "forget": (_forget_asked, messages.DESK_FORGOTTEN),
    "withdraw": (_withdraw, messages.DESK_WITHDRAWN),
    "reinstate": (_reinstate, messages.DESK_REINSTATED),
}
