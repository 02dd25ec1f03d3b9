"""Author, source and day of a web page's article, from the lines around the text and the page's marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

import lxml.html

from corpus.readers.fields import as_date, issue_date
from corpus.readers.web.blocks import WebBlock, squeezed
from corpus.readers.web.names import PEOPLE, REPORTER_LINE, credited, names_in, placeholders, reporters
from corpus.script import HAN

__all__ = ["Credits", "credits_of", "is_credit_line"]

MONTHS = 12
EDITORS = re.compile(r"[编編].*?(?=记者|記者|作者|来源|來源|$)")
LONGEST_CREDIT = 120  # characters; a longer line that names a source is text
NEAR = 14  # lines above and below the text in which its credits stand
SOURCE = re.compile(
    r"(?:(?:信息|文章|稿件|内容|新闻|本文)?(?:来源|來源|稿源)(?:于|自)?|转载自|(?:文章)?出处|转自)\s*[:：]\s*[【\[《(（]?\s*"
    r"([^\s|｜，,。；;<>【】\[\]()（）《》]{2,30}(?:\s?[A-Z][\w.]{1,20})?)"
)
LABEL = re.compile(r"^(?:作者|文|撰文|记者|記者|来源|By|by)\s*[:：/ ]\s*")
STAMP = re.compile(r"\d{4}[-/年.]\s?\d{1,2}[-/月.]\s?\d{1,2}|\b\d{1,2}/\d{1,2}/\d{4}\b")
MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
NAMED_MONTH = re.compile(rf"\b({'|'.join(MONTH_NAMES)})[a-z]*\.? (\d{{1,2}}), (\d{{4}})\b")
YEAR_LAST = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
CREDIT = re.compile(
    r"来源|來源|作者|记者|記者|编辑|編輯|责编|发布|發布|浏览|阅读|点击|字号|字体|Source|Author|Posted|Published"
)
ENGLISH = re.compile(
    r"(?:By|BY|by) [A-Z][\w.’' -]{2,40}(?:, ?(?:and )?[A-Z][\w.’' -]{2,40}){0,2}(?:\s*[|·•]\s*.{0,40})?"
)
ENGLISH_DAY = re.compile(
    r"(?:(?:Posted|Published|Updated)(?: on)?:? )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"{NAMED_MONTH.pattern}"
    r"(?:[ ,|-]+\d{1,2}:\d\d ?[apAP]\.?[mM]\.?)?"
)
MARKED = (
    "//meta[@name='author' or @property='article:author' or @name='Author']/@content",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@rel='author' or @itemprop='author']",
    "//*[contains(concat(' ', @class, ' '), ' author ') and not("
    "ancestor::*[self::aside or self::footer or contains(@class, 'comment') or contains(@id, 'comment')])]",
)

DATES = (
    "//meta[@property='article:published_time' or @property='og:release_date' or @itemprop='datePublished'"
    " or @name='PubDate' or @name='pubdate' or @name='publishdate']/@content"
    " | //*[@itemprop='datePublished']/@datetime"
)


@dataclass(frozen=True)
class Credits:
    """ "" and None where the page does not say."""

    byline: str
    source: str
    published: date | None


def credits_of(
    tree: lxml.html.HtmlElement, before: list[WebBlock], blocks: list[WebBlock], after: list[WebBlock]
) -> Credits:
    """The author, source and day that the lines around the text, the page's marks and the text state."""
    near = [_spaced(block) for block in (*before[-NEAR:], *blocks[:3], *blocks[-3:], *after[:NEAR])]
    lines = [line for line in near if len(line) <= LONGEST_CREDIT]
    source = next(filter(None, map(_source, lines)), "") or _meta(tree)
    source = source or next(filter(None, map(_beside_time, lines)), "")
    editors = "".join(found for line in near for found in EDITORS.findall(line))
    named = chain(
        map(credited, lines[: NEAR + 3]),
        (reporters(block.text) for block in (*before[-3:], *blocks[:2])),
        _marked(tree),
        (reporters(block.text) for block in blocks[-2:]),
    )
    byline = next((name for name in named if name and not _is_other(name, source, editors)), "")
    return Credits(byline, source, _stated_date(tree) or _dated(before, blocks, after))


def _dated(before: list[WebBlock], blocks: list[WebBlock], after: list[WebBlock]) -> date | None:
    """The day in the nearest line above the text that holds one, in a credit line of it or behind it."""
    inside = [block for block in (*blocks[:3], *blocks[-3:]) if is_credit_line(block.text)]
    near = (*before[-NEAR:][::-1], *inside, *after[:NEAR])
    lines = (line for line in map(_spaced, near) if len(line) <= LONGEST_CREDIT)
    lines = (line for line in lines if STAMP.search(line) or NAMED_MONTH.search(line))
    return next(filter(None, map(_day, lines)), None)


