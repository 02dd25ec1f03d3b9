"""Facts of a piece of text by its characters: script, width, finished sentences, the look of a heading."""

from __future__ import annotations

import re

from corpus.newspaper.vocabulary import any_of, words
from corpus.script import HAN, HAN_CHARACTER, HAN_RUN

__all__ = [
    "CLOSERS",
    "SHAPES",
    "cannot_begin",
    "ends_sentence",
    "has_no_punctuation",
    "heading_mark",
    "is_caption",
    "is_notice",
    "may_head",
    "mostly_latin",
    "numbering",
    "starts_paragraph",
    "subtitle_dash",
    "tag",
    "two_halves",
    "width",
]

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


LETTERS = re.compile(r"[A-Za-zªµºÀ-ÖØ-öø-\u024f]+")


def mostly_latin(text: str) -> bool:
    """Whether the text reads as Latin script: more than three letters for each Chinese character."""
    letters = sum(map(len, LETTERS.findall(text)))
    return letters > 3 * sum(map(len, HAN_RUN.findall(text)))


NARROW = re.compile(r"[\x00-\u024f]+")


def width(text: str) -> float:
    """Length in Chinese characters; a narrow character counts half."""
    return len(text) - sum(map(len, NARROW.findall(text))) / 2


PLACE_WIDTH = 10  # A kicker may end with a colon (遂平县：), but a longer line with one is text.
HEADING_WIDTH = 50  # The longest headline of three halves seen has 36 characters.
CAPTION = re.compile(r"图为|圖為|[上下左右]图[为:：]|图[①-⑳\d一二三][:：为]|[▲△▼▽◀▶]\s*\S")
DASH = re.compile(r"\s*(?:[—―─–]+|--+)\s*")
HEADING_MARK = re.compile(r"(?:#{1,6}[ \t\u3000]+)+")
MID_SENTENCE_STARTS = re.compile(r"[的了着，、。；：！？,;:!?)）”’》」』.%％～\]]")
# A headline does not begin so; a paragraph does.
TEXT_STARTS = (
    "该[^死]|此[次外举后]|其[中次它他余]|近日|日前|近年来|连日来|目前|据[了悉介统]|截至|随后|活动[中现]"
)
LONGEST_START = max(map(len, words("paragraph_starts")))
NEVER_HEADS = re.compile(
    rf"该[^死]|[问答問][:：]|其[它他余]|据[悉介统]|此举|特此|谨此|此致|敬礼|{any_of('paragraph_starts')}"
)
# Either may begin so, a paragraph more often.
PARAGRAPH_STARTS = re.compile(
    rf"{TEXT_STARTS}|这|昨[日天]|今[日天]|近期|当前|同时|\d{{1,2}}月\d{{1,2}}日|\d{{4}}年"
    rf"|{any_of('paragraph_starts')}"
)
PAIRS = tuple(zip("“‘《（(「【", "”’》）)」】", strict=True))
STOP = re.compile("[。；]")
BRACKET = re.compile("[" + "".join(re.escape(mark) for pair in PAIRS for mark in pair) + "]")
WORD_CHARACTER = re.compile(r"[^\W_]")
NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节部]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|0\d$"
)
PLAIN = re.compile(rf"[{HAN}A-Za-z\d“”《》·\s]+")


def two_halves(line: str) -> bool:
    """Whether a space parts the line into halves, as in 防范电信诈骗 筑牢安全防线."""
    parts = re.split(r"[ \u3000]+", line)
    return len(parts) > 1 and all(len(HAN_CHARACTER.findall(part)) >= 3 for part in parts)


def numbering(line: str) -> str:
    """The style of the number that the line begins with ("一、" -> "#、"); "" where there is none."""
    match = NUMBERED.match(line)
    return re.sub(r"[一二三四五六七八九十\d]+", "#", match[0]) if match else ""


def has_no_punctuation(line: str) -> bool:
    """Whether the line holds no punctuation but quotation marks and the dot of names."""
    return bool(PLAIN.fullmatch(line))


def is_caption(line: str) -> bool:
    return bool(CAPTION.match(line))


NOTICE = re.compile(rf"{any_of('notices')}(?:[(（][^()（）]{{1,12}}[)）])?$|^{any_of('notices')}(?:[:：]|$)")
ENGLISH_NOTICE = re.compile(any_of("english_notices"), re.IGNORECASE)


def is_notice(line: str) -> bool:
    """Whether a headline is that of a notice: 停水通知, NOTICE OF PUBLIC HEARING."""
    return bool((ENGLISH_NOTICE if mostly_latin(line) else NOTICE).search(line))


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


def tag(line: str) -> tuple[int, int] | None:
    """Where the name stands in ■X or 【X】: a label above a headline, a subhead inside an article."""
    match = TAG.fullmatch(line)
    return match.span(1 if match[1] else 2) if match and not ends_sentence(line) else None


TAG = re.compile(rf"[{SHAPES}]\s*(\w.{{0,12}})|【\s*([^【】]{{1,12}}?)\s*】")


def _is_cut_start(line: str) -> bool:
    """Whether the line is the beginning of what paragraphs begin with, cut by the column: 记者了."""
    return len(line) < LONGEST_START and any(start.startswith(line) for start in words("paragraph_starts"))


def may_head(line: str) -> bool:
    """Whether the line could be part of a headline, by its words alone. Most column fragments
    that hold no full stop could; what stands around the line has to decide."""
    return (
        width(line) <= (PLACE_WIDTH if line.endswith((":", "：")) else HEADING_WIDTH)
        and not line.endswith(tuple("。，、；,;."))
        and not STOP.search(line)
        and (
            not BRACKET.search(line)
            or all(line.count(opening) == line.count(closing) for opening, closing in PAIRS)
        )
        and not (NEVER_HEADS.match(line) or cannot_begin(line) or is_caption(line))
        and not _is_cut_start(line)
        and bool(WORD_CHARACTER.search(line))
    )
