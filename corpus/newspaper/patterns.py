"""What a piece of a page's text is made of: script, width, finished sentences."""

from __future__ import annotations

import re
from typing import Literal

__all__ = [
    "CJK",
    "CLOSERS",
    "SHAPES",
    "Mark",
    "cannot_begin",
    "dateline_length",
    "ends_sentence",
    "final_mark",
    "heading_mark",
    "is_byline",
    "is_caption",
    "is_credit",
    "is_edge_furniture",
    "is_furniture",
    "is_jump",
    "is_mark",
    "is_plain",
    "label",
    "may_head",
    "mid_line_mark",
    "mostly_latin",
    "names_in_brackets",
    "numbering",
    "opens_dateline",
    "opens_report",
    "starts_paragraph",
    "subtitle_dash",
    "tag",
    "two_halves",
    "width",
]

CJK = "㐀-䶿一-鿿豈-﫿"  # for character classes
SHAPES = "■□◆◇●○★☆▲△▼▽◎※♦►▶"
SENTENCE_ENDS = "。！？!?…."
CLOSERS = "”’」』》)）】\"'"


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a finished sentence; a remark in brackets after it may follow."""
    text = re.sub(r"(?<=[。！？…!?])[(（][^()（）]{1,20}[)）]$", "", text)
    core = text.rstrip(CLOSERS)
    if not core.endswith(tuple(SENTENCE_ENDS)):
        return False
    # "11." is a number that a column has cut: 11.2万人次.
    return not (core.endswith(".") and core[-2:-1].isdigit() and not mostly_latin(core))


def mostly_latin(text: str) -> bool:
    """Whether the text reads as Latin script: more than three letters for each Chinese character."""
    letters = sum(1 for char in text if char.isalpha() and ord(char) < 0x250)
    return letters > 3 * len(re.findall(f"[{CJK}]", text))


def width(text: str) -> float:
    """Length in Chinese characters; a narrow character counts half."""
    return sum(0.5 if ord(char) < 0x250 else 1 for char in text)


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
JUMP_LINE = re.compile(r"[(（]?\s*(?:下转|上接|紧接)[^()（）]{0,12}版[^()（）]{0,10}[)）]?")
MASTHEAD = re.compile(rf"[{CJK}]{{2,8}}(?:日报|晚报|早报|晨报|时报|都市报|周报|商报)")


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page, not to an article, wherever it stands."""
    if len(line) > LONGEST_FURNITURE or re.search("[。！？]", line):
        return False
    if JUMP_LINE.fullmatch(line) or ENGLISH_DATE.fullmatch(line):
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
    return bool(JUMP_LINE.fullmatch(line))


# ---- labels

SECTION_WORD = (
    "(?:新闻|要闻|综合|时政|民生|经济|社会|法治|教育|健康|体育|文化|副刊|国际|国内|时事|广告|专版|专题|评论|理论"
    "|财经|县区|县域|城事|生活|读者|连载|公益|科技|天下|关注|视点|深度|文娱|旅游|三农|党建)"
)
SECTION_NAME = re.compile(rf"[{CJK}]{{0,4}}{SECTION_WORD}(?:\s?·\s?[{CJK}]{{0,4}}{SECTION_WORD})*")
ENGLISH_SECTION = re.compile(
    "(?:Local|World|National|Business|City|Regional)(?: News)?|Sports|Opinion|News|Community", re.IGNORECASE
)
FOLIO_NUMBER = re.compile(
    r"(?:第?[A-Z]?\d{1,2}版?|[一二三四五六七八九十]{1,2}版)[\s:：·|｜/]+"
    rf"(?=[{CJK}A-Z][{CJK}A-Za-z· ]{{1,14}}$)"
)
BOTH_SIDES = re.compile(rf"[{SHAPES}]\s*([^\s{SHAPES}].{{0,16}}?)\s*[{SHAPES}]")
TAG = re.compile(rf"[{SHAPES}]\s*(\w.{{0,12}})|【\s*([^【】]{{1,12}}?)\s*】")


