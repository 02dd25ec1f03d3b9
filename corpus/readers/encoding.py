"""Bytes -> text: which encoding they are in, for Chinese texts as short as a headline too."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from corpus.readers.document import ReaderError
from corpus.readers.frequent import COMMON_HANS, COMMON_HANT

__all__ = ["decode", "detect"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # UTF-32 before UTF-16, whose mark begins UTF-32's
LONGEST_SEEMING = 40  # bytes
SURELY = 2.5  # nearly all characters are among the commonest
SAMPLE = 16_000  # bytes that are weighed; a newspaper page has about as many
# Names that senders state, and the larger set that the same bytes are read with.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "cp950", "iso-8859-1": "cp1252"}
UTF_16 = ("utf-16-le", "utf-16-be")
CHINESE = ("gb18030", "big5hkscs", "cp950", *UTF_16)

COMMON = frozenset(COMMON_HANS + COMMON_HANT)
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》「」『』【】—…·　％～０１２３４５６７８９")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
DOUBTFUL = re.compile("[\ue000-\uf8ff\u3400-\u4dbf\u0250-\u1fff\u2500-\u25ff\U00020000-\U0003ffff]")
FIRST_LEVEL = frozenset(
    bytes((lead, trail)).decode("gb2312")
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if (lead, trail) < (0xD7, 0xFA)
) | frozenset(
    bytes((lead, trail)).decode("big5")
    for lead in range(0xA4, 0xC6)
    for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
)


def decode(content: bytes, stated: str = "") -> str:
    """The text of the bytes. `stated` is the encoding that their sender names; it is tried first.

    Raises ReaderError where they are no text in any encoding that is known.
    """
    encoding = detect(content, stated)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise ReaderError(
            "the text is in no encoding that is known; save it as UTF-8 and add it again"
        ) from None


def detect(content: bytes, stated: str = "") -> str:
    """The name of the bytes' encoding, for `bytes.decode`: a mark, what is stated, UTF-8, a Chinese one.

    Raises ReaderError where the bytes are no text.
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if b"\0" in content[:SAMPLE]:
        return _without_mark(content)
    if _reads(content, "utf-8"):
        return "gb18030" if _only_seems_utf8(content) else "utf-8"
    name = WIDER.get(stated.lower(), stated)
    if name and _reads(content, name):
        return name
    scores = {name: _score(content, name) for name in CHINESE if _reads(content, name)}
    best = max(scores, key=lambda name: scores[name], default="")
    if best and scores[best] > 0:
        return best
    return _other(content)


def _only_seems_utf8(content: bytes) -> bool:
    """停水通知 in GB18030 is a row of rare letters in UTF-8; a longer text never is."""
    if len(content) > LONGEST_SEEMING or max(content.decode("utf-8"), default="") >= "\u0800":
        return False
    return _reads(content, "gb18030") and _score(content, "gb18030") >= SURELY


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _without_mark(content: bytes) -> str:
    # Zero bytes are half of a space, a digit or 一 in UTF-16; read from the wrong side they are rare signs.
    scores = {name: _score(content, name) for name in UTF_16 if _reads(content, name)}
    best = max(scores, key=lambda name: scores[name], default="")
    if not best or scores[best] < 0 or CONTROLS.search(content[:SAMPLE].decode(best, errors="ignore")):
        raise ReaderError("the file holds zero bytes: it is no text")
    return best


def _score(content: bytes, encoding: str) -> float:
    """How much the text reads like Chinese: the mean over its characters beyond ASCII, from -3 to 3."""
    text = content[:SAMPLE].decode(encoding, errors="ignore")
    foreign = [char for char in text if char > "\x7f"]
    return sum(map(_weight, foreign)) / len(foreign) if foreign else 0.0


def _weight(char: str) -> float:
    if char in COMMON or char in PUNCTUATION:
        return 3.0
    if DOUBTFUL.match(char):
        return -3.0
    return 1.0 if char in FIRST_LEVEL else -1.0


def _other(content: bytes) -> str:
    best = charset_normalizer.from_bytes(content[: 4 * SAMPLE]).best()
    if best is None or not _reads(content, best.encoding):
        raise ReaderError("the text is in no encoding that is known; save it as UTF-8 and add it again")
    return best.encoding
