"""Builds in a child process, while this one answers questions.

Only the vectors of new texts are computed here, a few at a time, so that questions go in between: the
model is loaded once, and all of it computes in one thread.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from corpus.errors import Failure
from corpus.library.inventory import take_inventory
from index.build import BuildReport, build, merge
from index.models.embedder import Embedder, Vectors
from index.store.snapshot import SnapshotError

__all__ = ["build_in_subprocess", "merge_in_subprocess"]

TEXTS, CHARACTERS = 8, 1200
"""Of one turn of the model: some .2 s on two cores, what a question waits at most."""

NICE = 5  # questions go first; on a busy machine a build must get on all the same


def build_in_subprocess(folder: Path, state: Path, embedder: Embedder) -> BuildReport:
    """Builds the index of a folder's articles as `build` does, and raises what it raises."""
    return _in_subprocess(_build, folder, state, embedder)


def merge_in_subprocess(folder: Path, state: Path, embedder: Embedder) -> BuildReport:
    """Merges the index of a folder's articles as `merge` does, and raises what it raises."""
    return _in_subprocess(_merge, folder, state, embedder)


Work = Callable[[Path, Path, Embedder], BuildReport]


def _build(folder: Path, state: Path, embedder: Embedder) -> BuildReport:
    return build(take_inventory(folder, state), embedder, state, lambda done, total: None, is_trusted=True)


def _merge(folder: Path, state: Path, embedder: Embedder) -> BuildReport:
    return merge(lambda: take_inventory(folder, state), embedder, state, lambda done, total: None)


def _in_subprocess(work: Work, folder: Path, state: Path, embedder: Embedder) -> BuildReport:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_work_there, args=(theirs, work, folder, state, embedder.name, embedder.dimension), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return _served(ours, embedder)
    except (EOFError, OSError):
        raise SnapshotError("the build was cut off; run: python app.py build") from None
    finally:
        ours.close()
        process.join()


def _served(connection: Connection, embedder: Embedder) -> BuildReport:
    """Embed what the build sends until it sends its report or an error."""
    while True:
        received = connection.recv()
        if isinstance(received, BuildReport):
            return received
        if isinstance(received, Failure):
            raise received
        kind, texts = received
        embed = embedder.embed_questions if kind == "questions" else embedder.embed_passages
        connection.send(np.concatenate([embed(batch) for batch in _batches(texts)]))


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == TEXTS or sum(map(len, batch)) + len(text) > CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


class _EmbedderElsewhere:
    """Embedder of the child process: sends texts to the parent and gets their vectors."""

    def __init__(self, connection: Connection, name: str, dimension: int) -> None:
        self.name, self.dimension, self._connection = name, dimension, connection

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed("passages", texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed("questions", texts)

    def _embed(self, kind: str, texts: Sequence[str]) -> Vectors:
        self._connection.send((kind, list(texts)))
        vectors: Vectors = self._connection.recv()
        return vectors


def _work_there(
    connection: Connection, work: Work, folder: Path, state: Path, name: str, dimension: int
) -> None:
    for number in (signal.SIGINT, signal.SIGHUP):  # they are meant for the service
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICE)
    embedder = _EmbedderElsewhere(connection, name, dimension)
    with suppress(EOFError, BrokenPipeError):  # the service has ended, or will not go on
        try:
            connection.send(work(folder, state, embedder))
        except Failure as failure:
            connection.send(failure)
