"""What a reader takes and gives: a document's bytes -> its articles, and what to tell about it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Article

__all__ = ["Document", "Note", "ReaderError", "Reading"]


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


Reading = Article | Note
