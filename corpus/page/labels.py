"""Lines that belong to the page: section labels and furniture (dates, page numbers, editors)."""

from __future__ import annotations

import re

from corpus.page.words import CJK, SHAPES, ends_sentence

__all__ = ["is_edge_furniture", "is_furniture", "is_jump", "label", "tag"]

LONGEST_FURNITURE = 80

# ---- furniture

STAFF = re.compile(
    r"责任编辑|责编|编辑|版式|版面|校对|美编|美术编辑|组版|值班\w{0,4}|统筹|审读|电话|热线|新闻热线|邮箱|投稿\w{0,4}"
    r"|国内统一\w{0,8}|邮发代号\w*|总第\w{1,8}期|第\w{1,6}期|www\.\S+|https?|e-?mail|editor|tel",
    re.IGNORECASE,
)
DATE = (
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
WEEKDAY = "星期[一二三四五六日天]|周[一二三四五六日]"
DATED = re.compile(rf"(?:{DATE})?\s*(?:{WEEKDAY})|{DATE}")
ENGLISH_DATE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December) \d{1,2},? \d{4}(?: .{0,40})?"
)
PAGE_NUMBER = re.compile(
    r"第?\s*[A-Z]?\d{1,3}\s*版?|第?[一二三四五六七八九十]{1,3}版|Page [A-Z]?\d{1,3}|- ?\d{1,3} ?-"
)
JUMP = re.compile(r"[(（]?\s*(?:下转|上接|紧接)[^()（）]{0,12}版[^()（）]{0,10}[)）]?")
MASTHEAD = re.compile(rf"[{CJK}]{{2,8}}(?:日报|晚报|早报|晨报|时报|都市报|周报|商报)")


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page, not to an article, wherever it stands."""
    if len(line) > LONGEST_FURNITURE or re.search("[。！？]", line):
        return False
    if JUMP.fullmatch(line) or ENGLISH_DATE.fullmatch(line):
        return True
    first, *others = re.split(r"[\s:：/／|｜,，]+", line)
    if DATED.fullmatch(first):
        return bool(others) or bool(re.search(WEEKDAY, first))
    if not others:
        return False
    headed = MASTHEAD.fullmatch(first) or PAGE_NUMBER.fullmatch(first)
    return bool(STAFF.fullmatch(first) or (headed and any(DATED.fullmatch(word) for word in others)))


def is_edge_furniture(line: str) -> bool:
    """Whether the line is furniture at the head or foot of a page: a number, a date, a masthead too."""
    return is_furniture(line) or any(pattern.fullmatch(line) for pattern in (PAGE_NUMBER, DATED, MASTHEAD))


def is_jump(line: str) -> bool:
    """Whether the line says that the article goes on, or began, on another page: (下转第二版)."""
    return bool(JUMP.fullmatch(line))


# ---- labels

SECTION_WORD = (
    "(?:新闻|要闻|综合|时政|民生|经济|社会|法治|教育|健康|体育|文化|副刊|国际|国内|时事|广告|专版|专题|评论|理论"
    "|财经|县区|县域|城事|生活|读者|连载|公益|科技|天下|关注|视点|深度|文娱|旅游|三农|党建)"
)
SECTION_NAME = re.compile(rf"[{CJK}]{{0,4}}{SECTION_WORD}(?:\s?·\s?[{CJK}]{{0,4}}{SECTION_WORD})*")
ENGLISH_SECTION = re.compile(
    "(?:Local|World|National|Business|City|Regional)(?: News)?|Sports|Opinion|News|Community", re.IGNORECASE
)
NUMBERED = re.compile(
    r"(?:第?[A-Z]?\d{1,2}版?|[一二三四五六七八九十]{1,2}版)[\s:：·|｜/]+"
    rf"(?=[{CJK}A-Z][{CJK}A-Za-z· ]{{1,14}}$)"
)
BOTH_SIDES = re.compile(rf"[{SHAPES}]\s*([^\s{SHAPES}].{{0,16}}?)\s*[{SHAPES}]")
TAG = re.compile(rf"[{SHAPES}]\s*(\w.{{0,12}})|【\s*([^【】]{{1,12}}?)\s*】")


def label(line: str) -> tuple[int, int] | None:
    """Where the section's name stands in a line that can only be a label: "◆ 驿城新闻 ◆" -> (2, 6)."""
    if match := BOTH_SIDES.fullmatch(line):
        return match.span(1)
    if match := NUMBERED.match(line):
        return match.end(), len(line)
    if SECTION_NAME.fullmatch(line) or ENGLISH_SECTION.fullmatch(line):
        return 0, len(line)
    return None


def tag(line: str) -> tuple[int, int] | None:
    """Where the name stands in ■X or 【X】: a label above a headline, a subhead inside an article."""
    match = TAG.fullmatch(line)
    return match.span(1 if match[1] else 2) if match and not ends_sentence(line) else None
