"""The letterhead of an official ("red-head") document: who issued it, its number, its title.

The form is GB/T 9704: 东湖市人民政府办公室文件, 东政办〔2024〕18号, the title, the addressees and a colon.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.newspaper.patterns import ends_sentence
from corpus.script import HAN

__all__ = ["Letterhead", "letterhead"]

NUMBER = re.compile(
    rf"(?P<number>[{HAN}]{{1,14}}\s?[〔\[［(（【](?:19|20)\d\d[〕\]］)）】]\s?第?\s?\d{{1,5}}\s?号)"
    r"(?:\s+签发人[:：].{1,12})?"
)
ISSUER = re.compile(rf"([{HAN}、 ]{{4,40}}?)\s?(?:文件|公文|函|令|公告|通告|会议纪要)?")
TITLE_END = re.compile(
    "(?:通知|意见|决定|公告|通告|批复|函|报告|请示|办法|规定|方案|纪要|命令?|决议|公报|通报|细则|条例|规划|要点)(?:[(（].{1,12}[)）])?$"
)
WITHIN = 6  # lines in which the number stands
MOST_TITLE = 4  # lines
LONGEST_TITLE = 120  # characters


class Letterhead(NamedTuple):
    """`length` is how many lines it takes up, the title among them."""

    issuer: str
    number: str
    title: str
    length: int


def letterhead(lines: list[str]) -> Letterhead | None:
    """The letterhead at the head of a document's lines; None where there is none."""
    for at, line in enumerate(lines[:WITHIN]):
        if match := NUMBER.fullmatch(line.strip()):
            heads = [one for one in lines[:at] if ISSUER.fullmatch(one.strip())]
            title, end = _title(lines, at + 1)
            issuer = ISSUER.fullmatch(heads[-1].strip()) if heads else None
            if not title or issuer is None:
                return None
            return Letterhead("".join(issuer[1].split()), match["number"], title, end)
    return None


def _title(lines: list[str], begin: int) -> tuple[str, int]:
    """The lines up to the one that ends as titles of such documents do, joined; and where they end."""
    title = ""
    for at in range(begin, min(begin + MOST_TITLE, len(lines))):
        line = lines[at].strip()
        if ends_sentence(line) or line.endswith((":", "：")) or len(title + line) > LONGEST_TITLE:
            break
        title += line.replace("\n", "")
        if TITLE_END.search(line):
            return title, at + 1
    return "", begin
