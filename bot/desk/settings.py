"""Settings at the desk: a pause with its sentence, and the publisher's name, colors, contact, sites."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, Form, at_least, go_to, render, user_of
from bot.operations.site import TEXTS, Site, SiteError
from bot.web.problems import Problem

__all__ = ["pause_routes", "settings_routes"]

NAMES = {
    "publisher": messages.DESK_SET_PUBLISHER,
    "accent": messages.DESK_SET_ACCENT,
    "contact": messages.DESK_SET_CONTACT,
    "widget_origins": messages.DESK_SET_ORIGINS,
    "keep_questions_days": messages.DESK_SET_DAYS,
    "logo": messages.DESK_SET_LOGO,
}
SOURCES = {
    "environment": messages.DESK_FROM_ENVIRONMENT,
    "desk": messages.DESK_FROM_DESK,
    "default": messages.DESK_FROM_DEFAULT,
}
LONGEST = 5000  # characters of a setting; the widget's sites are many


def settings_routes(desk: Desk) -> APIRouter:
    router = APIRouter(
        include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("administrator")]
    )

    @router.get("/desk/settings")
    def show(request: Request) -> Response:
        return _page(request, desk, _values(_site(desk)))

    @router.post("/desk/settings")
    def save(request: Request, form: DeskForm) -> Response:
        typed = {name: form.text(name, LONGEST) for name in TEXTS if name in form.values}
        try:
            _site(desk).set(typed, user_of(request).name, _logo(form))
        except SiteError as error:
            return _page(request, desk, {**_values(_site(desk)), **typed}, error)
        desk.changed()  # cards hold the contact
        return go_to(request, "/settings", messages.DESK_SAVED)

    return router


def _page(request: Request, desk: Desk, typed: dict[str, str], wrong: SiteError | None = None) -> Response:
    site = _site(desk)
    return render(
        request, desk, "settings.html", 400 if wrong else 200, typed=typed, wrong=wrong, names=NAMES,
        texts=TEXTS, sources={name: site.source(name) for name in NAMES}, source_words=SOURCES,
    )  # fmt: skip


def _values(site: Site) -> dict[str, str]:
    """The settings as they can be typed."""
    return {name: site.value(name) for name in TEXTS}


def _logo(form: Form) -> bytes | None:
    """A new logo; b"" to take it away, None to leave it."""
    if form.text("remove_logo", 5):
        return b""
    sent = [file.content for file in form.files if file.content]
    return sent[0] if sent else None


def pause_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/pause")
    def show(request: Request) -> Response:
        return render(request, desk, "pause.html", sentence=_site(desk).pause)

    @router.post("/desk/pause")
    def pause(request: Request, form: DeskForm) -> Response:
        sentence = form.text("sentence", 5000) if form.text("action", 20) == "pause" else ""
        if form.text("action", 20) == "pause" and not sentence.strip():
            raise Problem(400, messages.DESK_NO_SENTENCE)
        try:
            _site(desk).set_pause(sentence, user_of(request).name)
        except SiteError:
            raise Problem(400, messages.DESK_TOO_LONG, limit=500) from None
        return go_to(request, "/pause", messages.DESK_PAUSED if sentence else messages.DESK_ANSWERS_AGAIN)

    return router


def _site(desk: Desk) -> Site:
    """Raises Problem (404) where nothing can be set."""
    if desk.site is None:
        raise Problem(404, messages.NO_PAGE)
    return desk.site
