"""Adding articles at the desk: from files, pasted text or an address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import PurePath

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, Form, go_to, render, user_of
from bot.desk.publishing import state_of
from bot.desk.sheet import is_cheap, lay_out
from bot.web.problems import Problem
from corpus.article import ArticleError
from corpus.ids import url_stem
from corpus.library.scans import keeping_scans
from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.formats import read
from corpus.readers.worker import ReadingLimits, ReadingWorker
from corpus.sources.fetch import Fetcher, FetchError, Limits
from corpus.sources.files import is_address, unpacked

__all__ = ["adding_routes"]

LIMITS = ReadingLimits(fetched=30, own=60, waiting=5)
"""What one document may cost; whoever sends it waits at the page."""

LONGEST_TEXT = 1_000_000  # characters of a pasted text


def adding_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)

    @router.get("/desk/add")
    def show(request: Request) -> Response:
        return render(request, desk, "add.html", notes=(), text="", url="", source="", published="")

    @router.post("/desk/add")
    def add(request: Request, form: DeskForm) -> Response:
        with ReadingWorker(LIMITS) as worker:
            return _added(request, form, worker)

    def _added(request: Request, form: Form, worker: ReadingWorker) -> Response:
        by, made, notes = user_of(request).name, [], []
        source, published = form.text("source", 200).strip(), _day(form.text("published", 10))
        for document in _documents(desk, form):
            try:
                if isinstance(document, Note):
                    raise ReaderError(document.text)
                reading = read if is_cheap(document) else worker.read
                sheet = lay_out(document, source, published, keeping_scans(desk.articles, reading))
            except (ReaderError, ArticleError) as error:
                notes.append(Note(document.name, str(error)))
            else:
                made.append(desk.sheets.add(sheet.name[:200], state_of(sheet), by))
        if not made and not notes:
            raise Problem(400, messages.DESK_NOTHING_SENT)
        if notes:
            typed = {"text": "" if made else form.text("text", LONGEST_TEXT), "url": form.text("url")}
            stated = {"source": source, "published": published}
            return render(request, desk, "add.html", 200 if made else 400, notes=notes, **typed, **stated)
        if len(made) == 1:
            return go_to(request, f"/sheets/{made[0].id}")
        return go_to(request, "/sheets", messages.DESK_DOCUMENTS_ADDED, count=len(made))

    return router


def _documents(desk: Desk, form: Form) -> Iterator[Document | Note]:
    """What the form has sent, archives unpacked; Notes on what could not be fetched."""
    for file in form.files:
        name = PurePath(file.name.replace("\\", "/")).name
        yield from unpacked(Document(name, PurePath(name).stem, file.content))
    if text := form.text("text", LONGEST_TEXT).strip("\n"):
        stem = datetime.now(UTC).strftime("pasted-%Y%m%d-%H%M%S")
        yield Document(f"{stem}.txt", stem, text.encode("utf-8", "replace"))
    if url := form.text("url").strip():
        yield from _fetched(desk, url)


def _fetched(desk: Desk, url: str) -> Iterator[Document | Note]:
    if not is_address(url):
        yield Note(url, "an address begins with http:// or https://")
        return
    try:
        found = Fetcher(Limits(allow_private=desk.fetch_private)).fetch(url)
    except FetchError as error:
        yield Note(url, str(error).removeprefix(f"{url}: "))
        return
    yield from unpacked(Document(found.url, url_stem(found.url), found.content, found.url, found.charset))


def _day(text: str) -> str:
    """Raises Problem (400) for a date that is none."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise Problem(400, messages.DESK_NO_DATE) from None
