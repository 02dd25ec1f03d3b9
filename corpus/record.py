"""An article as one line of JSON, which is read a hundred times faster than its file."""

from __future__ import annotations

import hashlib
from functools import cache

from pydantic import TypeAdapter

from corpus.article import Article

__all__ = ["digest", "from_record", "to_record"]


@cache
def _records() -> TypeAdapter[Article]:
    return TypeAdapter(Article)


def to_record(article: Article) -> bytes:
    """UTF-8; what the article does not state is left out, so that a new field changes no old record."""
    return _records().dump_json(article, exclude_defaults=True)


def from_record(record: bytes | str) -> Article:
    """Raises ValueError where `to_record` has not written it."""
    return _records().validate_json(record)


def digest(article: Article) -> bytes:
    """32 bytes that are equal for equal articles only."""
    return hashlib.sha256(to_record(article)).digest()
