"""What other programs call the parts of an article -> what this one calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from corpus.article import Article
from corpus.ids import id_stem
from corpus.readers.document import ReaderError
from corpus.readers.names import issue_date
from corpus.readers.prose import body_of

__all__ = ["NAMES", "article_of", "as_date"]

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "编号"),
    "title": ("title", "headline", "name", "标题", "標題", "题目"),
    "kicker": ("kicker", "引题", "肩题"),
    "subtitle": ("subtitle", "subheadline", "副题", "副标题", "副標題"),
    "byline": ("byline", "author", "authors", "creator", "作者", "记者", "記者"),
    "section": ("section", "category", "categories", "channel", "版面", "栏目", "欄目", "分类"),
    "source": ("source", "publisher", "site_name", "来源", "來源"),
    "published": ("published", "date", "published_at", "pubdate", "datepublished", "publish_date", "time",
                  "日期", "发布日期", "發布日期", "发布时间", "時間", "时间"),
    "url": ("url", "link", "canonical", "permalink", "网址", "網址", "链接"),
    "body": ("body", "text", "content", "article", "正文", "内容", "內容"),
}  # fmt: skip
DIGITS_ONLY = re.compile(r"\d{10}(?:\d{3})?")


def article_of(values: Mapping[str, object], fallback_id: str, body: str | None = None) -> Article:
    """The article that named values make; the names may be those of many programs, in any case.

    A body given apart goes before a named one. Values of other names are left out.

    Raises ReaderError where a text or a title is missing.
    """
    known = {str(name).strip().lower().replace("-", "_"): value for name, value in values.items()}
    found = {field: _first(known, names) for field, names in NAMES.items()}
    text = body_of(found["body"]) if body is None else body
    if not text.strip():
        raise ReaderError(f"no text; a column or field {' or '.join(NAMES['body'][:3])} should hold it")
    if not found["title"].strip():
        raise ReaderError(f"no title; a column or field {' or '.join(NAMES['title'][:2])} should hold it")
    return Article(
        id=id_stem(found["id"]) if found["id"] else id_stem(fallback_id),
        title=" ".join(found["title"].split()),
        body=text,
        kicker=found["kicker"], subtitle=found["subtitle"], byline=found["byline"],
        section=found["section"], source=found["source"],
        published=as_date(found["published"]), url=found["url"],
    )  # fmt: skip


def _first(known: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(known.get(name)))), "")


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return "" if value is None or isinstance(value, bool) else str(value).strip("\n")


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
