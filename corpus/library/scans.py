"""Storage of scans in the folder `.scans` beside the articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import TypeAdapter

from corpus.article import Article
from corpus.disk import replace_file, written_whole
from corpus.readers.document import Document, Note, Reading, Scan
from corpus.readers.placed import PlacedLine

__all__ = ["SCANS", "keep_scan", "keeping_scans", "read_scan"]

SCANS = ".scans"
"""The folder of pictures, inside the folder of articles: NAME.jpg, and NAME.json with each line's text, place
and confidence."""

NAME = re.compile(r"[0-9a-f]{32}")
LINES = TypeAdapter(tuple[PlacedLine, ...])


def keep_scan(folder: Path, scan: Scan) -> None:
    """Write a picture and its lines into the folder of articles; what is there already stays."""
    picture, lines = _paths(folder, scan.name)
    if picture.is_file() and lines.is_file():
        return
    picture.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(picture) as file:
        file.write(scan.picture)
    replace_file(lines, LINES.dump_json(scan.lines).decode())


def keeping_scans(
    folder: Path, read: Callable[[Document], Iterator[Reading]]
) -> Callable[[Document], Iterator[Article | Note]]:
    """`read`, with the pictures in which a machine has read written into the folder of articles."""

    def keeping(document: Document) -> Iterator[Article | Note]:
        for reading in read(document):
            if isinstance(reading, Scan):
                keep_scan(folder, reading)
            else:
                yield reading

    return keeping


def read_scan(folder: Path, name: str) -> Scan | None:
    """The picture of that name; None where there is none, or it is damaged."""
    if not NAME.fullmatch(name):
        return None
    picture, lines = _paths(folder, name)
    try:
        return Scan(picture.read_bytes(), LINES.validate_json(lines.read_bytes()))
    except (OSError, ValueError):
        return None


def _paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / SCANS / f"{name}.jpg", folder / SCANS / f"{name}.json"