def label(line: str) -> tuple[int, int] | None:
    """Where the section's name stands in a line that can only be a label: "◆ 驿城新闻 ◆" -> (2, 6)."""
    if match := BOTH_SIDES.fullmatch(line):
        return match.span(1)
    if match := FOLIO_NUMBER.match(line):
        return match.end(), len(line)
    if SECTION_NAME.fullmatch(line) or ENGLISH_SECTION.fullmatch(line):
        return 0, len(line)
    return None


def tag(line: str) -> tuple[int, int] | None:
    """Where the name stands in ■X or 【X】: a label above a headline, a subhead inside an article."""
    match = TAG.fullmatch(line)
    return match.span(1 if match[1] else 2) if match and not ends_sentence(line) else None


PLACE_WIDTH = 10  # A kicker may end with a colon (遂平县：), but a longer line with one is text.
HEADING_WIDTH = 50  # The longest headline of three halves seen has 36 characters.
CAPTION = re.compile(r"图为|[上下左右]图[为:：]|图[①-⑳\d一二三][:：为]|[▲△▼▽◀▶]\s*\S")
DASH = re.compile(r"\s*(?:[—―─–]+|--+)\s*")
HEADING_MARK = re.compile(r"(?:#{1,6}[ \t\u3000]+)+")
MID_SENTENCE_STARTS = re.compile(r"[的了着，、。；：！？,;:!?)）”’》」』.%％～]")
# A headline does not begin so; a paragraph does.
TEXT_STARTS = (
    "该[^死]|此[次外举后]|其[中次它他余]|近日|日前|近年来|连日来|目前|据[了悉介统]|截至|随后|活动[中现]"
)
NEVER_HEADS = re.compile(TEXT_STARTS)
# So either may begin, a paragraph more often.
PARAGRAPH_STARTS = re.compile(
    rf"{TEXT_STARTS}|这|昨[日天]|今[日天]|近期|当前|同时|\d{{1,2}}月\d{{1,2}}日|\d{{4}}年"
)
PAIRS = tuple(zip("“‘《（(「【", "”’》）)」】", strict=True))
NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节部]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|0\d$"
)
PLAIN = re.compile(rf"[{CJK}A-Za-z\d“”《》·\s]+")


def two_halves(line: str) -> bool:
    """Whether a space parts the line into halves, as in 防范电信诈骗 筑牢安全防线."""
    parts = re.split(r"[ \u3000]+", line)
    return len(parts) > 1 and all(len(re.findall(f"[{CJK}]", part)) >= 3 for part in parts)


def numbering(line: str) -> str:
    """The style of the number that the line begins with ("一、" -> "#、"); "" where there is none."""
    match = NUMBERED.match(line)
    return re.sub(r"[一二三四五六七八九十\d]+", "#", match[0]) if match else ""


def is_plain(line: str) -> bool:
    """Whether the line holds no punctuation but quotation marks and the dot of names."""
    return bool(PLAIN.fullmatch(line))


def is_caption(line: str) -> bool:
    return bool(CAPTION.match(line))


def starts_paragraph(line: str) -> bool:
    """Whether the line begins as paragraphs do, and headlines seldom: 近日, 该镇, 11月22日."""
    return bool(PARAGRAPH_STARTS.match(line)) and not two_halves(line)


def cannot_begin(line: str) -> bool:
    """Whether the line can only go on with what stands before it."""
    return bool(MID_SENTENCE_STARTS.match(line) or re.match("[a-z]", line))


def subtitle_dash(line: str) -> int:
    """Length of the dash before a subtitle; 0 where the line begins with no dash."""
    match = DASH.match(line)
    return match.end() if match and match.end() < len(line) else 0


def heading_mark(text: str) -> int:
    """Length of the marks with which Markdown begins a heading ("## "); else 0."""
    match = HEADING_MARK.match(text)
    return match.end() if match and match.end() < len(text) else 0


