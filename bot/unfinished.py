"""Whether a restore was begun and is not finished: until then the articles are those of two libraries."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MARK", "is_unfinished"]

MARK = "restore"
"""The file in the state folder: on its first line what is done, on its second where the former files go."""


def is_unfinished(state: Path) -> bool:
    return (state / MARK).is_file()