def _day(line: str) -> date | None:
    """The day in the line; June 18, 2025 too, and 05/22/2024, where one number can be no month."""
    if found := issue_date(line):
        return found
    try:
        if named := NAMED_MONTH.search(line):
            return date(int(named[3]), MONTH_NAMES.index(named[1]) + 1, int(named[2]))
        if match := YEAR_LAST.search(line):
            one, other, year = map(int, match.groups())
            month, day = (other, one) if one > MONTHS else (one, other)
            return date(year, month, day) if max(one, other) > MONTHS else None
    except ValueError:
        pass
    return None


def _spaced(block: WebBlock) -> str:
    """The line with a blank between its elements: a page parts by them what it prints with a gap."""
    if block.element.tag in ("body", "html") or len(squeezed(block.element.text_content())) > LONGEST_CREDIT:
        return block.text
    return " ".join(" ".join(map(str, block.element.itertext())).split())


def _source(line: str) -> str:
    for match in SOURCE.finditer(line):
        name = re.split(r"(?:作者|记者|编辑|责编|发布|时间|日期|点击|浏览|字号|字体)[:：]?", match[1])[
            0
        ].strip("-—·_ ")
        if (
            len(name) > 1
            and not re.fullmatch(r"[\d:：/.-]+", name)
            and name not in placeholders()["no_source"]
        ):
            return name
    return ""


def _beside_time(line: str) -> str:
    """The medium in a line like "2024年11月26日 18:57 驿城晚报", which states it without a word."""
    if not (STAMP.search(line) and re.search(r"\d:\d\d", line)) or re.search(
        "编辑|责编|作者|记者|更新|发布", line
    ):
        return ""
    rest = re.sub(r"\d{4}[-/年.]\s?\d{1,2}[-/月.]\s?\d{1,2}日?|\d{1,2}:\d\d(?::\d\d)?|\d+", " ", line)
    words = [word for word in rest.split() if re.fullmatch(rf"[{HAN}A-Za-z]{{2,12}}(?:\[\S{{1,4}}\])?", word)]
    known = [word for word in words if word not in placeholders()["no_source"]]
    return known[-1] if 0 < len(known) < 3 else ""


def _is_other(name: str, source: str, editors: str) -> bool:
    """Whether a name is the medium's or the editor's."""
    return squeezed(name) == squeezed(source) or name in editors


def _marked(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """The authors that the page's marks name, where they can be people."""
    for path in MARKED:
        for found in tree.xpath(path):
            text = found.text_content() if isinstance(found, lxml.html.HtmlElement) else str(found)
            text = LABEL.sub("", " ".join(text.split()))
            if len(text) <= 40 and not re.search(r"[\d@/]|://", text):
                yield names_in(text)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from (names_in(name) for name in _authors(json.loads(str(script))))
        except (ValueError, RecursionError):
            continue


def _authors(value: object) -> Iterator[str]:
    """The names in {"author": "A"}, {"author": [{"name": "A"}]} and lists and graphs of such."""
    if isinstance(value, list):
        for one in value:
            yield from _authors(one)
    elif isinstance(value, dict):
        authors = value.get("author", [])
        names = [one.get("name") if isinstance(one, dict) else one for one in _listed(authors)]
        if found := " ".join(name for name in names if isinstance(name, str)):
            yield found
        yield from _authors(value.get("@graph", []))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _meta(tree: lxml.html.HtmlElement) -> str:
    """The source that a <meta> names."""
    for meta in tree.iter("meta"):
        value = " ".join(meta.get("content", "").split())
        if meta.get("name", "").lower() in ("source", "contentsource", "mediaid") and not re.fullmatch(
            r"[\d\s]*", value
        ):
            return "" if value in placeholders()["no_source"] else value
    return ""


def _stated_date(tree: lxml.html.HtmlElement) -> date | None:
    """The day of publication that the page states for machines."""
    for value in tree.xpath(DATES):
        if found := as_date(str(value)):
            return found
    return None


def is_credit_line(text: str) -> bool:
    """Whether a line beside the text names its author, source or date, or counts its readers."""
    if len(text) > LONGEST_CREDIT or re.search(r"[。！？!?]$", text):
        return False
    line = text.strip()
    if REPORTER_LINE.fullmatch(line) or (PEOPLE.search(line) and re.search(r"电\s*[(（【〔]", line)):
        return True
    if (CREDIT.search(line) and re.search("[:：]", line)) or ENGLISH.fullmatch(line):
        return True
    if re.match(
        r"(?:执笔|文|撰文|图|文图|作者|记者)\s?[/／]\s?\S|(?:文字|文案|采写|撰文|摄影|图文|供稿)\s?[:：]",
        line,
    ):
        return True
    if ENGLISH_DAY.fullmatch(line):
        return True
    return bool(STAMP.match(line) and issue_date(line) and len(line) < 60)
