"""Atomic writes of files and folders, and an exclusive lock."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["exclusive_lock", "publish_folder", "replace_file"]


@contextmanager
def publish_folder(target: Path) -> Iterator[Path]:
    """Yields an empty folder to write; on leaving, it is flushed to disk and renamed to `target`.

    An error inside removes it again. Where another process published `target` meanwhile, its
    folder stays and ours is removed: both hold the same thing, as the name says what is inside.
    A process killed inside leaves a folder that starts with a dot beside `target`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
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
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        draft.write_text(content, encoding="utf-8")
        _flush(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _flush(path.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold an exclusive flock on `path`, a file or folder; block until it is free.

    It is released if the process dies. Raises OSError where there is nothing at the path.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