def may_head(line: str) -> bool:
    """Whether the line could be part of a headline, by its words alone. Most column fragments
    that hold no full stop could; what stands around the line has to decide."""
    return (
        width(line) <= (PLACE_WIDTH if line.endswith((":", "：")) else HEADING_WIDTH)
        and not line.endswith(tuple("。，、；,;."))
        and not any(stop in line for stop in "。；")
        and all(line.count(opening) == line.count(closing) for opening, closing in PAIRS)
        and not (NEVER_HEADS.match(line) or cannot_begin(line) or is_caption(line) or opens_dateline(line))
        and any(char.isalnum() for char in line)
    )


CIRCLED = "①-⓿❶-❿"
CLOSING_NOTE = re.compile(
    r"[(（【\[]\s*(?:完|全文完|本文完|END|(?:责编|责任编辑|编辑)[^()（）【】]{0,20})\s*[)）】\]]$"
)
NUMBERED_MARK = re.compile(rf"[{CIRCLED}]\s?\d{{1,3}}$")
BARE_MARK = re.compile(rf"(?:[{SHAPES}]+|[{CIRCLED}])$")
JUMP = re.compile(r"[(（]\s*(?:下转|上接|紧接)[^()（）]{1,14}[)）]$")
SIGNATURE = re.compile(r"[(（]([^()（）]{2,60})[)）]$")
MID_LINE_MARK = re.compile(rf"[。！？…!?][{CLOSERS}]*(?:[{CIRCLED}]\s?\d{{1,3}}|[{SHAPES}])(?=\s+\S)")
ONLY_MARK = re.compile(rf"(?:[{SHAPES}*#=_\-—─━·]\s*){{1,80}}|[{CIRCLED}]\s?\d{{0,3}}|-30-|END")
NAMES = re.compile(rf"[{CJK}]{{2,3}}(?:[\s、][{CJK}]{{2,3}}){{0,3}}|[{CJK}]\s[{CJK}]")
NOT_NAMES = re.compile("[图左右上下注译略]|未完|资料")  # (见图), (左三), (下同)

# A picture's credit behind its caption, with or without a full stop between.
CREDIT = re.compile(rf"(?<=\s)(?:[{CJK}]{{0,8}}(?:记者|通讯员)\s)?(?:[{CJK}]{{2,3}}\s){{1,3}}(?:摄|供图)$")

Mark = Literal["end mark", "signature", "credit", "jump line"]


def final_mark(line: str) -> tuple[int, Mark] | None:
    """Where the last mark at the end of the line starts, and what it is.

    "……运行。⑤5" -> (5, "end mark"); "……好评。(记者 张静)" -> (5, "signature").
    """
    if is_mark(line) or is_byline(line):
        return None
    for pattern in (CLOSING_NOTE, NUMBERED_MARK):
        if (match := pattern.search(line)) and match.start():
            return match.start(), "end mark"
    if (match := BARE_MARK.search(line)) and _behind_sentence(line, match):
        return match.start(), "end mark"
    if (match := JUMP.search(line)) and match.start():
        return match.start(), "jump line"
    if (match := SIGNATURE.search(line)) and _behind_sentence(line, match) and is_byline(match[1]):
        return match.start(), "credit" if is_credit(match[1]) else "signature"
    match = CREDIT.search(line)
    return (match.start(), "credit") if match else None


def _behind_sentence(line: str, match: re.Match[str]) -> bool:
    return ends_sentence(line[: match.start()].rstrip())


def mid_line_mark(line: str) -> int:
    """Behind the first end mark that stands inside a line with more text after it; else 0."""
    match = MID_LINE_MARK.search(line)
    return match.end() if match else 0


def names_in_brackets(line: str) -> int:
    """Where names alone in brackets start behind the line's last sentence: "……。(张静)"; else 0."""
    match = SIGNATURE.search(line)
    if not match or not NAMES.fullmatch(match[1].strip()) or NOT_NAMES.search(match[1]):
        return 0
    return match.start() if _behind_sentence(line, match) else 0


def is_mark(line: str) -> bool:
    """Whether the line is an end mark or a ruling and nothing else."""
    return bool(ONLY_MARK.fullmatch(line) or CLOSING_NOTE.match(line))
