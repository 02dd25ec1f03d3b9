"""Faults of the article files, and how to mend each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from corpus.article import Article
from corpus.body import SUBHEAD
from corpus.library.curating import curation_problems, duplicate_questions
from corpus.library.files import LibraryError, UnreadError, article_files, read_article
from corpus.library.supersession import circles
from corpus.newspaper.patterns import ends_sentence, mostly_latin, width

__all__ = ["ArticleFault", "check"]

ALLOWED_CONTROLS = "\n\t"
# What UTF-8 text becomes when it is read as GBK or as Latin-1, and what is left when that is saved again.
LOST = re.compile("\ufffd|锟斤拷|锟|烫烫烫|屯屯屯")
AS_LATIN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]{1,3}")
AS_GBK = re.compile("[\u4e00-\u9fff]{6,}")
MOSTLY = 0.75  # of the bytes make up characters of three in UTF-8; of true Chinese in GB18030 next to none do
SHORTEST_BROKEN = 12  # in Chinese characters: a shorter line is an item, a name or verse
BROKEN = 3  # so many broken lines are no accident, and
BROKEN_SHARE = 0.3  # this share of the body's lines


@dataclass(frozen=True)
class ArticleFault:
    """A file, what is wrong with it, and what to do."""

    path: Path
    what: str
    remedy: str


def check(folder: Path) -> Iterator[ArticleFault]:
    """Every problem of the files in the order of their paths, then of how articles go together."""
    seen: dict[str, Path] = {}
    superseding: list[Article] = []
    asked: list[Article] = []
    for path in article_files(folder):
        try:
            article = read_article(path)
        except LibraryError as error:
            yield _unread(path, error)
            continue
        if article.id in seen:
            other = seen[article.id].relative_to(folder)
            yield ArticleFault(
                path, f"its id {article.id!r} is that of {other} too", "give one of them another id"
            )
        seen.setdefault(article.id, path)
        if article.supersedes:
            superseding.append(replace(article, body=""))
        if article.asked:
            asked.append(replace(article, body=""))
        yield from (ArticleFault(path, what, remedy) for what, remedy in _problems(article))
    yield from _supersession(superseding, seen)
    for later, earlier, question in duplicate_questions(asked):
        yield ArticleFault(
            seen[later.id], f"{question!r} is asked of {earlier.id!r} too", "take it out of one of them"
        )


def _unread(path: Path, error: LibraryError) -> ArticleFault:
    match error.__cause__:
        case UnicodeDecodeError() as cause:
            return ArticleFault(path, f"it is not UTF-8 (byte {cause.start})", "save the file as UTF-8")
        case UnreadError() | OSError():
            reason = str(error).removeprefix(f"{path}: ")
            return ArticleFault(
                path, f"it cannot be read: {reason}", "put a file of text there, or take it away"
            )
        case cause:
            return ArticleFault(
                path, f"broken front matter: {cause}", "put the named line right, or add it again"
            )


def _supersession(articles: Sequence[Article], paths: Mapping[str, Path]) -> Iterator[ArticleFault]:
    for article in articles:
        for missing in sorted(set(article.supersedes) - set(paths)):
            yield ArticleFault(
                paths[article.id],
                f"it supersedes {missing!r}, and no article has that id",
                "put the id right; python app.py list shows all",
            )
    for circle in circles(articles):
        yield ArticleFault(
            paths[circle[0]],
            f"articles supersede each other in a circle: {' < '.join([*circle, circle[0]])}",
            "take `supersedes` out of the one that is in force",
        )


def _problems(article: Article) -> Iterator[tuple[str, str]]:
    if not article.body.strip():
        yield "empty body", "write the text below the front matter, or remove the article"
        return
    text = f"{article.heading}\n{article.byline}\n{article.body}"
    if controls := sorted({char for char in text if _is_control(char)}):
        codes = ", ".join(f"U+{ord(char):04X}" for char in controls[:5])
        yield f"control characters ({codes})", "delete them: they show as nothing or as boxes"
    if garbled := _mojibake(text):
        yield f"garbled text: {garbled!r}", "add the original again; its encoding was taken for another"
    yield from curation_problems(article)
    if broken := _broken_lines(article.body):
        count, example = broken
        yield (
            f"{count} lines break off in mid-sentence, such as …{example[-12:]}",
            "join each with the line below it: columns have cut them",
        )


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs") and char not in ALLOWED_CONTROLS


def _mojibake(text: str) -> str:
    """An example of garbled text; "" where there is none."""
    if match := LOST.search(text):
        return " ".join(text[max(0, match.start() - 4) : match.end() + 4].split())
    for match in AS_LATIN.finditer(text):
        if _reads_as_utf8(match[0], "cp1252") or _reads_as_utf8(match[0], "latin-1"):
            return match[0]
    for match in AS_GBK.finditer(text):
        raw = match[0].encode("gb18030")
        whole = sum(char >= "\u0800" for char in raw.decode("utf-8", "ignore"))
        if 3 * whole >= MOSTLY * len(raw):
            return match[0][:12]
    return ""


def _reads_as_utf8(text: str, encoding: str) -> bool:
    try:
        inner = text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return len(inner) < len(text) and any(char > "\x7f" for char in inner)


def _broken_lines(body: str) -> tuple[int, str] | None:
    lines = [line for line in body.split("\n") if line.strip() and not line.startswith(SUBHEAD)]
    broken = [
        line
        for line, below in pairwise(lines)
        if width(line) >= SHORTEST_BROKEN and not ends_sentence(line) and _runs_on(line, below)
    ]
    if len(broken) < BROKEN or len(broken) < BROKEN_SHARE * len(lines):
        return None
    return len(broken), broken[0]


def _runs_on(line: str, below: str) -> bool:
    if line.rstrip().endswith((":", "：", ";", "；")):
        return False
    if mostly_latin(line + below):
        return below[0].islower() or line.endswith("-")
    return below[0] not in "　•·●○■□◆◇-–—*0123456789一二三四五六七八九十(（"
