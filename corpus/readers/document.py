"""Interface of the readers: a document's bytes -> its articles, and notes about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from corpus.article import Article
from corpus.readers.placed import PlacedLine

__all__ = ["Document", "Note", "ReaderError", "Reading", "Scan"]


class ReaderError(ValueError):
    """A document holds no article that can be read; the message says why and what to do."""


@dataclass(frozen=True)
class Document:
    """A file, an archive's member or an address, as bytes.

    `name` is what the editor knows it by; `stem` begins the ids of its articles; `url` is where it was
    fetched, or ""; `charset` is what its sender says of its encoding, or "". `continued` are the further
    pages of an article that one web page does not hold.
    """

    name: str
    stem: str
    content: bytes
    url: str = ""
    charset: str = ""
    continued: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Note:
    """A part of a document that was refused, or (`refused` false) an article that should be looked at."""

    name: str
    text: str
    refused: bool = True


@dataclass(frozen=True)
class Scan:
    """A page's picture (JPEG) in which a machine has read the lines, which are in pixels of it.

    It comes before the articles that were read in it; their `scan` is its name.
    """

    picture: bytes
    lines: tuple[PlacedLine, ...]

    @cached_property
    def name(self) -> str:
        return sha256(self.picture).hexdigest()[:32]


Reading = Article | Note | Scan
