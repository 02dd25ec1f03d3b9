"""Synonyms of a publisher's readers: synonyms.txt in the folder of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.disk import exclusive_lock, replace_file
from corpus.library.files import SYNONYMS, LibraryError, UnreadError, check_unchanged, read_text

__all__ = [
    "SynonymsError",
    "add_synonyms",
    "groups_in",
    "read_synonyms",
    "remove_synonyms",
    "save_synonyms",
    "synonym_problems",
    "synonyms_text",
]

MOST = 1000  # groups
SHORTEST, LONGEST = 2, 40  # characters of a word: one alone stands in too many others

HEADER = "# One group of words that mean the same a line: 信号塔 = 基站\n"


class SynonymsError(LibraryError):
    """A group cannot be added or taken away; the message says why."""


class _Line(NamedTuple):
    """A line with a group: its number, its words, and what is wrong with it, "" for nothing."""

    number: int
    words: tuple[str, ...]
    problem: str


def read_synonyms(articles: Path) -> tuple[tuple[str, ...], ...]:
    """The groups for a folder of articles; lines that are none are left out, `check` tells of them.

    Raises LibraryError where the file cannot be read.
    """
    return tuple(line.words for line in _lines(_text(articles)) if not line.problem)


def synonym_problems(articles: Path) -> Iterator[tuple[Path, str]]:
    """Faults of synonyms.txt, each with its line's number."""
    try:
        for line in _lines(_text(articles)):
            if line.problem:
                yield articles / SYNONYMS, f"line {line.number}: {line.problem}"
    except LibraryError as error:
        yield articles / SYNONYMS, str(error).removeprefix(f"{articles / SYNONYMS}: ")


def synonyms_text(articles: Path) -> str:
    """Text of synonyms.txt, "" where there is none. Raises LibraryError."""
    return _text(articles)


def groups_in(text: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a text like synonyms.txt. Raises SynonymsError for the first line that is none."""
    lines = list(_lines(text))
    for line in lines:
        if line.problem:
            raise SynonymsError(f"line {line.number}: {line.problem}")
    return tuple(line.words for line in lines)


def save_synonyms(articles: Path, text: str, shown: str | None = None) -> None:
    """Write synonyms.txt; with `shown`, the digest of the file that its editor saw.

    Raises SynonymsError for a line that is no group, FileChanged.
    """
    groups_in(text)
    with exclusive_lock(articles):
        check_unchanged(articles / SYNONYMS, shown)
        replace_file(articles / SYNONYMS, f"{text.rstrip()}\n" if text.strip() else "")


def add_synonyms(articles: Path, words: Sequence[str]) -> tuple[str, ...]:
    """Adds a group. Raises SynonymsError where it is none, or one of its words stands in another."""
    group = " = ".join(words)
    if "\n" in group or any("=" in word or word.strip().startswith("#") for word in words):
        raise SynonymsError(f"{group!r}: words without = and # are allowed")
    with exclusive_lock(articles):
        text = _text(articles) or HEADER
        text += "" if text.endswith("\n") else "\n"
        added = list(_lines(f"{text}{group}\n"))[-1]
        if added.problem:
            raise SynonymsError(added.problem)
        replace_file(articles / SYNONYMS, f"{text}{' = '.join(added.words)}\n")
    return added.words


def remove_synonyms(articles: Path, word: str) -> tuple[str, ...]:
    """Takes the group of a word away. Raises SynonymsError where there is none."""
    with exclusive_lock(articles):
        text = _text(articles)
        for line in _lines(text):
            if word.strip().casefold() in map(str.casefold, line.words):
                kept = text.splitlines(keepends=True)
                del kept[line.number - 1]
                replace_file(articles / SYNONYMS, "".join(kept))
                return line.words
    raise SynonymsError(f"{word!r} stands in no group; see: python app.py synonyms list")


def _text(articles: Path) -> str:
    path = articles / SYNONYMS
    if not path.exists():
        return ""
    try:
        return read_text(path).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except (UnreadError, OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path}: {error}") from error


def _lines(text: str) -> Iterator[_Line]:
    seen: dict[str, int] = {}
    groups = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        words = tuple(" ".join(word.split()) for word in line.split("="))
        problem = _problem(words, seen)
        groups += not problem
        if groups > MOST:
            problem = f"more than {MOST} groups"
        yield _Line(number, words, problem)
        if not problem:
            seen |= {word.casefold(): number for word in words}


def _problem(words: Sequence[str], seen: dict[str, int]) -> str:
    if len(words) < 2:
        return f"{words[0][:LONGEST]!r} stands alone; write a group like 信号塔 = 基站"
    for word in words:
        if not SHORTEST <= len(word) <= LONGEST or not word.isprintable():
            return f"{word[:LONGEST]!r}: a word of {SHORTEST} to {LONGEST} characters is allowed"
        if word.casefold() in seen:
            return f"{word!r} stands in line {seen[word.casefold()]} too"
    if len({word.casefold() for word in words}) < len(words):
        return "a word stands twice"
    return ""
