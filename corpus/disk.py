"""Atomic writes of files and folders, and an exclusive lock."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

__all__ = ["exclusive_lock", "publish_folder", "replace_file", "sweep", "written_whole"]

DRAFT = re.compile(r"\..+\.draft")
"""The name of a file or folder that is being written, beside the one whose place it takes."""


@contextmanager
def publish_folder(target: Path) -> Iterator[Path]:
    """Yields an empty folder to write; on leaving, it is flushed to disk and renamed to `target`.

    An error inside removes it again. Where another process published `target` meanwhile, its
    folder stays and ours is removed: both hold the same thing, as the name says what is inside.
    A process killed inside leaves a draft beside `target`, which `sweep` removes.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".draft", dir=target.parent))
    try:
        with exclusive_lock(draft):
            yield draft
            for path in sorted(draft.rglob("*")):
                _flush(path)
            _flush(draft)
            draft.chmod(0o755)
            try:
                draft.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
            _flush(target.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def replace_file(path: Path, content: str) -> None:
    """Writes `content` (UTF-8) so that a reader sees the former file or the new one, never a part."""
    with written_whole(path) as draft:
        draft.write(content.encode())


@contextmanager
def written_whole(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Yields a file to write; on leaving, it is flushed to disk and takes the place of `path`.

    An error inside removes it. A process killed inside leaves a draft that `sweep` removes.
    """
    draft, file = _new_draft(path.parent, mode)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _flush(path.parent)


def _new_draft(folder: Path, mode: int) -> tuple[Path, BinaryIO]:
    """A draft that is locked while it is written: whoever sweeps sees that it is in use."""
    while True:
        draft = folder / f".{token_hex(8)}.draft"
        file = open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode))  # noqa: SIM115
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:  # nobody has swept it before it was locked
            return draft, file
        file.close()


def sweep(folder: Path, deep: bool = True) -> int:
    """Removes the drafts in `folder` that killed processes have left; how many there were.

    Those of processes that are alive stay; `deep` goes into its folders too.
    """
    removed = 0
    for place, folders, files in os.walk(folder):
        drafts = [name for name in (*folders, *files) if DRAFT.fullmatch(name)]
        folders[:] = [name for name in folders if deep and name not in drafts]
        for name in drafts:
            path = Path(place, name)
            with suppress(OSError), exclusive_lock(path, wait=False):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
    return removed


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive_lock(path: Path, wait: bool = True) -> Iterator[None]:
    """Hold an exclusive flock on `path`, a file or folder; block until it is free.

    It is released if the process dies. Raises OSError where there is nothing at the path, BlockingIOError
    where it is not free and nobody is to `wait`.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)
