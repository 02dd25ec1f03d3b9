"""Builds and publishes the index of the articles, making only what is new."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from corpus.article import Article
from corpus.disk import exclusive_lock
from corpus.errors import reason
from corpus.library.inventory import Inventory
from index.assembly import assemble
from index.cache import embed_cached
from index.division import Division, divide
from index.models.embedder import Embedder
from index.query.query import Query
from index.store.local import LocalStore
from index.store.segment import Segment
from index.store.snapshot import (
    BASE,
    Manifest,
    SnapshotError,
    link,
    load_segment,
    open_current,
    prune,
    publish_snapshot,
    wanted,
)
from index.terms import to_simplified

__all__ = ["BuildReport", "build", "merge"]

MERGES = "merge-"  # folders that a merge works in


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `embedded` texts (passages, their sentences, questions) were not in the cache."""

    articles: int
    passages: int
    embedded: int
    is_new: bool


def build(
    articles: Sequence[Article] | Inventory,
    embedder: Embedder,
    state: Path,
    progress: Callable[[int, int], None],
    is_trusted: bool = False,
) -> BuildReport:
    """Publishes the index of the published articles; does nothing where it is published already.

    Of withdrawn ones it keeps what their pages say.

    What the current index holds is taken over from it. A second build of one state folder waits for
    the first. With `is_trusted` large files of the current one are not checked before. `progress` gets the
    new texts (passages and their sentences) that have their vectors, and their whole number.

    Raises SnapshotError where no article has a text, and where the index cannot be written: then the
    former one is as it was. Raises LibraryError where an article has become unreadable.
    """
    inventory = articles if isinstance(articles, Inventory) else Inventory.of(articles)
    with _locked(state, "build.lock"):
        return _build(inventory, embedder, state, progress, is_trusted)


def merge(
    take: Callable[[], Inventory],
    embedder: Embedder,
    state: Path,
    progress: Callable[[int, int], None],
) -> BuildReport:
    """Writes all articles of a large index into one base, beside builds that go on; then publishes that.

    `take` gives the inventory as it is now, before and after. Raises what `build` raises.
    """
    with _locked(state, "merge.lock"):
        for left in state.glob(f"{MERGES}*"):  # by one that was killed
            shutil.rmtree(left)
        with TemporaryDirectory(dir=state, prefix=MERGES) as folder:
            with _former(state, embedder.name, Path(folder)) as (served, former):
                merged = _new_base(take(), embedder, state, progress, served, former, Path(folder))
            with closing(merged.texts), _locked(state, "build.lock"):
                return _published(take(), embedder, state, progress, merged, f"-{token_hex(4)}")


@contextmanager
def _former(state: Path, model: str, folder: Path) -> Iterator[tuple[LocalStore, Segment]]:
    """The served index, and its base by links under `folder`: builds may remove what is served now."""
    served = open_current(state, model, is_trusted=True)[1]
    with closing(served.texts):
        link(served.segments[0], folder / "former")
        former = load_segment(folder / "former")
        with closing(former.texts):
            yield served, former.segments[0]


@contextmanager
def _locked(state: Path, name: str) -> Iterator[None]:
    """Holds a lock; what cannot be written inside is told as it is to be told."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = state / name
        lock.touch()
        with exclusive_lock(lock):
            yield
    except (OSError, sqlite3.OperationalError) as error:
        raise SnapshotError(
            f"the index cannot be written to {state}: {reason(error)}; the former one stays. Mend that, "
            "then run: python app.py build"
        ) from error


def _build(
    inventory: Inventory,
    embedder: Embedder,
    state: Path,
    progress: Callable[[int, int], None],
    is_trusted: bool,
) -> BuildReport:
    served, former = _sound_current(state, embedder.name, is_trusted)
    try:
        if served is not None and served.fingerprint == wanted(inventory, embedder).fingerprint:
            prune(state)  # a build killed after it published left that undone
            return BuildReport(served.articles, served.passages, 0, is_new=False)
        return _published(inventory, embedder, state, progress, former)
    finally:
        if former is not None:
            former.texts.close()


def _published(
    inventory: Inventory,
    embedder: Embedder,
    state: Path,
    progress: Callable[[int, int], None],
    former: LocalStore | None,
    name: str = "",
) -> BuildReport:
    live = inventory.having("published")
    division = divide(live.digests, former)
    made = _made(inventory, embedder, state, progress, division)
    newer = 0 if division.base is None else made.passages
    passages = made.passages + division.n_kept
    manifest = replace(wanted(inventory, embedder), passages=passages, newer=newer)
    publish_snapshot(manifest, state, lambda draft: made.write(division.folder(draft)), name)
    return BuildReport(len(live.items), passages, made.embedded, is_new=True)


def _new_base(
    inventory: Inventory,
    embedder: Embedder,
    state: Path,
    progress: Callable[[int, int], None],
    served: LocalStore,
    former: Segment,
    folder: Path,
) -> LocalStore:
    """Writes all articles into a segment under `folder`."""
    everything = np.arange(len(inventory.having("published").items))
    division = Division(served, None, everything, everything, former)
    made = _made(inventory, embedder, state, progress, division)
    made.write(division.folder(folder))
    return load_segment(folder / BASE)


class _Made(NamedTuple):
    """A segment that is ready to be written."""

    passages: int
    embedded: int
    write: Callable[[Path], None]


def _made(
    inventory: Inventory,
    embedder: Embedder,
    state: Path,
    progress: Callable[[int, int], None],
    division: Division,
) -> _Made:
    live, withdrawn = inventory.having("published"), inventory.having("withdrawn")
    made = assemble(
        [live.digests[place] for place in division.written.tolist()],
        lambda place: live.article(int(division.written[place])),
        division.former,
    )
    simplified = [to_simplified(text) for text in made.texts]
    cache = state / "vectors.sqlite"
    vectors, embedded = embed_cached(simplified, embedder, cache, progress)
    asked = division.questions(live.digests, made.articles)
    spoken = [Query(question.text).embedded for question in asked]
    questions, more = embed_cached(spoken, _AsQuestions(embedder), cache, lambda done, total: None)
    relations = division.relations(live.digests, live.article, state / "signatures.sqlite")
    gone = [withdrawn.article(place) for place in range(len(withdrawn.items))]

    def write(folder: Path) -> None:
        made.write(folder, vectors, division.base)
        made.write_texts(folder, relations, gone, asked, questions)

    return _Made(made.n_passages, embedded + more, write)


class _AsQuestions:
    """Embeds questions as a search does; in the cache they are another model's."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = f"{embedder.name}+query", embedder.dimension
        self.embed_passages = embedder.embed_questions


def _sound_current(
    state: Path, model: str, is_trusted: bool
) -> tuple[Manifest, LocalStore] | tuple[None, None]:
    try:
        return open_current(state, model, is_trusted)
    except SnapshotError:
        return None, None
