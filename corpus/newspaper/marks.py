"""Marks behind an article's last sentence: end marks, names in brackets, jump lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.newspaper.credits import is_byline, is_credit, is_signature
from corpus.newspaper.patterns import CLOSERS, SHAPES, ends_sentence
from corpus.newspaper.vocabulary import any_of
from corpus.script import HAN

__all__ = ["MarkKind", "final_mark", "is_mark", "mid_line_marks", "names_behind", "names_in_brackets"]

CIRCLED = "①-⓿❶-❿"
CLOSING_NOTE = re.compile(
    r"[(（【\[]\s*(?:完|全文完|本文完|END|(?:责编|责任编辑|编辑)[^()（）【】]{0,20})\s*[)）】\]]$"
)
NUMBERED_MARK = re.compile(rf"[{CIRCLED}]\s?\d{{1,3}}$")
BARE_MARK = re.compile(rf"(?:[{SHAPES}]{{1,9}}|[{CIRCLED}])$")
JUMP = re.compile(r"[(（]\s*(?:下转|上接|紧接)[^()（）]{1,14}[)）]$")
SIGNATURE = re.compile(r"[(（]([^()（）]{2,60})[)）]$")
MID_LINE_MARK = re.compile(rf"[。！？…!?][{CLOSERS}]*(?:[{CIRCLED}]\s?\d{{1,3}}|[{SHAPES}])(?=\s+\S)")
ONLY_MARK = re.compile(rf"(?:[{SHAPES}*#=_\-—─━·]\s*){{1,80}}|[{CIRCLED}]\s?\d{{0,3}}|-30-|END|###")
NAMES = re.compile(rf"[{HAN}]{{2,3}}(?:[\s、][{HAN}]{{2,3}}){{0,3}}|[{HAN}]\s[{HAN}]")
NOT_NAMES = re.compile("[图左右上下注译略]|未完|资料")  # (见图), (左三), (下同)

# A picture's credit behind its caption, with or without a full stop between.
CREDIT = re.compile(
    rf"(?<=\s)(?:[{HAN}]{{0,8}}{any_of('jobs')}\s)?(?:[{HAN}]{{2,3}}\s){{1,3}}"
    rf"(?:[{HAN}]{{0,8}}(?:记者|通讯员)\s(?:[{HAN}]{{2,3}}\s){{1,3}})?(?:摄影报道|摄|攝|供图)$"
)

MarkKind = Literal["end mark", "signature", "credit", "jump line"]


def final_mark(line: str) -> tuple[int, MarkKind] | None:
    """Where the last mark at the end of the line starts, and what it is.

    "……运行。⑤5" -> (5, "end mark"); "……好评。(记者 张静)" -> (5, "signature").
    """
    if is_mark(line) or is_byline(line):
        return None
    for pattern in (CLOSING_NOTE, NUMBERED_MARK):
        if (match := pattern.search(line)) and match.start():
            return match.start(), "end mark"
    if (match := BARE_MARK.search(line)) and (_behind_sentence(line, match) or _behind_name(line, match)):
        return match.start(), "end mark"
    if (match := JUMP.search(line)) and match.start():
        return match.start(), "jump line"
    if (match := SIGNATURE.search(line)) and _behind_sentence(line, match) and is_byline(match[1]):
        return match.start(), "credit" if is_credit(match[1]) else "signature"
    match = CREDIT.search(line)
    return (match.start(), "credit") if match else None


def _behind_sentence(line: str, match: re.Match[str]) -> bool:
    return ends_sentence(line[: match.start()].rstrip())


def _behind_name(line: str, match: re.Match[str]) -> bool:
    """Whether the names of who wrote or signed stand before the mark, and nothing else."""
    named = line[: match.start()].rstrip()
    return (
        is_signature(named)
        or is_byline(named)
        or bool(SIGNATURE.fullmatch(named) and NAMES.fullmatch(named[1:-1]))
    )


def mid_line_marks(page: str, start: int, end: int) -> Iterator[int]:
    """Behind each end mark that stands inside page[start:end] with more text after it."""
    return (match.end() for match in MID_LINE_MARK.finditer(page, start, end))


def names_in_brackets(line: str) -> int:
    """Where names alone in brackets start behind the line's last sentence: "……。(张静)"; else 0."""
    match = SIGNATURE.search(line)
    if not match or not NAMES.fullmatch(match[1].strip()) or NOT_NAMES.search(match[1]):
        return 0
    return match.start() if _behind_sentence(line, match) else 0


def names_behind(text: str, at: int) -> Literal["credit", "signature"] | None:
    """What the brackets from `at` to the text's end hold behind its last sentence: names, or None."""
    named = text[at + 1 : -1].strip()
    if any(char in named for char in "()（）") or not ends_sentence(text[:at].rstrip()):
        return None
    if is_byline(named):
        return "credit" if is_credit(named) else "signature"
    return "signature" if NAMES.fullmatch(named) and not NOT_NAMES.search(named) else None


def is_mark(line: str) -> bool:
    """Whether the line is an end mark or a ruling and nothing else."""
    return bool(ONLY_MARK.fullmatch(line) or CLOSING_NOTE.match(line))
