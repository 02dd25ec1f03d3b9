"""One published article, and its Markdown file."""

from __future__ import annotations

import hashlib
import re
import reprlib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import TypeAdapter

from corpus.asked import (
    MOST,
    ArticleQuestion,
    ArticleQuestionError,
    article_questions,
    front_matter_of,
    questions_of,
)
from corpus.front_matter import load

__all__ = [
    "Article",
    "ArticleError",
    "Status",
    "digest",
    "from_markdown",
    "from_record",
    "front_matter",
    "to_markdown",
    "to_record",
]

Status = Literal["published", "withdrawn"]

ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
BLANK_LINES_AROUND = re.compile(r"\A(?:[^\S\n]*\n)+|(?:\n[^\S\n]*)+\Z")


class ArticleError(ValueError):
    """An article, or the file it should come from, is not as it must be."""


@dataclass(frozen=True)
class Article:
    """What was published, and what is known about it.

    `body` is the text that is quoted: paragraphs parted by an empty line, a subhead as a line
    that starts with "## "; blank lines around it are taken off. What the source does not state is an
    empty string (`published`: None). `page` is the printed page (版次), like A3; `scan` names the picture in
    which a machine has read the text (corpus.scans).
    `withdrawal` is the reason why it is withdrawn, `withdrawn_on` the day; `correction` is the note that
    goes with every quote; `supersedes` are the ids of articles that this one takes the place of.
    `asked` are questions that it answers, `not_asked` (`not` in the file) those that are never answered from
    it; after the day `valid_until` it is quoted last, and as no longer valid.

    Raises ArticleError if the id is not 1 to 100 of A-Z a-z 0-9 . _ - (it names a file and an
    address), if the title is blank, if the status is unknown, or if there are more than MOST questions.
    """

    id: str
    title: str
    body: str
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    section: str = ""
    page: str = ""
    source: str = ""
    published: date | None = None
    url: str = ""
    scan: str = ""
    status: Status = "published"
    withdrawal: str = ""
    withdrawn_on: date | None = None
    correction: str = ""
    supersedes: tuple[str, ...] = ()
    asked: tuple[ArticleQuestion, ...] = ()
    not_asked: tuple[str, ...] = ()
    valid_until: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", BLANK_LINES_AROUND.sub("", self.body))
        if not ID_PATTERN.fullmatch(self.id):
            raise ArticleError(f"id {self.id[:101]!r}: 1 to 100 of A-Z a-z 0-9 . _ - are allowed")
        if not self.title.strip():
            raise ArticleError(f"article {self.id}: the title is missing")
        if self.status not in (allowed := get_args(Status)):
            status = reprlib.repr(self.status)
            raise ArticleError(f"article {self.id}: status {status}, allowed: {', '.join(allowed)}")
        if max(len(self.asked), len(self.not_asked)) > MOST:
            raise ArticleError(f"article {self.id}: at most {MOST} questions are allowed under asked and not")

    @property
    def day(self) -> int:
        """The date as a number that grows by one a day; 0 without a date."""
        return self.published.toordinal() if self.published else 0

    @property
    def is_scanned(self) -> bool:
        """Whether a machine has read the text from a scan."""
        return bool(self.scan)

    @property
    def heading(self) -> str:
        """Kicker, title and subtitle in reading order, one space between."""
        return " ".join(part for part in (self.kicker, self.title, self.subtitle) if part)


WRITTEN = {"not_asked": "not"}
"""Fields that have another name in a file: `not` is no name in Python."""

METADATA = {
    WRITTEN.get(field.name, field.name): field.name for field in fields(Article) if field.name != "body"
}
"""The names in front matter, and the fields they are."""

DATES = ("published", "withdrawn_on", "valid_until")

NAMED = 10
"""Unknown fields that an error names."""


def to_markdown(article: Article) -> str:
    """The article's file: YAML front matter without empty fields, an empty line, the body."""
    stated = {name: getattr(article, field) for name, field in METADATA.items()}
    if article.status == "published":
        del stated["status"]
    stated["supersedes"] = _one_or_several(article.supersedes)
    stated["asked"], stated["not"] = (
        [front_matter_of(asked) for asked in article.asked],
        list(article.not_asked),
    )
    header = yaml.safe_dump(
        {name: value for name, value in stated.items() if value},
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return f"---\n{header}---\n\n{article.body}\n"


def from_markdown(text: str, fallback_id: str) -> Article:
    """The article in a Markdown file; `fallback_id` serves where the front matter has no id.

    Unknown front matter is refused, so that a misspelt field is noticed.

    Raises ArticleError.
    """
    metadata, body = front_matter(text)
    unknown = sorted(set(map(str, metadata)) - set(METADATA))
    if unknown:
        named = ", ".join(map(_brief, unknown[:NAMED]))
        raise ArticleError(f"unknown front matter {named}; allowed: {', '.join(METADATA)}")
    values = {METADATA[name]: _value(name, value) for name, value in metadata.items()}
    return Article(**{"id": fallback_id, "title": "", **values}, body=body)


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """The names and values above a Markdown file's body, as they are written, and the body.

    Raises ArticleError.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # frontmatter.parse would strip the body, and with it the U+3000 indent of its first paragraph.
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        header, body = handler.split(text)
        metadata = load(header) or {}
    except ValueError as error:
        raise ArticleError(f"the front matter is not YAML between two lines of ---: {error}") from error
    if not isinstance(metadata, dict):
        raise ArticleError(f"the front matter is a {type(metadata).__name__}, not names with values")
    return metadata, body


def _one_or_several(ids: tuple[str, ...]) -> str | list[str]:
    return ids[0] if len(ids) == 1 else list(ids)


def _brief(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _value(name: str, value: object) -> Any:
    if name in DATES:
        return _as_date(name, value)
    if name in ("asked", "not"):
        return _as_questions(name, value)
    return _as_ids(value) if name == "supersedes" else _as_text(name, value)


def _as_questions(name: str, value: object) -> tuple[ArticleQuestion, ...] | tuple[str, ...]:
    try:
        return article_questions(value) if name == "asked" else questions_of(value)
    except ArticleQuestionError as error:
        raise ArticleError(f"front matter {name}: {error}") from None


def _as_ids(value: object) -> tuple[str, ...]:
    """An id or a list of them, each once."""
    if isinstance(value, dict | bool):
        told = reprlib.repr(value)
        raise ArticleError(f"front matter supersedes: {told} is neither an id nor a list of ids")
    listed = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(text for one in listed if (text := _as_text("supersedes", one).strip())))


def _as_text(name: str, value: object) -> str:
    if isinstance(value, bool | list | dict):
        raise ArticleError(f"front matter {name}: {reprlib.repr(value)} is not a text")
    return "" if value is None else str(value)


def _as_date(name: str, value: object) -> date | None:
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        told = reprlib.repr(value)
        raise ArticleError(f"front matter {name}: {told} is not a date like 2024-11-26") from None


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
