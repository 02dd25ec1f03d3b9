"""Bylines and datelines: who wrote, photographed or sent an article."""

from __future__ import annotations

import re

from corpus.page.words import CJK, SHAPES

__all__ = ["dateline_length", "is_byline", "is_credit", "opens_dateline", "opens_report"]

LONGEST_BYLINE = 80

# ---- a byline is a line of its own: jobs, names and kinds of work, parted by space or / or :

JOB = re.compile(
    rf"[{CJK}A-Za-z]{{0,12}}?(?:记者|通讯员|评论员|观察员|实习生|见习生|作者|特约\w{{0,4}}|撰文|撰稿|编译|整理"
    "|供稿|供图|摄影|报道|来源)"
)
PICTURE_WORK = ("摄", "图", "供图", "摄影报道", "文并摄", "制图")
WORK = (*PICTURE_WORK, "文", "文图", "图文", "文并图", "供稿", "报道", "编译", "整理")
NAME = re.compile(rf"[{CJK}·]{{1,4}}|[A-Z][\w.’'-]*")
NAME_SHAPES = "□○◇△☆◎"  # Hollow ones: filled shapes stand before labels and subheads.
NAME_BEHIND_SHAPE = re.compile(rf"[{CJK}]{{1,3}}")
BETWEEN = re.compile(r"[\s:：/／、|｜()（）]+")

SOURCE = re.compile(
    r"(?:来源|稿源|转自|据)\s*[:：]\s*\S.{0,24}|本报综合(?:消息|报道)?|图片由.{2,16}提供|资料图片?"
)
GLUED = re.compile(
    rf"本报(?:首席|实习|见习|特约|全媒体|融媒体)?记者(?![从在了])[{CJK}]{{2,3}}(?:\s*[摄文图])?"
)
ENGLISH_NAMES = r"[A-Z][\w.’'-]*(?:,? (?:and|[A-Z][\w.’'-]*)){0,7}"
ENGLISH = re.compile(
    r"(?:(?:Story|Text|Words|Photos?)(?: and (?:photos?|pictures?))? )?[Bb]y:? "
    rf"{ENGLISH_NAMES}(?: ?[,|/] ?[A-Z][\w ]{{2,24}})?"
    rf"|(?:Staff|Special) (?:Reporter|Writer|Correspondent)s?(?: {ENGLISH_NAMES})?"
)


def is_byline(line: str) -> bool:
    """Whether the line names who wrote, photographed or supplied, and says nothing else.

    "本报记者 郑付生 吴勇峰", "□ 张静", "文/图 张静", "来源:新华社", "By Ann Lee".
    """
    if len(line) > LONGEST_BYLINE:
        return False
    bare = line.strip(f"{SHAPES}()（） \u3000")
    if any(pattern.fullmatch(bare) for pattern in (SOURCE, GLUED, ENGLISH)):
        return True
    words = [word for word in BETWEEN.split(bare) if word]
    if line[0] in NAME_SHAPES and _are_names(words):
        return True
    return (
        len(words) > 1
        and all(word in WORK or JOB.fullmatch(word) or NAME.fullmatch(word) for word in words)
        and bool(JOB.fullmatch(words[0]) or words[0] in WORK or words[-1] in WORK)
    )


def _are_names(words: list[str]) -> bool:
    return 0 < len(words) <= 3 and all(NAME_BEHIND_SHAPE.fullmatch(word) for word in words)


def is_credit(line: str) -> bool:
    """Whether a byline names who took or gave a picture: "本报记者 吴勇峰 摄"."""
    return is_byline(line) and line.rstrip(")） ").endswith(PICTURE_WORK)


# ---- a dateline stands before the first sentence of a paragraph

PAPER = (
    r"(?:本报|本刊|本台|本网|新华社|新华网|中新社|中新网|人民网|央视新闻"
    rf"|[{CJK}]{{2,6}}(?:日报|晚报|早报|时报|融媒))"
)
BY_WIRE = rf"[{CJK}]{{0,8}}(?:\d{{1,2}}月)?\d{{1,2}}日(?:上午|下午|凌晨)?电|[{CJK}]{{2,4}}电"
SENT = rf"据?{PAPER}(?:综合)?(?:讯|消息|{BY_WIRE})"
PEOPLE = r"[(（][^()（）]{0,30}(?:记者|通讯员)[^()（）]{0,60}[)）]"
BRACKETS = r"\s*[(（][^()（）]{1,90}[)）]"
SPACED_PEOPLE = rf"(?:(?:本报)?(?:记者|通讯员)(?:[ \u3000]+[{CJK}]{{2,4}}(?=[ \u3000]))+[ \u3000]*)+"
TOLD = rf"\s*(?:本报)?记者[{CJK}、 \u3000]{{1,30}}?报道[:：]"
ENGLISH_PLACE = r"[A-Z][A-Z.’' -]{2,30}(?:, [A-Z][a-z.]{2,12})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
DATELINE = re.compile(
    # "据新华社消息,…" and "本报讯息" are the beginnings of sentences.
    rf"(?:{SENT}(?:{BRACKETS}|{TOLD}|[ \u3000]+{SPACED_PEOPLE}|(?!\s*[(（]))"
    rf"|{PEOPLE}|{SPACED_PEOPLE})(?![，,、的息])"
    rf"|{ENGLISH_PLACE}(?: \([A-Za-z ]{{2,30}}\))? ?(?:—|–|--?)(?= )"
)
CUT_DATELINE = re.compile(
    rf"(?:{SENT}\s*)?[(（][^()（）]{{0,12}}(?:记者|通讯员)[^()（）]{{0,40}}$|{SENT}\s*[(（]?$"
)


def dateline_length(text: str) -> int:
    """How much stands before a paragraph's first sentence: "本报讯(记者 张静)为增强" -> 9; else 0."""
    match = DATELINE.match(text)
    return len(match[0].rstrip()) if match else 0


def opens_dateline(line: str) -> bool:
    """Whether the line begins with a dateline, whole or cut by the column."""
    return bool(DATELINE.match(line) or CUT_DATELINE.match(line))


def opens_report(line: str) -> bool:
    """Whether the line begins with a dateline that names the paper or agency: 本报讯, 新华社北京6月2日电."""
    return bool(DATELINE.match(line) and re.match(SENT, line))
