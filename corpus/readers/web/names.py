"""People's names in a line of credits, a dateline or a signature."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from corpus.script import HAN

__all__ = ["PEOPLE", "REPORTER_LINE", "credited", "names_in", "placeholders", "reporters"]

AUTHOR = re.compile(
    rf"(?:作者|撰文|撰稿|执笔|采写|文字|文案|记者|記者|通讯员|文|By|by|Author)\s*(?:[:：/／]|(?<=[者员yr])\s)\s*"
    rf"((?:(?:本[报网台]|见习|实习|首席)?记者|通讯员)?[{HAN}A-Za-z·.&＆、/ ]{{2,60}})"
)
REPORTER_LINE = re.compile(
    rf"[{HAN}A-Za-z]{{0,12}}(?:记者|記者|通讯员|评论员|特约撰稿人?)[ \u3000:：]+"
    rf"([{HAN}·]{{2,4}}(?:[、 \u3000]+[{HAN}·]{{2,4}}){{0,5}})"
)
OPEN, CLOSE, INSIDE = r"[(（【〔\[]", r"[)）】〕\]]", r"[^()（）【】〔〕\[\]]"
PEOPLE = re.compile(
    rf"{OPEN}{INSIDE}{{0,24}}?(?:记者|記者|通讯员|通訊員)[ \u3000:：]*([{HAN}·、， \u3000]{{2,40}}?)"
    rf"(?:[／/]{INSIDE}{{0,20}}|\s?(?:报道|報導|摄|攝|文))?{CLOSE}"
)
TOLD = re.compile(
    rf"(?:记者|記者)\s*([{HAN}]{{2,3}}(?:[、 \u3000][{HAN}]{{2,3}}){{0,4}})\s*(?:综合)?(?:报道|報道|報導)"
)
JOB = re.compile(r"(?:本[报网台刊]|见习|实习|首席|特约)?(?:记者|記者|通讯员|通訊員)[:：]?|摄影|摄")
NEXT_LABEL = re.compile(r"责任编辑|责编|编辑|来源|來源|时间|发布")
NAME = re.compile(rf"[{HAN}]{{1,4}}(?:·[{HAN}]{{1,8}}){{0,3}}|[A-Za-z][\w.’'-]*(?: [A-Za-z][\w.’'-]*){{0,3}}")
LATIN_NAME = re.compile(r"[A-Za-z][\w.’'-]*(?: [A-Za-z][\w.’'-]*){1,3}")
BETWEEN = re.compile(r"[、，,;；&＆/／|｜\s]+|\band\b")


@cache
def placeholders() -> dict[str, list[str]]:
    """The words that name no source and no author, and the ends of names of organisations."""
    return tomllib.loads(files(__package__).joinpath("credits.toml").read_text(encoding="utf-8"))


def credited(line: str) -> str:
    """The names behind 作者：, 记者 or By in a line beside the text; "" where it names nobody."""
    if match := REPORTER_LINE.fullmatch(line.strip()):
        return names_in(match[1])
    return next(filter(None, (names_in(match[1]) for match in AUTHOR.finditer(line))), "")


def reporters(text: str) -> str:
    """The names in a dateline or a signature: "新华社巴黎12月9日电（记者张静）" -> "张静"; else ""."""
    for at in (text[:120], text[-60:]):
        for pattern in (PEOPLE, TOLD):
            if (match := pattern.search(at)) and (names := names_in(match[1])):
                return names
    return ""


def names_in(text: str) -> str:
    """The names that the text begins with, one space between; "" where it names no person."""
    whole = " ".join(JOB.sub(" ", NEXT_LABEL.split(text)[0]).split())
    if LATIN_NAME.fullmatch(whole):
        return "" if _is_no_name(whole) else whole
    kept = []
    for name in filter(None, BETWEEN.split(whole)):
        if not NAME.fullmatch(name) or _is_no_name(name):
            break
        kept.append(name)
    return " ".join(kept)


def _is_no_name(name: str) -> bool:
    lower, table = name.lower(), placeholders()
    if re.match("[a-z]", name):  # webadmin: the name of an account
        return True
    return lower in table["no_author"] or any(lower.endswith(end) for end in table["organisation"])
