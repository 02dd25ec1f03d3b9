"""A question as it comes in from phones and ears: the same seed and question give the same change."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from string import ascii_lowercase

from corpus.script import HAN_CHARACTER
from index.query.pinyin import common_characters, sound_alikes
from index.terms import to_traditional

__all__ = ["KINDS", "changed"]

PER_SLIP = {"zh": 16, "en": 48}  # characters of a question for each slip in it; one at least
LATIN = re.compile(r"[A-Za-z]{5,}")

BEFORE = {
    "zh": [
        "那个,请问一下,",
        "嗯,我想问问",
        "你好,我想咨询一下,",
        "不好意思,麻烦问一下,",
        "哎,那个啥,",
        "请教一下,",
    ],
    "en": [
        "Um, ",
        "Hi, I was wondering, ",
        "Sorry, could you tell me: ",
        "Well, you know, ",
        "Hello, one question: ",
    ],
}
BEHIND = {"zh": ["?", "啊?", "呀,谢谢", ",麻烦您了", "呢,谢谢您!"], "en": ["?", ", please?", ", thanks!"]}
# Words that people mix in. Only what is said so: nobody mixes in the English for a place's name.
MIXED = {
    "医保": "medical insurance",
    "医院": "hospital",
    "口罩": "mask",
    "疫情": "COVID",
    "企业": "company",
    "公司": "company",
    "政策": "policy",
    "工会": "union",
    "老年人": "elderly",
    "辐射": "radiation",
    "基站": "base station",
    "电话": "phone",
    "网上": "online",
    "申请": "apply",
    "活动": "event",
    "学校": "school",
    "学生": "students",
    "时间": "time",
    "大学": "university",
    "城市": "city",
    "电影": "movie",
    "比赛": "match",
    "音乐": "music",
    "国家": "country",
    "快递": "express",
    "消防": "fire safety",
    "安全": "safe",
    "诈骗": "scam",
    "员工": "staff",
    "贷款": "loan",
}


def swapped(question: str, dice: random.Random) -> str:
    """Two neighbours in each other's place: "电诈信骗", "raditaion"."""
    places = [
        i
        for i in range(len(question) - 1)
        if (_is_han(question[i]) and _is_han(question[i + 1])) or _inside_word(question, i)
    ]
    for i in _some(places, question, dice):
        question = question[:i] + question[i + 1] + question[i] + question[i + 2 :]
    return question


def mistyped(question: str, dice: random.Random) -> str:
    """Any other common character, or letter, in one's place: "电信锅骗", "radiatoon"."""
    letters = list(question)
    places = [i for i, c in enumerate(question) if _is_han(c) or _inside_word(question, i)]
    for i in _some(places, question, dice):
        others = common_characters() if _is_han(letters[i]) else ascii_lowercase
        letters[i] = dice.choice(others.replace(letters[i], ""))
    return "".join(letters)


def sounding_alike(question: str, dice: random.Random) -> str:
    """A character of the same sound, as an input method offers it: "电信炸骗"."""
    letters = list(question)
    places = [i for i, c in enumerate(letters) if sound_alikes(c)]
    for i in _some(places, question, dice):
        letters[i] = dice.choice(sound_alikes(letters[i]))
    return "".join(letters)


def missing(question: str, dice: random.Random) -> str:
    """A character left out."""
    places = [i for i, c in enumerate(question) if _is_han(c) or _inside_word(question, i)]
    for i in sorted(_some(places, question, dice), reverse=True):
        question = question[:i] + question[i + 1 :]
    return question


def with_filler(question: str, dice: random.Random) -> str:
    """Words of speech around it: "嗯,我想问问怎样防范电信诈骗啊?"."""
    kind = "zh" if HAN_CHARACTER.search(question) else "en"
    return dice.choice(BEFORE[kind]) + question.rstrip("?？。!！ ") + dice.choice(BEHIND[kind])


def traditional(question: str, dice: random.Random) -> str:
    return to_traditional(question)


def full_width(question: str, dice: random.Random) -> str:
    """Digits, Latin letters and marks as a Chinese keyboard may give them: "５Ｇ基站"."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in question)


def mixed(question: str, dice: random.Random) -> str:
    """One Chinese word in English: "medical insurance怎么交?"."""
    known = [word for word in MIXED if word in question]
    return question.replace(word := dice.choice(known), f" {MIXED[word]} ") if known else question


KINDS: Mapping[str, Callable[[str, random.Random], str]] = {
    "swapped": swapped,
    "mistyped": mistyped,
    "homophone": sounding_alike,
    "missing": missing,
    "filler": with_filler,
    "traditional": traditional,
    "full-width": full_width,
    "mixed": mixed,
}


def changed(question: str, kind: str, number: int = 0) -> str:
    """The question with a change of that kind; the same question where it offers no place for one."""
    return KINDS[kind](question, random.Random(f"{kind} {number} {question}"))


def _some(places: list[int], question: str, dice: random.Random) -> list[int]:
    slips = 1 + len(question) // PER_SLIP["zh" if HAN_CHARACTER.search(question) else "en"]
    return dice.sample(places, min(len(places), slips))


def _is_han(character: str) -> bool:
    return HAN_CHARACTER.match(character) is not None


def _inside_word(question: str, i: int) -> bool:
    """Whether neither this letter nor the next begins or ends a Latin word."""
    return any(word.start() < i < word.end() - 2 for word in LATIN.finditer(question))
