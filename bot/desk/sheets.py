"""Pages of a sheet: a document's text beside the articles read from it, to be corrected and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, Form, go_to, render, user_of
from bot.desk.publishing import Unpublishable, publish_sheet, sheet_of, state_of
from bot.desk.sheet import FIELDS, Sheet, SheetArticle, join, paragraph_starts, split
from bot.desk.source import source_segments
from bot.operations.sheets import MovedOn, SheetRecord
from bot.web.problems import Problem

__all__ = ["sheet_routes"]

LONGEST_BODY = 2_000_000  # characters
OPENING = 30  # characters of a paragraph in the list of those where an article may be split
MOST_OPENINGS = 300


def sheet_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)

    @router.get("/desk/sheets")
    def all_of_them(request: Request) -> Response:
        return render(request, desk, "sheets.html", sheets=desk.sheets.open(), statuses=STATUSES)

    @router.get("/desk/sheets/{sheet_id}")
    def show(request: Request, sheet_id: str) -> Response:
        record = _record(desk, sheet_id)
        return _page(request, desk, record, sheet_of(desk, record))

    @router.post("/desk/sheets/{sheet_id}")
    def act(request: Request, sheet_id: str, form: DeskForm) -> Response:
        record = _record(desk, sheet_id)
        if record.status in ("published", "discarded"):
            raise Problem(409, messages.DESK_SHEET_CLOSED)
        shown = replace(record, version=form.number("version"))
        try:
            typed = _typed(sheet_of(desk, record, shown.version), form)
        except KeyError:
            raise Problem(400, messages.BODY_REFUSED) from None
        try:
            return _act(request, desk, shown, typed, form)
        except MovedOn as moved:
            problem = messages.DESK_MOVED_ON, {"name": moved.record.changed_by}
            return _page(request, desk, moved.record, typed, 409, problem)

    return router


STATUSES = {
    "draft": messages.DESK_DRAFT,
    "proposed": messages.DESK_PROPOSED,
    "scheduled": messages.DESK_SCHEDULED,
    "published": messages.DESK_PUBLISHED,
    "discarded": messages.DESK_DISCARDED,
}


def _record(desk: Desk, sheet_id: str) -> SheetRecord:
    record = desk.sheets.get(sheet_id)
    if record is None:
        raise Problem(404, messages.NO_PAGE)
    return record


def _page(
    request: Request,
    desk: Desk,
    record: SheetRecord,
    sheet: Sheet,
    status: int = 200,
    problem: tuple[messages.Message, Mapping[str, object]] | None = None,
) -> Response:
    openings = {
        piece.key: [
            (start, text[:OPENING]) for start, text in paragraph_starts(piece.body)[1 : MOST_OPENINGS + 1]
        ]
        for piece in sheet.pieces
    }
    doubts = {
        piece.key: [d.removeprefix(f"{piece.key}: ") for d in sheet.doubts if d.startswith(f"{piece.key}: ")]
        for piece in sheet.pieces
    }
    loose = [d for d in sheet.doubts if not any(d.startswith(f"{piece.key}: ") for piece in sheet.pieces)]
    values = {"openings": openings, "doubts": doubts, "loose": loose, "statuses": STATUSES}
    return render(
        request, desk, "sheet.html", status, record=record, sheet=sheet, segments=source_segments(sheet),
        problem=problem, may_publish=user_of(request).may("publisher"), **values,
    )  # fmt: skip


def _typed(sheet: Sheet, form: Form) -> Sheet:
    """The sheet with what was typed in place of what it had."""
    pieces = tuple(_typed_piece(piece, number, form) for number, piece in enumerate(sheet.pieces, 1))
    return replace(sheet, pieces=pieces)


def _typed_piece(piece: SheetArticle, number: int, form: Form) -> SheetArticle:
    if f"title-{number}" not in form.values:
        return piece
    values = {name: " ".join(form.text(f"{name}-{number}", 2000).split()) for name in FIELDS}
    body = form.text(f"body-{number}", LONGEST_BODY).strip("\n")
    return replace(piece, body=body, is_out=bool(form.text(f"out-{number}")), **values)


def _act(request: Request, desk: Desk, shown: SheetRecord, typed: Sheet, form: Form) -> Response:
    """What the button says, after what was typed is kept. Raises MovedOn, Problem (400, 403)."""
    by = user_of(request).name
    action, _, key = form.text("action", 200).partition(":")
    if action == "undo":
        desk.sheets.undo(shown, by)
        return go_to(request, f"/sheets/{shown.id}", messages.DESK_UNDONE)
    kept = desk.sheets.save(shown, state_of(typed), by)
    if action in ("join", "split"):
        desk.sheets.save(kept, state_of(_divided(action, key, typed, form)), by)
        return go_to(request, f"/sheets/{shown.id}#articles")
    if action in CLOSING:
        return CLOSING[action](request, desk, kept, form)
    return go_to(request, f"/sheets/{shown.id}", messages.DESK_SAVED)


def _divided(action: str, key: str, sheet: Sheet, form: Form) -> Sheet:
    try:
        if action == "join":
            return join(sheet, key)
        number = sheet.pieces.index(sheet.piece(key)) + 1
        return split(sheet, key, form.number(f"from-{number}"))
    except (KeyError, IndexError):
        raise Problem(400, messages.DESK_NOT_DIVIDED) from None


def _publish(request: Request, desk: Desk, record: SheetRecord, form: Form) -> Response:
    _check_publisher(request)
    try:
        report = publish_sheet(desk, record, user_of(request).name)
    except Unpublishable as error:
        named = "; ".join(piece.title or piece.body[:OPENING] or piece.key for piece in error.pieces)
        problem = messages.DESK_NOT_WHOLE, {"titles": named}
        return _page(request, desk, record, sheet_of(desk, record), 400, problem)
    if report.refused:
        reasons = "; ".join(note.text for note in report.refused)
        return go_to(request, f"/sheets/{record.id}", messages.DESK_PARTLY, reasons=reasons)
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    return go_to(request, "/sheets", messages.DESK_NOW_PUBLISHED, name=record.name, **counts)


def _schedule(request: Request, desk: Desk, record: SheetRecord, form: Form) -> Response:
    _check_publisher(request)
    try:
        local = datetime.fromisoformat(form.text("at", 30))
        zone = timedelta(minutes=int(form.text("zone", 5) or 0))
        at = local.replace(tzinfo=UTC) + zone
    except (ValueError, OverflowError):
        raise Problem(400, messages.DESK_NO_DATE) from None
    text = at.isoformat(timespec="seconds")
    desk.sheets.set_status(record, "scheduled", user_of(request).name, text)
    return go_to(request, "/sheets", messages.DESK_NOW_SCHEDULED, name=record.name, at=text[:16])


def _propose(request: Request, desk: Desk, record: SheetRecord, form: Form) -> Response:
    desk.sheets.set_status(record, "proposed", user_of(request).name)
    return go_to(request, "/sheets", messages.DESK_NOW_PROPOSED, name=record.name)


def _discard(request: Request, desk: Desk, record: SheetRecord, form: Form) -> Response:
    user = user_of(request)
    if record.made_by != user.name:
        _check_publisher(request)
    desk.sheets.set_status(record, "discarded", user.name)
    return go_to(request, "/sheets", messages.DESK_NOW_DISCARDED, name=record.name)


def _check_publisher(request: Request) -> None:
    if not user_of(request).may("publisher"):
        raise Problem(403, messages.DESK_NOT_ALLOWED)


Closing = Callable[[Request, Desk, SheetRecord, Form], Response]

CLOSING: dict[str, Closing] = {
    "publish": _publish,
    "schedule": _schedule,
    "propose": _propose,
    "discard": _discard,
}
