"""Publishing of sheets into the library, by hand or at a set time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from pydantic import TypeAdapter

from bot.desk.desk import Desk
from bot.desk.sheet import Sheet, SheetArticle
from bot.operations.sheets import MovedOn, SheetRecord, utc_now
from corpus.article import ArticleError
from corpus.library.adding import Adder, Report
from corpus.library.catalogue import Catalogue

__all__ = ["Schedule", "Unpublishable", "publish_sheet", "sheet_of", "state_of"]

logger = logging.getLogger(__name__)

STATE = TypeAdapter(Sheet)

EVERY = 20  # seconds between two looks for what is due


class Unpublishable(Exception):  # noqa: N818
    """Articles without a title or a text, or with a date that is none; nothing was written."""

    def __init__(self, pieces: Sequence[SheetArticle]) -> None:
        super().__init__(f"{len(pieces)} articles are not whole")
        self.pieces = pieces


def state_of(sheet: Sheet) -> str:
    """The sheet as text, as `sheet_of` reads it."""
    return STATE.dump_json(sheet).decode()


def sheet_of(desk: Desk, record: SheetRecord, version: int | None = None) -> Sheet:
    """The sheet in a state, the last one unless a version is given. Raises KeyError where there is none."""
    state = desk.sheets.state(record.id, version or record.version)
    if state is None:
        raise KeyError(version)
    return STATE.validate_json(state)


def publish_sheet(desk: Desk, record: SheetRecord, by: str) -> Report:
    """Write the articles of a sheet that are not left out, as `add` does; once more does no harm.

    Where the library refused some, the sheet stays open. Raises Unpublishable, and MovedOn where the
    sheet has been changed since; then nothing is written.
    """
    pieces = [piece for piece in sheet_of(desk, record).pieces if not piece.is_out]
    if broken := [piece for piece in pieces if not _is_whole(piece)]:
        raise Unpublishable(broken)
    record = desk.sheets.set_status(record, "published", by, articles=len(pieces))
    with Catalogue(desk.state, desk.articles) as catalogue:
        report = Adder(catalogue).add_articles(record.name, [piece.article() for piece in pieces])
    if report.refused:
        desk.sheets.set_status(record, "draft", by, refused=[note.text for note in report.refused])
    desk.changed()
    return report


def _is_whole(piece: SheetArticle) -> bool:
    try:
        return bool(piece.article().body.strip())
    except (ArticleError, ValueError):
        return False


class Schedule:
    """Thread that publishes the sheets that are due."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after what is being published."""
        self._stopped.set()

    def publish_due(self) -> int:
        """Publish the sheets whose time has come; how many. What fails is logged and goes back to a draft."""
        done = 0
        for record in self._desk.sheets.due(utc_now()):
            try:
                publish_sheet(self._desk, record, record.changed_by)
                done += 1
            except MovedOn:  # another replica, or an editor at this moment
                continue
            except Unpublishable as error:
                logger.warning("%s is not published: %s", record.name, error)
                self._desk.sheets.set_status(record, "draft", record.changed_by, reason=str(error))
        return done

    def _run(self) -> None:
        while not self._stopped.wait(EVERY):
            try:
                self.publish_due()
            except Exception:
                logger.exception("what is due could not be published")
