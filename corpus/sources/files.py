"""Sources that an editor names (file, folder, pattern, "-", address) to documents."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from corpus.errors import Failure, reason
from corpus.library.files import natural_order
from corpus.readers.archive import members
from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.formats import SUFFIXES, is_archive, is_document

__all__ = ["LARGEST_FILE", "SourceError", "documents", "files_of", "is_address", "unpacked"]

LARGEST_FILE = 500_000_000  # bytes; a year of a paper as JSON Lines has about 100 million


class SourceError(Failure, ValueError):
    """There is nothing at a source; the message names it."""


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def files_of(source: str) -> list[tuple[Path, str]]:
    """The files of a path, folder or pattern in natural order, each with its name below the source.

    Of a folder those files are taken whose name says that they are documents; hidden ones are passed over.

    Raises SourceError where there are none.
    """
    path = Path(source)
    if path.is_dir():
        found = sorted(_below(path), key=lambda file: natural_order(file.relative_to(path)))
        if not found:
            raise SourceError(f"{source}: the folder holds no file that can be read ({' '.join(SUFFIXES)})")
        return [(file, file.relative_to(path).as_posix()) for file in found]
    if path.is_file():
        return [(path, path.name)]
    matches = [Path(match) for match in glob.glob(source, recursive=True)]
    found = sorted((match for match in matches if match.is_file()), key=natural_order)
    if not found:
        raise SourceError(f"{source}: no such file or folder")
    return [(file, file.name) for file in found]


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(parent, name) for name in names if not name.startswith("."))
        yield from (file for file in files if is_document(file.as_posix()))


def documents(source: str, files: Iterable[tuple[Path, str]], stdin: BinaryIO) -> Iterator[Document | Note]:
    """The document of each file, or of `stdin` for "-"; of an archive each member's; Notes for failures."""
    if source == "-":
        yield from unpacked(Document("-", "stdin", stdin.read(LARGEST_FILE)))
        return
    for path, name in files:
        try:
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                yield Note(str(path), "it is no regular file")  # reading a pipe would never end
                continue
            if about.st_size > LARGEST_FILE:
                yield Note(str(path), f"the file has more than {LARGEST_FILE:,} bytes")
                continue
            content = path.read_bytes()
        except OSError as error:
            yield Note(str(path), reason(error))
            continue
        stem = PurePath(name).with_suffix("").as_posix().replace("/", "-")
        yield from unpacked(Document(str(path), stem, content))


def unpacked(document: Document) -> Iterator[Document | Note]:
    """The document itself, or the documents in an archive and Notes on those that are refused."""
    if not is_archive(document):
        yield document
        return
    found = False
    try:
        for part in members(document):
            if isinstance(part, Note) or is_document(part.name):
                found = True
                yield part
    except ReaderError as error:
        yield Note(document.name, str(error))
    else:
        if not found:
            yield Note(document.name, f"the archive holds no file that can be read ({' '.join(SUFFIXES)})")
