"""Synchronization with publishers: new, changed and removed articles, with as few requests as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from corpus.library.adding import Added, Adder
from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.feed import FeedEntry
from corpus.sources.addresses import all_listed
from corpus.sources.fetch import Fetched, Fetcher, FetchError
from corpus.sources.files import SourceError, documents, files_of, unpacked
from corpus.sources.following import Followed
from corpus.sources.pages import document_of, further_pages, where_it_leads
from corpus.sources.sync_state import Known, SyncState

__all__ = ["Gone", "SyncReport", "Syncing"]

DEEPEST = 2  # a sitemap of sitemaps; no site needs more
MOST_CHECKED = 50  # addresses that are no longer listed, asked in one run whether they are there
GONE = (404, 410)


@dataclass(frozen=True)
class Gone:
    """Articles whose address or file is no longer there: proposed for withdrawal, and not withdrawn."""

    item: str
    ids: tuple[str, ...]
    why: str


@dataclass
class SyncReport:
    """One run at one place. `unchanged` counts what was told to be as before, without being fetched."""

    place: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: list[Gone] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)


class Syncing:
    """Follows places into a library. `adder_for` makes an Adder with what a place states of its articles."""

    def __init__(
        self, state: SyncState, fetcher: Fetcher, adder_for: Callable[[Followed], Adder], now: datetime
    ) -> None:
        self._state, self._fetcher, self._adder_for, self._now = state, fetcher, adder_for, now

    def run(self, places: list[Followed], all_of_them: bool = False) -> Iterator[SyncReport]:
        """The report of each place whose time has come, or of all."""
        for place in places:
            asked = self._state.asked(place.place)
            if all_of_them or asked is None or self._now - asked >= place.every:
                report = _Place(self._state, self._fetcher, self._adder_for(place), place, self._now).run()
                self._state.note_asked(place.place, self._now)
                yield report


class _Place:
    """One run at one place."""

    def __init__(
        self, state: SyncState, fetcher: Fetcher, adder: Adder, place: Followed, now: datetime
    ) -> None:
        self._state, self._fetcher, self._place, self._now = state, fetcher, place, now
        self._known = state.known(place.place)
        self._seen: set[str] = set()
        self._ids: list[str] = []
        self._tell = adder.tell
        self._adder = replace(adder, tell=self._heard)
        self._report = SyncReport(place.place)

    def run(self) -> SyncReport:
        if self._place.is_folder:
            self._folder()
        else:
            whole = self._address(FeedEntry(self._place.place, ""), DEEPEST, is_list=True)
            if whole:
                self._ask_for_the_missing()
        done, report = self._adder.report, self._report
        report.added, report.changed = done.added, done.changed
        report.unchanged += done.unchanged
        report.refused, report.doubts = done.refused, done.doubts
        return report

    def _heard(self, about: Added | Note) -> None:
        if isinstance(about, Added):
            self._ids.append(about.id)
        self._tell(about)

    # ---- addresses

    def _address(self, item: FeedEntry, depth: int, is_list: bool) -> bool:
        """Fetch and add what is at an address; True if it answered at all."""
        if item.url in self._seen:
            return True
        self._seen.add(item.url)
        known = self._known.get(item.url, Known(item.url))
        if item.version and item.version == known.version and not known.gone:
            self._report.unchanged += 1
            return True
        try:
            # A list is asked each time as a whole: what it lists is needed to know what is missing.
            found = self._fetcher.fetch(item.url, *(("", "") if is_list else (known.etag, known.modified)))
            if found.is_unchanged:
                self._report.unchanged += 1
                self._note(known._replace(version=item.version or known.version, gone=False))
                return True
            found = where_it_leads(self._fetcher, found)
            items = all_listed(self._adder, self._fetcher, found)
        except (FetchError, ReaderError) as error:
            self._failed(known, error)
            return False
        if items:
            for one in items:
                self._list_item(one, depth)
        else:
            self._article(item, known, found)
        return True

    def _list_item(self, item: FeedEntry, depth: int) -> None:
        if item.is_list and not depth:
            self._adder.note(Note(item.url, f"lists of lists are followed {DEEPEST} deep only"))
        else:
            self._address(item, depth - item.is_list, item.is_list)

    def _article(self, item: FeedEntry, known: Known, found: Fetched) -> None:
        refused = len(self._adder.report.refused)
        try:
            further = tuple(further_pages(self._fetcher, found))
        except FetchError as error:
            self._adder.note(Note(found.url, f"a further page was not fetched: {error}", refused=False))
            further = ()
        ids = self._add(document_of(found, further))
        if len(self._adder.report.refused) == refused:
            self._note(Known(item.url, item.version, found.etag, found.modified, ids or known.ids))

    def _add(self, document: Document) -> tuple[str, ...]:
        self._ids.clear()
        for part in unpacked(document):
            if isinstance(part, Note):
                self._adder.note(part)
            else:
                self._adder.add_document(part)
        return tuple(self._ids)

    def _failed(self, known: Known, error: FetchError | ReaderError) -> None:
        if isinstance(error, FetchError) and error.status in GONE and known.ids:
            self._tell_gone(known, f"the site answers {error.status}")
        else:
            self._adder.note(Note(known.item, str(error).removeprefix(f"{known.item}: ")))

    def _tell_gone(self, known: Known, why: str) -> None:
        """Propose an article for withdrawal, once; nothing is done to it."""
        if not known.gone:
            self._report.gone.append(Gone(known.item, known.ids, why))
        self._note(known._replace(gone=True))

    def _ask_for_the_missing(self) -> None:
        """Ask for some of the entries no longer listed: a feed drops old ones that still exist."""
        missing = [known for item, known in self._known.items() if item not in self._seen and not known.gone]
        for known in missing[:MOST_CHECKED]:
            self._address(FeedEntry(known.item, ""), 0, is_list=False)

    def _note(self, known: Known) -> None:
        if not self._adder.dry_run:
            self._state.note(self._place.place, known, self._now)

    # ---- folders

    def _folder(self) -> None:
        try:
            files = files_of(self._place.place)
        except SourceError as error:
            self._adder.note(Note(self._place.place, str(error)))
            return
        for path, name in files:
            self._seen.add(name)
            known = self._known.get(name, Known(name))
            version = _stamp(path)
            if version and version == known.version and not known.gone:
                self._report.unchanged += 1
                continue
            refused = len(self._adder.report.refused)
            self._ids.clear()
            self._adder.add_all(documents(str(path), [(path, name)], BytesIO()), lambda name: None)
            if len(self._adder.report.refused) == refused:
                self._note(Known(name, version, ids=tuple(self._ids) or known.ids))
        for name, known in self._known.items():
            if name not in self._seen and known.ids:
                self._tell_gone(known, "the file is no longer there")


def _stamp(path: Path) -> str:
    try:
        about = path.stat()
    except OSError:
        return ""
    return f"{about.st_mtime_ns}-{about.st_size}"
