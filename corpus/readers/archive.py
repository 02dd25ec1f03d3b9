"""Zip files: their members as documents, and the limits beyond which one is not opened."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.encoding import decode

__all__ = ["DAMAGED", "check_archive", "members"]

MOST_MEMBERS = 50_000
LARGEST_MEMBER = 100_000_000  # bytes
LARGEST_WHOLE = 2_000_000_000  # bytes
MOST_RATIO = 200  # unpacked to packed; text packs 3 to 20 times, a bomb a thousand times
SMALL = 1_000_000  # bytes; below, no ratio does harm
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".bz2", ".xz", ".tgz")
LEFT_OUT = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^./]|Thumbs\.db$|desktop\.ini$)")
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, LookupError, ValueError,
    NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What zipfile and a format's reader raise at a file whose bytes are not what it says; NotImplementedError is
zipfile's word for a packing that it does not know."""


def check_archive(content: bytes, most: int = LARGEST_WHOLE) -> None:
    """Raises ReaderError where the bytes are no zip file, or one that unpacks to more than is sane."""
    with _opened(content) as archive:
        infos = archive.infolist()
        whole = sum(info.file_size for info in infos)
        if len(infos) > MOST_MEMBERS:
            raise ReaderError(f"the archive has {len(infos)} members; at most {MOST_MEMBERS} are taken")
        if whole > most or any(map(_is_bomb, infos)):
            raise ReaderError(f"the archive unpacks to {whole:,} bytes, far more than it should")


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED as error:
        raise ReaderError("the file is damaged, or no zip archive") from error


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size)


def members(document: Document) -> Iterator[Document | Note]:
    """The archive's files in order, each as a document; a Note for each that is refused.

    Refused are names that lead out of the archive, archives inside it, encrypted members and those
    that are larger than they say. Hidden files are passed over.

    Raises ReaderError as `check_archive`.
    """
    check_archive(document.content)
    with _opened(document.content) as archive:
        for info in archive.infolist():
            name = _name(info)
            if info.is_dir() or LEFT_OUT.search(name):
                continue
            label = f"{document.name}/{name}"
            if reason := _refusal(info, name):
                yield Note(label, reason)
                continue
            try:
                content = _content(archive, info)
            except DAMAGED as error:
                yield Note(label, f"it cannot be unpacked: {error}")
                continue
            stem = PurePosixPath(name).with_suffix("").as_posix().replace("/", "-")
            yield Document(label, stem, content)


def _refusal(info: zipfile.ZipInfo, name: str) -> str:
    if info.flag_bits & 0x1:
        return "it is encrypted; unpack it with its password and add the files"
    if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
        return "its name leads out of the archive"
    if name.lower().endswith(ARCHIVES):
        return "it is an archive inside an archive; unpack it and add its files"
    if info.file_size > LARGEST_MEMBER:
        return f"it has {info.file_size:,} bytes; at most {LARGEST_MEMBER:,} are taken"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; zipfile then reads them as code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return decode(raw)
    except ReaderError:
        return info.filename


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        content = member.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise zipfile.BadZipFile("it is larger than it says")
    return content
