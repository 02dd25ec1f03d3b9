"""Plain paragraphs as an article's body: line ends that a width has made are taken out."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from corpus.newspaper.lines import joint
from corpus.newspaper.patterns import ends_sentence, width

__all__ = ["body_of", "first_words", "join_lines", "split_title"]

TITLE_WIDTH = 40  # in Chinese characters; a longer first line is text
NARROWEST = 15  # lines of prose are not broken at fewer Chinese characters; those of verse and lists are
FULL = 0.75  # of the usual width: a line that is shorter ends where the writer ended it
FIRST_WORDS = re.compile(r"[^。！？；!?;\n]{1,30}")
BLANK_LINES = re.compile(r"\n\s*\n")
INDENT = re.compile(r"(?:\u3000|\t| {2})")


def body_of(text: str) -> str:
    """Paragraphs parted by one empty line.

    Where lines are broken at a width, as in an e-mail, they are joined again: Chinese with nothing
    between, Latin script with a space. Else each line is a paragraph, to the letter.
    """
    blocks = [[line.rstrip() for line in block.splitlines()] for block in BLANK_LINES.split(text)]
    blocks = [[line for line in block if line.strip()] for block in blocks]
    if _is_wrapped(blocks):
        return "\n\n".join(join_lines(part) for block in blocks for part in _at_indents(block))
    return "\n\n".join(line for block in blocks for line in block)


def _is_wrapped(blocks: list[list[str]]) -> bool:
    inner = [line for block in blocks for line, after in pairwise(block) if not INDENT.match(after)]
    if len(inner) < 2:
        return False
    usual = median(map(width, inner))
    full = sum(width(line) >= FULL * usual for line in inner)
    open_ended = sum(not ends_sentence(line) for line in inner)
    return usual >= NARROWEST and full > 0.8 * len(inner) and open_ended > len(inner) / 2


def _at_indents(block: list[str]) -> list[list[str]]:
    parts: list[list[str]] = []
    for line in block:
        if not parts or INDENT.match(line):
            parts.append([])
        parts[-1].append(line)
    return parts


def join_lines(lines: list[str]) -> str:
    """One paragraph of lines: a hyphen that a line's end put into a Latin word goes.

    ["the pub-", "lic library"] -> "the public library"; ["天气", "转寒"] -> "天气转寒".
    """
    page = "\n".join(lines)
    text = lines[0].rstrip() if lines else ""
    for line in lines[1:]:
        how, line = joint(page, text, line.strip()), line.strip()
        if how == "broken hyphen":
            text = text[:-1]
        text += (" " if how == "word break" else "") + line
    return text


def split_title(text: str) -> tuple[str, str]:
    """The title in the first line, and the text below it; ("", text) where the first line is no title."""
    first, _, rest = text.strip("\n").partition("\n")
    title = first.strip()
    if title and rest.strip() and width(title) <= TITLE_WIDTH and not ends_sentence(title):
        return title, rest.strip("\n")
    return "", text


def first_words(body: str) -> str:
    """What an article without a title is called by: at most 30 characters, up to the first full stop."""
    text = body.strip().removeprefix("## ")
    match = FIRST_WORDS.match(text)
    return (match[0] if match else text[:30]).strip() or text[:30]
