"""The articles to the published index, embedding only what is new."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.article import Article
from corpus.passages import passages
from index.copies import related
from index.embedder import Embedder
from index.folding import terms, to_simplified
from index.snapshot import Manifest, SnapshotError, load_current, prune, publish, wanted
from index.vector_cache import embed_cached

__all__ = ["BuildReport", "build"]


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `embedded` texts (passages and their sentences) were not in the cache."""

    articles: int
    passages: int
    embedded: int
    is_new: bool


def build(
    articles: list[Article], embedder: Embedder, state: Path, progress: Callable[[int, int], None]
) -> BuildReport:
    """Publishes the index of the published articles; does nothing where it is published already.

    Of withdrawn ones it keeps what their pages say.

    A second build of one state folder waits for the first. `progress` gets the texts (passages
    and their sentences) that have their vectors, and their whole number.

    Raises SnapshotError where no article has a text.
    """
    live = [article for article in articles if article.status == "published"]
    manifest = wanted(articles, embedder)
    with _only_build(state):
        current = _sound_current(state, embedder.name)
        if current is not None and current.fingerprint == manifest.fingerprint:
            prune(state, manifest.fingerprint)  # a build killed after it published left that undone
            return BuildReport(current.articles, current.passages, 0, is_new=False)
        cut = [passage for article in live for passage in passages(article)]
        if not any(terms(passage.titled) for passage in cut):
            raise SnapshotError("no article holds a text that could be indexed")
        texts = [passage.titled for passage in cut]
        texts += [sentence for passage in cut for sentence in passage.sentence_texts]
        simplified = [to_simplified(text) for text in texts]
        vectors, embedded = embed_cached(simplified, embedder, state / "vectors.sqlite", progress)
        relations = related(live, state / "signatures.sqlite")
        publish(replace(manifest, passages=len(cut)), articles, cut, vectors, relations, state)
    return BuildReport(len(live), len(cut), embedded, is_new=True)


def _sound_current(state: Path, model: str) -> Manifest | None:
    try:
        snapshot = load_current(state, model)
    except SnapshotError:
        return None
    snapshot.texts.close()
    return snapshot.manifest


@contextmanager
def _only_build(state: Path) -> Iterator[None]:
    state.mkdir(parents=True, exist_ok=True)
    with (state / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
