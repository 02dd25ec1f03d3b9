"""Builds and publishes the index of the articles, making only what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.article import Article
from corpus.disk import exclusive_lock
from corpus.errors import reason
from corpus.library.inventory import Inventory
from index.assembly import assemble
from index.cache import embed_cached
from index.division import divide
from index.models.embedder import Embedder
from index.query.query import Query
from index.store.local import LocalStore
from index.store.snapshot import Manifest, SnapshotError, open_current, prune, publish_snapshot, wanted
from index.terms import to_simplified

__all__ = ["BuildReport", "build"]


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
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = state / "build.lock"
        lock.touch()
        with exclusive_lock(lock):
            return _build(inventory, embedder, state, progress, is_trusted)
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
    live, withdrawn = inventory.having("published"), inventory.having("withdrawn")
    manifest = wanted(inventory, embedder)
    served, former = _sound_current(state, embedder.name, is_trusted)
    try:
        if served is not None and served.fingerprint == manifest.fingerprint:
            prune(state)  # a build killed after it published left that undone
            return BuildReport(served.articles, served.passages, 0, is_new=False)
        division = divide(live.digests, former)
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
        n_passages = made.n_passages + division.n_kept

        def write(draft: Path) -> None:
            folder = division.folder(draft)
            made.write(folder, vectors, division.base)
            made.write_texts(folder, relations, gone, asked, questions)

        publish_snapshot(replace(manifest, passages=n_passages), state, write)
    finally:
        if former is not None:
            former.texts.close()
    return BuildReport(len(live.items), n_passages, embedded + more, is_new=True)


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
