"""Field names of other programs for the parts of an article -> the names of this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from corpus.article import Article
from corpus.ids import id_stem
from corpus.readers.document import ReaderError
from corpus.readers.markup import has_markup, line_of_markup, text_of_markup
from corpus.readers.prose import body_of

__all__ = [
    "NAMES",
    "article_of",
    "as_date",
    "is_known",
    "issue_date",
    "page_and_section",
    "page_number",
    "unread_date",
]

DATES = (
    re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./ ](\d{1,2})[-_./ ](\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d{3})"),
)
PAGE_SIGNED = re.compile(
    r"第\s*([A-Z]?\d{1,3})\s*版|(?<![A-Za-z0-9])([A-Z]?\d{1,3})\s*版"
    r"|(?:page|版面|版)[-_ ]?([A-Z]?\d{1,3})(?!\d)",
    re.IGNORECASE,
)
PAGE_BEFORE_SECTION = re.compile(
    r"(?:第\s*)?([A-Z]?\d{1,3})\s*版(?:\s*[:：·|]\s*|\s+|$)|([A-Z]\d{1,3}|0\d)(?:\s*[:：·|]\s*|\s+|$)",
    re.IGNORECASE,
)
PAGE_AT_END = re.compile(r"(?:^|[-_./ ])([A-Z]\d{1,3}|\d{1,2})$", re.IGNORECASE)


def issue_date(name: str) -> date | None:
    """The date in a name, the last one if there are several; None where there is none.

    "晚报2024年11月26日A3版" and "2024-11-26/A03" -> 2024-11-26; "20241126_03" too.
    """
    found: list[tuple[int, date]] = []
    for pattern in DATES:
        for match in pattern.finditer(name):
            try:
                found.append((match.start(), date(*map(int, match.groups()))))
            except ValueError:
                continue
    return max(found)[1] if found else None


def page_number(name: str) -> str:
    """The page in a name that also holds a date, or says 版 or "page": "A3"; else "".

    "2024-11-26-A03" -> "A03"; "第3版" -> "3"; "report-7" -> "".
    """
    if match := PAGE_SIGNED.search(name):
        return next(group for group in match.groups() if group).upper()
    if issue_date(name) is None:
        return ""
    rest = name
    for pattern in DATES:
        rest = pattern.sub("", rest)
    match = PAGE_AT_END.search(rest.rstrip(" -_./"))
    return match[1].upper() if match else ""


def page_and_section(section: str) -> tuple[str, str]:
    """The printed page that a section's name begins with, and the rest: "A3版：民生" -> "A3", "民生"."""
    match = PAGE_BEFORE_SECTION.match(section)
    return (str(match[1] or match[2]).upper(), section[match.end() :]) if match else ("", section)


NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "编号"),
    "title": ("title", "headline", "name", "标题", "標題", "题目"),
    "kicker": ("kicker", "引题", "肩题"),
    "subtitle": ("subtitle", "subheadline", "副题", "副标题", "副標題"),
    "byline": ("byline", "author", "authors", "creator", "作者", "记者", "記者"),
    "section": ("section", "category", "categories", "channel", "版面", "栏目", "欄目", "分类"),
    "page": ("page", "page_number", "printpage", "版次", "版号", "版號"),
    "source": ("source", "publisher", "site_name", "来源", "來源"),
    "published": ("published", "date", "published_at", "pubdate", "datepublished", "publish_date", "time",
                  "日期", "发布日期", "發布日期", "发布时间", "時間", "时间"),
    "url": ("url", "link", "canonical", "permalink", "网址", "網址", "链接"),
    "body": ("body", "text", "content", "article", "正文", "内容", "內容"),
}  # fmt: skip
LINES = ("title", "kicker", "subtitle", "byline", "section", "page", "source")
SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")  # days of a spreadsheet, from 1954 on
SHORT_YEAR = re.compile(r"(\d\d)[-./](\d{1,2})[-./](\d{1,2})")
DAY_ZERO = date(1899, 12, 30)
DIGITS_ONLY = re.compile(r"\d{10}(?:\d{3})?")


def article_of(values: Mapping[str, object], fallback_id: str, body: str | None = None) -> Article:
    """The article that named values make; the names may be those of many programs, in any case.

    A body given apart goes before a named one. Markup in a value is read as a browser shows it. Values of
    other names are left out.

    Raises ReaderError where a text or a title is missing.
    """
    found = _named(values)
    text = _body(found["body"]) if body is None else body
    found |= {name: line_of_markup(found[name]) for name in LINES if has_markup(found[name])}
    if not text.strip():
        raise ReaderError(f"no text; a column or field {' or '.join(NAMES['body'][:3])} should hold it")
    if not found["title"].strip():
        raise ReaderError(f"no title; a column or field {' or '.join(NAMES['title'][:2])} should hold it")
    return Article(
        id=id_stem(found["id"]) if found["id"] else id_stem(fallback_id),
        title=" ".join(found["title"].split()),
        body=text,
        kicker=found["kicker"], subtitle=found["subtitle"], byline=found["byline"],
        section=found["section"], page=found["page"], source=found["source"],
        published=_table_date(found["published"]), url=found["url"],
    )  # fmt: skip


def unread_date(values: Mapping[str, object]) -> str:
    """The date that the values state in a form that is not read, like "11/8/2024"; "" where there is none."""
    stated = _named(values)["published"].strip()
    return "" if not stated or _table_date(stated) else stated


def is_known(name: str) -> bool:
    """Whether a column or field of that name is read."""
    return any(_plain(name) in names for names in NAMES.values())


def _plain(name: object) -> str:
    return str(name).strip().lower().replace("-", "_")


def _named(values: Mapping[str, object]) -> dict[str, str]:
    known = {_plain(name): value for name, value in values.items()}
    return {field: _first(known, names) for field, names in NAMES.items()}


def _body(text: str) -> str:
    return text_of_markup(text) if has_markup(text) else body_of(text)


def _first(known: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(known.get(name)))), "")


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return "" if value is None or isinstance(value, bool) else str(value).strip("\n")


def _table_date(text: str) -> date | None:
    """As `as_date`; a spreadsheet's serial number and 24-11-9 too: 45604 -> 2024-11-08."""
    if found := as_date(text):
        return found
    try:
        if match := SERIAL.fullmatch(text.strip()):
            return DAY_ZERO + timedelta(int(match[1]))
        if match := SHORT_YEAR.fullmatch(text.strip()):
            return date(2000 + int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    return None


def as_date(text: str) -> date | None:
    """The day in an ISO, Chinese, e-mail or Unix time; None where there is none.

    "2024-11-26T08:00:00+08:00", "2024年11月26日", "Tue, 26 Nov 2024 08:00:00 +0800" -> 2024-11-26.
    """
    text = text.strip()
    if found := issue_date(text[:40]):
        return found
    try:
        if DIGITS_ONLY.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10])).date()
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError, OSError):
        return None
