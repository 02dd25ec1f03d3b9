"""What the name of a file says: the date of an issue and its page."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["issue_date", "page_number"]

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
