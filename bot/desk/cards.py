"""Cards and examples at the desk: edited, tried before they are saved, with how often each card was shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.answering.cards import Cards
from bot.answering.patterns import PatternError
from bot.answering.question import Question
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, Form, at_least, go_to, render, user_of
from bot.desk.questions import DAYS, answer_now
from bot.desk.trials import try_change
from bot.desk.votes import VERDICTS
from bot.operations.figures import CARD
from bot.web.problems import Problem
from corpus.library.card_writing import (
    card_path,
    card_to_markdown,
    remove_card,
    save_card,
    save_examples,
)
from corpus.library.cards import CardError, CardFile, card_files, read_card
from corpus.library.files import (
    EXAMPLES,
    FileChanged,
    LibraryError,
    file_digest,
    read_examples,
)

__all__ = ["card_routes"]

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}(?:\.[a-z]{2})?\.md")
LONGEST = 20_000  # characters of a card's text, and of all its patterns
EMPTY = CardFile("", "", "")


def card_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/cards")
    def listed(request: Request, q: str = "") -> Response:
        return _list(request, desk, "\n".join(_examples(desk)), q[:500])

    @router.post("/desk/cards")
    def examples(request: Request, form: DeskForm) -> Response:
        if "examples" not in form.values:
            raise Problem(400, messages.BODY_REFUSED)
        typed = form.text("examples", LONGEST)
        try:
            save_examples(desk.articles, typed.splitlines(), form.text("shown", 64))
        except FileChanged:
            return _list(request, desk, typed, theirs="\n".join(_examples(desk)))
        desk.log.record(user_of(request).name, "examples changed", examples=list(_examples(desk)))
        desk.changed()
        return go_to(request, "/cards", messages.DESK_SAVED)

    @router.get("/desk/cards/{name}")
    def show(request: Request, name: str, when: str = "") -> Response:
        if name == "new":
            return _page(request, desk, "", replace(EMPTY, when=(when,) if when else ()), when)
        return _page(request, desk, name, _found(desk, name))

    @router.post("/desk/cards/{name}")
    def act(request: Request, name: str, form: DeskForm) -> Response:
        if form.text("action", 20) == "remove":
            return _remove(request, desk, name, form.text("shown", 64))
        card, tried, typed_name = _typed(form), form.text("tried", 500), form.text("name", 50).strip()
        file_name = f"{typed_name}.md" if name == "new" else name
        try:
            cards = Cards([replace(card, id="typed")])
            if form.text("action", 20) == "save":
                return _save(request, desk, file_name, card, form)
            if form.text("action", 20) == "changes" and desk.trials:
                return try_change(request, desk, desk.trials.variants.cards(_with(desk, file_name, card)))
        except (CardError, PatternError) as error:
            return _page(request, desk, name, card, tried, str(error), typed_name)
        except FileChanged:
            return _page(request, desk, name, card, tried, typed_name=typed_name, is_moved=True)
        is_shown = bool(cards.of(Question(tried)))
        return _page(request, desk, name, card, tried, is_shown=is_shown, typed_name=typed_name)

    return router


def _save(request: Request, desk: Desk, name: str, card: CardFile, form: Form) -> Response:
    """Raises CardError, FileChanged."""
    if not NAME.fullmatch(name):
        raise CardError("the name: 1 to 40 of a-z 0-9 - are allowed")
    shown = form.text("shown", 64)
    if not shown and any(path.name == name for path in card_files(desk.articles)):
        raise CardError("there is a card of that name")
    save_card(desk.articles, name, card, shown)
    desk.log.record(user_of(request).name, "card saved", card=name, text=card_to_markdown(card))
    desk.changed()
    return go_to(request, "/cards", messages.DESK_SAVED)


def _with(desk: Desk, name: str, card: CardFile) -> list[CardFile]:
    """The cards as they would be after the card is saved under that name."""
    others = [_readable(path) for path in card_files(desk.articles) if path.name != name]
    return [*(other for other in others if other), replace(card, id=name.split(".")[0])]


def _remove(request: Request, desk: Desk, name: str, shown: str) -> Response:
    """Raises Problem (404, 409)."""
    text = card_to_markdown(_found(desk, name))
    try:
        remove_card(desk.articles, name, shown)
    except FileChanged:
        raise Problem(409, messages.DESK_ARTICLE_MOVED_ON) from None
    desk.log.record(user_of(request).name, "card removed", card=name, text=text)
    desk.changed()
    return go_to(request, "/cards", messages.DESK_CARD_REMOVED)


def _list(request: Request, desk: Desk, examples: str, q: str = "", theirs: str | None = None) -> Response:
    cards = [(path.name, _readable(path)) for path in card_files(desk.articles)]
    today = datetime.now().date().isoformat()
    return render(
        request, desk, "cards.html", 200 if theirs is None else 409, cards=cards, shown=_shown(desk), q=q,
        verdicts=VERDICTS, examples=examples, theirs=theirs, days=DAYS,
        digest=file_digest(desk.articles / EXAMPLES),
        asked=desk.figures.curated("example", _examples(desk), DAYS, today),
        answer=answer_now(desk, q) if q.strip() else None,
    )  # fmt: skip


def _page(
    request: Request,
    desk: Desk,
    name: str,
    card: CardFile,
    tried: str = "",
    problem: str = "",
    typed_name: str = "",
    is_shown: bool | None = None,
    is_moved: bool = False,
) -> Response:
    answer, path = answer_now(desk, tried) if tried.strip() else None, card_path(desk.articles, name or "new")
    return render(
        request, desk, "card.html", 400 if problem else 409 if is_moved else 200, name=name or "new",
        card=card, tried=tried, problem=problem, typed_name=typed_name, is_shown=is_shown, answer=answer,
        verdicts=VERDICTS, digest=file_digest(path), may_try=desk.trials is not None,
        theirs=path.read_text(encoding="utf-8") if is_moved and path.is_file() else None,
    )  # fmt: skip


def _typed(form: Form) -> CardFile:
    def lines(name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in form.text(name, LONGEST).splitlines() if line.strip())

    rank = form.text("rank", 1)
    return CardFile(
        "",
        form.text("title", 200).strip(),
        form.text("text", LONGEST).strip(),
        tuple(language for language in ("zh", "en") if form.text(f"language-{language}", 5)),
        tuple(form.text("phones", 500).replace(",", " ").replace("，", " ").split()),
        lines("when"),
        lines("not"),
        lines("unless"),
        int(rank) if rank.isascii() and rank.isdigit() else 5,
        bool(form.text("quotes", 5)),
    )


def _found(desk: Desk, name: str) -> CardFile:
    """Raises Problem (404)."""
    path = next((path for path in card_files(desk.articles) if path.name == name), None)
    card = _readable(path) if path else None
    if card is None:
        raise Problem(404, messages.NO_PAGE)
    return card


def _readable(path: Path) -> CardFile | None:
    with suppress(CardError):
        return read_card(path)
    return None


def _examples(desk: Desk) -> Sequence[str]:
    with suppress(LibraryError):
        return read_examples(desk.articles)
    return ()


def _shown(desk: Desk) -> dict[str, int]:
    """How often each card was shown."""
    return dict(desk.figures.most(CARD, DAYS, datetime.now().date().isoformat(), 1000))
