"""Page furniture, which no article owns: folio lines, imprints, menus, jump lines; and section labels."""

from __future__ import annotations

import re
from functools import cache

from corpus.newspaper.credits import is_byline
from corpus.newspaper.patterns import SHAPES, is_notice, mostly_latin, tag, width
from corpus.newspaper.vocabulary import any_of, words
from corpus.script import HAN

__all__ = [
    "column_label",
    "is_contact",
    "is_edge_furniture",
    "is_furniture",
    "is_index",
    "is_jump",
    "is_masthead",
    "is_navigation",
    "label",
    "printed_page",
]

LONGEST_FURNITURE = 160
PARTS = re.compile(r"[\s:：/／|｜,，()（）]+")
STAFF = re.compile(rf"{any_of('staff')}|第\w{{1,6}}期|总第\w{{1,8}}期|www\.\S+|https?", re.IGNORECASE)
STAFF_FIELD = re.compile(rf"(?:^|[\s　]){any_of('staff')}[:：]")
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = (
    r"(?:中華民國)?(?:\d{2,4}|[〇○零一二三四五六七八九十]{2,4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
WHOLE_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
WEEKDAY = "星期[一二三四五六日天]|周[一二三四五六日]|週[一二三四五六日]|禮拜[一二三四五六日]"
DATED = re.compile(rf"(?:{DATE})?\s*(?:{WEEKDAY})|{DATE}")
ENGLISH_DATE = re.compile(
    rf"(?:[A-Z][\w .,&’'-]{{0,40}}[ |]+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"{MONTH} \d{{1,2}},? \d{{4}}(?:[ |].{{0,60}})?"
)
PAGE_NUMBER = re.compile(
    r"第?\s*[A-Z]?\d{1,3}\s*版?|第?[一二三四五六七八九十]{1,3}版|(?:Page |PAGE )?[A-Z]?\d{1,3}|- ?\d{1,3} ?-"
)
ISSUE = re.compile(r"(?:Vol\.|Volume|No\.|Issue) ?[\w.]+(?:,? (?:No\.|Issue) ?\w+)?")
NUMBERED_PAGE = re.compile(r"第?[A-Z]?\d{1,3}版|第[一二三四五六七八九十]{1,3}版|[A-Z]\d{1,2}|0\d")
JUMP_LINE = re.compile(
    r"[(（]?\s*(?:下转|上接|紧接|轉|转|接|文接|文轉)[^()（）]{0,12}版[^()（）]{0,10}[)）]?"
    r"|[>》→▶►\s]*(?:下转|上接|转|轉|接)[^()（）]{0,12}版"
    r"|(?:(?:Please )?[Ss]ee|Continued|Cont(?:inued|['’]d|\.)|From|Turn to) [A-Z][^.]{0,30}"
    r"(?:(?:Page|page|from|on)[^.]{0,20}\d|,? [A-Z]?\d{1,2}[A-Z]?)"
    r"|[>•»—\s]*(?:(?:Continued|CONTINUED) (?:from|on|FROM|ON)|Turn to|FROM|From|See)"
    r" (?:[Pp]age |PAGE )?[A-Z]?\d{1,3}[A-Z]?"
)
# 老字号如何留住年轻人 >>6版: what stands on another page.
INDEX = re.compile(
    r".{4,40}?(?:[>》▶►→›]+|[(（]?(?:详)?[见見]|[…．·.]{2,})\s*"
    r"(?:第?\s?[A-Z]?\d{1,2}\s?[版頁页]|第?[一二三四五六七八九十]{1,3}版|[A-Z]\d{1,2}|P\d{1,2})[)）]?"
)
MASTHEAD = re.compile(
    rf"[{HAN}]{{2,8}}(?:日报|晚报|早报|晨报|时报|都市报|周报|商报|社区报|日報|晚報|時報|週報|校报|侨报)"
)
ENGLISH_MASTHEAD = re.compile(
    r"(?:The|THE)? ?(?:[A-Z][A-Za-z’'-]+ ){1,4}"
    r"(?i:Daily|Ribao|Wanbao|Zaobao|Times|Gazette|Courier|Herald|Tribune|News|Post|Journal|Observer|Chronicle|Press|Sentinel|Record"
    r"|Register|Star|Weekly|Examiner|Advocate|Leader|Ledger|Mercury|Bulletin|Dispatch|Messenger|Echo|Independent)"
)
IMPRINT = re.compile(rf"{any_of('imprint')}|主管[\s、]*主办|您是.{{0,8}}第\s*\d+\s*位")
SITE_FIELD = re.compile(rf"{any_of('site_fields')}(?:\s*[:：].{{0,30}})?")
EMPTY_FIELDS = re.compile(r"第?\w{1,4}版?[(（]\s*[)）]|专栏\s*[:：]|栏目\s*[:：]")
# Possessive: a digit may belong to the button before or behind it, and is not tried as both.
NAVIGATION = re.compile(rf"[◀▶◄►←→«»<>\s]*+(?:\d?+{any_of('navigation')}[:：]?+\d?+[\s|｜>»·◀▶◄►←→«]*+)++")
CONTACT = re.compile(rf"{any_of('contacts')}\s*[:：]")
PRINTER = re.compile("印刷|承印|印务|发行|邮编|邮政编码|投稿|零售|定价|编辑部")


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page, not to an article, wherever it stands."""
    if JUMP_LINE.fullmatch(line) or is_index(line):
        return True
    if len(line) > LONGEST_FURNITURE or re.search("[。！？]", line):
        return False
    if any(pattern.fullmatch(line) for pattern in (ENGLISH_DATE, EMPTY_FIELDS, SITE_FIELD)):
        return True
    if _is_english_folio(line):
        return True
    if IMPRINT.search(line):
        return True
    parts = [part for part in PARTS.split(line) if part]
    if len(parts) < 2:
        return bool(parts) and bool(DATED.fullmatch(parts[0])) and bool(re.search(WEEKDAY, parts[0]))
    dated = sum(bool(DATED.fullmatch(part)) for part in parts)
    numbered = any(NUMBERED_PAGE.fullmatch(part) for part in parts)
    staffed = sum(bool(STAFF.fullmatch(part)) for part in parts)
    headed = any(MASTHEAD.fullmatch(part) for part in parts)
    return (
        (bool(dated) and (bool(DATED.fullmatch(parts[0])) or numbered or staffed > 0 or headed))
        or (bool(STAFF.fullmatch(parts[0])) and not CONTACT.match(line))
        or (numbered and staffed > 0)
        or (len(STAFF_FIELD.findall(line)) > 1)
    )


ENGLISH_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    re.IGNORECASE,
)
FOLIO_PARTS = (PAGE_NUMBER, ENGLISH_DAY, ENGLISH_MASTHEAD, ISSUE)
ENGLISH_PARTS = re.compile(r"\s{2,}|\s*[|•·–—]\s*|\t")


def _is_english_folio(line: str) -> bool:
    """Whether the line's parts are a page's number, a day and the paper's name, two of them at least."""
    parts = [part for part in ENGLISH_PARTS.split(line) if part]
    known = sum(any(pattern.fullmatch(part) for pattern in FOLIO_PARTS) for part in parts)
    # The section's name may stand with the day and the number: A6  THE POST  MARCH 3, 2024  REGION.
    return known > 1 and known >= len(parts) - (known > 2 or bool(PAGE_NUMBER.fullmatch(parts[0])))


def is_edge_furniture(line: str) -> bool:
    """Whether the line is furniture at the head or foot of a page: a number, a date, a masthead too."""
    return (
        is_furniture(line)
        or any(pattern.fullmatch(line) for pattern in (PAGE_NUMBER, DATED, MASTHEAD, ENGLISH_MASTHEAD))
        or (len(CONTACT.findall(line)) > 1 and bool(PRINTER.search(line)))
        or _is_dated_folio(line)
    )


def _is_dated_folio(line: str) -> bool:
    """Whether the line holds a whole date between short words: 分类信息 2025年2月26日 刊登热线 7788990."""
    parts = [part for part in PARTS.split(line) if part]
    dated = [part for part in parts if WHOLE_DATE.fullmatch(part)]
    short = all(width(part) <= LONGEST_NAME for part in parts if part not in dated)
    return bool(dated) and len(parts) > 2 and short and not any(map(is_notice, parts))


def is_contact(line: str) -> bool:
    """Whether the line gives an address or a telephone number: 报名热线:0000-5556667."""
    return bool(CONTACT.match(line))


def is_masthead(line: str) -> bool:
    return bool(MASTHEAD.fullmatch(line) or ENGLISH_MASTHEAD.fullmatch(line))


def is_index(line: str) -> bool:
    """Whether the line tells on which page an article stands: 老字号如何留住年轻人 >>6版."""
    return bool(INDEX.fullmatch(line))


def is_jump(line: str) -> bool:
    """Whether the line says that the article goes on, or began, on another page: (下转第二版)."""
    return bool(JUMP_LINE.fullmatch(line))


PRINTED_PAGE = re.compile(
    r"(?<![今日共\dA-Za-z])(?:第\s?)?([A-Z]?\d{1,3})\s?版|第([一二三四五六七八九十]{1,3})版"
    r"|[Pp](?:age|AGE) ([A-Z]?\d{1,3})\b"
    r"|(?:^|[\s|｜])([A-Z]\d{1,2}|0\d)(?=$|[\s|｜:：])"
)


def printed_page(line: str) -> str:
    """The page's number in a line of its furniture: "民生 03版" -> "03", "第三版" -> "三"; else ""."""
    match = None if is_jump(line) else PRINTED_PAGE.search(line)
    return next(filter(None, match.groups())) if match else ""


def is_navigation(line: str) -> bool:
    """Whether the line is a menu of the site that the page's text was copied from: 上一篇 下一篇."""
    if NAVIGATION.fullmatch(line):
        return True
    parts = line.split()
    known = sum(bool(NAVIGATION.fullmatch(part)) for part in parts)
    return known > 1 and 2 * known >= len(parts) - 1


# ---- labels

SECTION_NAME = re.compile(
    rf"[{HAN}]{{0,4}}{any_of('sections')}(?:\s?[·•]\s?[{HAN}]{{0,4}}{any_of('sections')})*"
)
FOLIO_NUMBER = re.compile(
    r"(?:第?[A-Z]?\d{1,2}版?|[一二三四五六七八九十]{1,2}版)[\s:：·|｜/]+"
    rf"(?=[{HAN}A-Z][{HAN}A-Za-z· ]{{1,14}}$)"
)
NUMBER_BEHIND = re.compile(
    rf"([{HAN}]{{0,4}}{any_of('sections')})[\s:：·|｜/]*(?:第?[A-Z]?\d{{1,2}}版?|第?[一二三四五六七八九十]{{1,2}}版)"
)
BOTH_SIDES = re.compile(rf"[{SHAPES}]\s*([^\s{SHAPES}].{{0,16}}?)\s*[{SHAPES}]")
LONGEST_NAME = 8
LONGEST_LABEL = 40


def label(line: str) -> tuple[int, int] | None:
    """Where the section's name stands in a line that can only be a label: "◆ 驿城新闻 ◆" -> (2, 6)."""
    if len(line) > LONGEST_LABEL:
        return None
    if match := BOTH_SIDES.fullmatch(line):
        return match.span(1)
    if match := FOLIO_NUMBER.match(line):
        return match.end(), len(line)
    if match := NUMBER_BEHIND.fullmatch(line):
        return match.span(1)
    if SECTION_NAME.fullmatch(line) and len(line) <= LONGEST_NAME + 6:
        return 0, len(line)
    if line.lower() in _english_sections():
        return 0, len(line)
    return None


@cache
def _english_sections() -> frozenset[str]:
    return frozenset(word.lower() for word in words("english_sections"))


def column_label(line: str) -> tuple[int, int] | None:
    """Where the name stands in a line that may be a column's label, if a headline follows: 今日谈, 广告."""
    if line in words("labels"):
        return 0, len(line)
    if (name := tag(line)) and not is_byline(line):
        return name
    if width(line) <= LONGEST_NAME and not mostly_latin(line) and line.endswith(words("labels")):
        return 0, len(line)
    return None
