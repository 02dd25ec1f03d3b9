"""Bylines, datelines, and the signatures of notices and letters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from corpus.newspaper.patterns import SHAPES, ends_sentence, mostly_latin, width
from corpus.newspaper.vocabulary import any_of, words
from corpus.script import HAN

__all__ = [
    "dateline_length",
    "is_byline",
    "is_credit",
    "is_date",
    "is_name",
    "is_place",
    "is_signature",
    "is_unit",
    "opens_dateline",
    "opens_report",
]

LONGEST_BYLINE = 80

# ---- a byline is a line of its own: jobs, names and kinds of work, parted by space or / or :

JOB = re.compile(rf"[{HAN}A-Za-z]{{0,12}}?(?:{any_of('jobs')}|特约\w{{0,4}})")
PICTURE_WORK = ("摄", "攝", "图", "圖", "供图", "摄影报道", "文并摄", "制图")
NAME = re.compile(rf"[{HAN}·]{{1,4}}|[A-Z][\w.’'-]*")
NAME_SHAPES = "□○◇△☆◎"  # Hollow ones: filled shapes stand before labels and subheads.
NAME_BEHIND_SHAPE = re.compile(rf"[{HAN}]{{1,4}}")
REMARK = re.compile(r"(?<=\S)[(（][^()（）]{2,14}[)）]?$")  # (市作协会员)
BETWEEN = re.compile(r"[\s:：/／\\、，,|｜()（）]+")
SOURCE = re.compile(
    r"(?:来源|來源|稿源|转自|据|作者单位|作者系|作者為|作者为)\s*[:：]?\s*\S.{0,40}"
    r"|本报综合(?:消息|报道)?|本报(?:特约)?评论员|(?:图片|圖片|照片|供图)?由.{2,16}提供|资料图片?|資料(?:照片|圖片)"
    r"|(?:图片?|圖片?|照片|相片|摄影|攝影)\s*[/／:：]\s*\S.{0,16}?(?:提供|摄|攝)?"
)
SOURCE_COLON = re.compile(r"(?:来源|來源|稿源|转自|据)(?!\s*[:：])")
GLUED = re.compile(
    rf"(?:本报|本報)(?:首席|实习|见习|特约|全媒体|融媒体)?(?:记者|記者)(?![从在了])[{HAN}]{{2,3}}(?:\s*[摄文图])?"
)
ENGLISH_NAMES = r"[A-Z][\w.’'-]*(?:,? (?:and|[A-Z][\w.’'-]*)){0,7}"
ENGLISH = re.compile(
    r"(?:(?:Story|Text|Words|Photos?)(?: and (?:photos?|pictures?))? )?[Bb][Yy]:? "
    rf"{ENGLISH_NAMES}(?: ?[,|/•] ?[A-Z][\w ]{{2,24}})?"
    rf"|(?:[A-Z][a-z]+ ){{0,2}}(?:[Ss]taff|[Ss]pecial)(?: (?:[Rr]eporter|[Ww]riter|[Cc]orrespondent"
    rf"|[Pp]hotographer|[Rr]eport)s?)?(?: {ENGLISH_NAMES})?"
)


@cache
def _works() -> frozenset[str]:
    return frozenset(words("works"))


@lru_cache(maxsize=1024)
def is_byline(line: str) -> bool:
    """Whether the line names who wrote, photographed or supplied, and says nothing else.

    "本报记者 郑付生 吴勇峰", "□ 张静", "記者林宛／彰化報導", "来源:新华社", "By Ann Lee".
    """
    if not line or len(line) > LONGEST_BYLINE or ends_sentence(line.rstrip(")）】〕")):
        return False
    bare = line.strip(f"{SHAPES}—―()（）【】〔〕[] \u3000")
    if SOURCE.fullmatch(bare):
        return not SOURCE_COLON.match(bare)
    if any(pattern.fullmatch(bare) for pattern in (GLUED, ENGLISH)):
        return bare not in ("Special", "Staff")
    if bare.lower() in words("english_staff") or FROM_PLACE.fullmatch(bare):
        return True
    names = [word for word in BETWEEN.split(REMARK.sub("", bare)) if word]
    if line[0] in NAME_SHAPES and _are_names(names):
        return True
    if dateline_length(line) == len(line):
        return True
    return (
        len(names) > 1
        and all(word in _works() or JOB.fullmatch(word) or NAME.fullmatch(word) for word in names)
        and bool(JOB.fullmatch(names[0]) or names[0] in _works() or names[-1] in _works())
    )


TOLD_VERB = "(?:報導|報道|报道|报导|電|电)"
PLACE_OF_REPORT = rf"(?:(?!{TOLD_VERB})[{HAN}]){{2,8}}"
# 記者林宛／彰化報導: the name behind the job, the place before the work.
FROM_PLACE = re.compile(
    rf"[{HAN}]{{0,6}}(?:{any_of('jobs')})[{HAN}]{{2,4}}(?:[、,，\s][{HAN}]{{2,4}}){{0,3}}"
    rf"\s*[/／\\]\s*{PLACE_OF_REPORT}(?:{TOLD_VERB}|攝影|摄影)?"
)


def _are_names(names: list[str]) -> bool:
    return 0 < len(names) <= 3 and all(NAME_BEHIND_SHAPE.fullmatch(word) for word in names)


def is_credit(line: str) -> bool:
    """Whether a byline names who took or gave a picture: "本报记者 吴勇峰 摄"."""
    return is_byline(line) and line.rstrip(")） ").endswith(PICTURE_WORK)


# ---- a dateline stands before the first sentence of a paragraph

OUTLET = rf"(?:{any_of('outlets')}|[{HAN}]{{2,6}}{any_of('outlet_suffixes')})"
VERB = any_of("dateline_verbs")
PLACE_AND_DAY = rf"[{HAN}]{{0,8}}(?:\d{{1,2}}月)?\d{{1,2}}日(?:上午|下午|凌晨)?"
SENT = rf"据?{OUTLET}(?:综合)?(?:{VERB}|{PLACE_AND_DAY}{VERB}|[{HAN}]{{2,4}}[电電])"
PERSON = "(?:记者|記者|通讯员|通訊員|实习生|實習生|特派员|特派員|编译|編譯)"
PEOPLE = rf"[(（][^()（）]{{0,30}}{PERSON}[^()（）]{{0,60}}[)）]"
BRACKETS = r"\s*[(（][^()（）]{1,90}[)）]"
SPACED_PEOPLE = rf"(?:(?:本报)?(?:记者|通讯员)(?:[ \u3000]+[{HAN}]{{2,4}}(?=[ \u3000]))+[ \u3000]*)+"
TOLD = rf"\s*(?:本报|本報)?(?:记者|記者)[{HAN}、 \u3000]{{1,30}}?(?:报道|報道|報導)[:：/／]"
INSIDE = r"[^〔〕【】\[\]()（）]"
# Around a sender or a person, with the verb: 【本報訊】, 〔記者X／地報導〕.
FRAMED = (
    rf"[〔【\[(（](?:{OUTLET}(?:{PERSON}{INSIDE}{{1,24}})?{INSIDE}{{0,12}}?{VERB}"
    rf"|{INSIDE}{{0,8}}{PERSON}{INSIDE}{{1,30}}"
    rf"|[{HAN}]{{2,4}}新聞[/／][{HAN}]{{2,8}}|[{HAN}]{{2,4}}[訊讯])[〕】\])）]"
)
UNFRAMED = rf"{PERSON}[{HAN}、]{{2,12}}\s*[/／]\s*[{HAN}]{{2,6}}?(?:報導|報道|报道|综合报道|綜合報導)"
ENGLISH_PLACE = r"[A-Z][A-Z.’' -]{2,30}(?:, [A-Z][a-z.]{2,12})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
DATELINE = re.compile(
    rf"{FRAMED}(?:{PEOPLE}|{BRACKETS}|{TOLD})?|{UNFRAMED}(?=\s*[^，,。])"
    # "据新华社消息,…" and "本报讯息" are the beginnings of sentences.
    rf"|(?:{SENT}(?:{BRACKETS}|{TOLD}|[ \u3000]+{SPACED_PEOPLE}|(?!\s*[(（]))"
    rf"|{PEOPLE}|{SPACED_PEOPLE})(?![，,、的息])(?:\s*[:：])?"
    rf"|{ENGLISH_PLACE}(?: \([A-Za-z ]{{2,30}}\))? ?(?:—|–|--?)(?= )"
)
CUT_DATELINE = re.compile(
    rf"(?:{SENT}\s*)?[(（〔【][^()（）〔〕【】]{{0,12}}{PERSON}[^()（）〔〕【】]{{0,40}}$|{SENT}\s*[(（]?$"
)
REPORT = re.compile(rf"{FRAMED}|{UNFRAMED}|{SENT}")


PLACE_ALONE = re.compile(r"[A-Z][A-Z.’' -]{2,30} ?(?:—|–|--?)")


def dateline_length(text: str) -> int:
    """How much stands before a paragraph's first sentence: "本报讯(记者 张静)为增强" -> 9; else 0.

    A place alone ("FAIRVIEW — ") names no one and no day: it is 0 there, and part of the sentence.
    """
    match = DATELINE.match(text)
    return len(match[0].rstrip()) if match and not PLACE_ALONE.fullmatch(match[0].rstrip()) else 0


def opens_dateline(line: str) -> bool:
    """Whether the line begins with a dateline, whole or cut by the column."""
    return bool(DATELINE.match(line) or CUT_DATELINE.match(line))


def opens_report(line: str) -> bool:
    """Whether the line begins with a dateline that names the sender: 本报讯, 【記者X／地報導】."""
    return bool(DATELINE.match(line) and REPORT.match(line))


# ---- signatures and dates

DATE = re.compile(
    r"(?:中華民國|民國|公元)?\s*(?:(?:\d{2,4}|[〇○零一二三四五六七八九十]{2,4})\s*年)?\s*"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})\s*日"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?) \d{1,2}(?:(?: and|,) \d{1,2})*(?:, \d{4})?"
)
UNIT = re.compile(rf"[{HAN}·（）()A-Z\d]{{2,24}}{any_of('units')}(?:[(（][^()（）]{{1,12}}[)）])?")
NO_NAME = re.compile("[的了在把将让是我你他]|有(?!限)")  # 旧物的新用处 ends like an office.
PLACE = re.compile(rf"[{HAN}·]{{1,12}}{any_of('places')}")
PERSON_ALONE = re.compile(rf"([{HAN}]{{2,14}})[ \u3000]+([{HAN}]{{2,4}})")
ENGLISH_PERSON = re.compile(
    r"(?:[A-Z][a-z.’'-]+|[A-Z]\.)(?: (?:[A-Z][a-z.’'-]+|[A-Z]\.)){1,2}(?:, [A-Z][A-Za-z ]{2,40})?"
)
ENGLISH_STREET = re.compile(
    r"(?:\d+ )?(?:[A-Z][a-z]+ ){1,3}(?:Street|Road|Avenue|Lane|Drive|Court|Place|Way)"
)
SIGN_OFF = re.compile(r"\s+(?:[谨敬謹]?[启啟]|宣)$")
NAME_ALONE = re.compile(f"[{HAN}]{{2,3}}")
LONGEST_SIGNATURE = 36


def is_date(line: str) -> bool:
    """Whether the line is a date alone, as it stands below a notice, or a unit's name and the date."""
    unit, _, day = line.strip("()（） ").rpartition(" ")
    return bool(DATE.fullmatch(line.strip("()（） "))) or bool(unit and DATE.fullmatch(day) and is_unit(unit))


def is_unit(line: str) -> bool:
    """Whether the line is the name of an office or company, or of several parted by spaces."""
    named = width(line) <= LONGEST_SIGNATURE and not NO_NAME.search(line)
    return named and all(UNIT.fullmatch(part) for part in line.split())


def is_place(line: str) -> bool:
    return bool(PLACE.fullmatch(line.rstrip(":：")))


def is_name(line: str) -> bool:
    """Whether the line could be a person's name alone: two or three characters, a family name first."""
    return bool(NAME_ALONE.fullmatch(line)) and line[0] in words("surnames")


def is_signature(line: str) -> bool:
    """Whether the line could sign a notice or a letter: 城北花园居民 江平, Linda Gray, City Clerk."""
    if len(line) > LONGEST_SIGNATURE * 2 or ends_sentence(line):
        return False
    if mostly_latin(line):
        return bool(ENGLISH_PERSON.fullmatch(line) or ENGLISH_STREET.fullmatch(line))
    line = SIGN_OFF.sub("", line)
    match = PERSON_ALONE.fullmatch(line.strip("()（）"))
    if match:
        return match[2][0] in words("surnames") and len(match[2]) <= 3
    return is_unit(line)
