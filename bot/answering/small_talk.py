"""Small talk: lines that ask nothing of the articles, such as greetings and idle talk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from bot import messages
from bot.answering.patterns import Pattern, any_of, read_slots
from bot.answering.question import Question
from bot.language import Language, detect_language
from index.terms import counted

__all__ = [
    "ARTICLES_MAY_TELL",
    "LISTED",
    "OffTopic",
    "SmallTalk",
    "foreign_reply",
    "phrases",
    "reply",
    "small_talk",
    "talk_language",
]

Phrased = Literal["who", "help", "thanks", "goodbye", "greeting", "noted"]
Misplaced = Literal["wrong", "simpler", "more", "incomplete", "bare", "abuse", "mash", "pinyin", "orders"]
Elsewhere = Literal["weather", "sums", "creation", "stock", "clock", "paper", "chitchat", "daily"]
OffTopic = Literal[Misplaced, Elsewhere]
SmallTalk = Literal[Phrased, OffTopic]

VOCABULARY = Path(__file__).with_name("vocabulary")
LONGEST = 60  # characters; nobody greets at greater length
SHOWN = 3  # examples named in a reply

LISTED = "· "
"""What a line of a reply begins with that is a question to ask."""

WITH_EXAMPLES = {"who", "help", "greeting", "incomplete", "bare", "mash", "pinyin", "chitchat"}
WITH_EXAMPLES |= {"weather", "sums", "creation", "stock", "clock", "daily", "orders"}
WITH_CONTACT = {"paper", "wrong", "abuse"}

ARTICLES_MAY_TELL: frozenset[SmallTalk] = frozenset(get_args(Elsewhere))
"""Kinds of which an article may tell all the same: "那个专列车票多少钱"."""

_LETTER = "a-z0-9"
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # "helloooo", "嗯嗯嗯"
_APOSTROPHE = re.compile("['’]")
_CLAUSE_END = re.compile(r"[,，.。!！?？;；、~]+")
_BETWEEN = re.compile(r"[\W_]+")

FOREIGN_SHARE = 0.3  # Japanese holds as many Chinese characters as kana
MOST_HAN, MOST_WORDS = 20, 11  # Chinese characters and Latin words: idle talk is short
FEWEST_MASHED = 4  # letters, and
MASHED_OF = 3  # different ones at most
FEWEST_DIGITS = 7
KEYS = re.compile("qwer|wert|erty|rtyu|tyui|yuio|uiop|asdf|sdfg|dfgh|fghj|ghjk|hjkl|zxcv|xcvb|cvbn|vbnm")


class _Kind(NamedTuple):
    when: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    struck: re.Pattern[str] | None


def small_talk(question: Question) -> SmallTalk | None:
    """Kind of small talk that the whole of a question is; None where anything in it may ask for more.

    "您好!谢谢啦~" -> "thanks", "明天下雨不" -> "weather", "你好,请问医保怎么交?" -> None
    """
    if kind := _phrased(question):
        return kind
    parted = _CLAUSE_END.split(question.text)
    clauses = [Question(clause) for clause in parted if any(c.isalnum() for c in clause)]
    # Beside a greeting a clause says what it says: "多少钱?你好!" asks.
    if any(map(_phrased, clauses)):
        kinds = [_phrased(clause) or _off_topic(clause) for clause in clauses]
        return None if None in kinds else next(kind for kind in kinds if kind)
    return _off_topic(question)


def _phrased(question: Question) -> Phrased | None:
    letters = "_".join(_BETWEEN.split(_APOSTROPHE.sub("", question.folded))).replace("您", "你")
    if len(letters) > LONGEST:
        return None
    letters = _DRAWN_OUT.sub(r"\1", letters)
    kind_of, part = _parts()
    kinds = {kind_of[found] for found in part.findall(letters) if found in kind_of}
    if part.sub("", letters).strip("_"):
        return None
    return next((kind for kind in phrases() if kind in kinds), None)


def _off_topic(question: Question) -> OffTopic | None:
    han, words = counted(question.text)
    if han > MOST_HAN or words > MOST_WORDS:
        return None
    if _is_mash(question.utterance.bare):
        return "mash"
    for kind, (when, unless, struck) in _kinds().items():
        seen = question.utterance.without(struck)
        if any(p.matches(seen) for p in when) and not any(p.matches(seen) for p in unless):
            return kind
    return None


def _is_mash(letters: str) -> bool:
    """Whether keys were struck at random: "hhhhhh", "的的的的地", "sdfsdfsdf", "qwertyuiop", "98765432"."""
    if letters.isdecimal():  # "12345" is a number to call
        return len(letters) >= FEWEST_DIGITS
    if len(letters) < FEWEST_MASHED:
        return False
    keys = sum(len(run) for run in KEYS.findall(letters))
    few = len(letters) // 2 if letters.isascii() else (len(letters) - 1) // 2
    return len(set(letters)) <= min(few, MASHED_OF) or 2 * keys > len(letters)


@cache
def phrases() -> Mapping[Phrased, Sequence[str]]:
    """The phrases of each kind, in the order of their weight."""
    table = _table("small_talk")
    return {kind: table[kind].split() for kind in get_args(Phrased)}


@cache
def _parts() -> tuple[Mapping[str, Phrased], re.Pattern[str]]:
    """The kind of each phrase, and what finds phrases and the words beside them."""
    kind_of = {phrase: kind for kind, listed in phrases().items() for phrase in listed}
    words = sorted([*kind_of, *_table("small_talk")["beside"].split()], key=len, reverse=True)
    return kind_of, re.compile("|".join(map(_bounded, words)))


def _bounded(word: str) -> str:
    before = f"(?<![{_LETTER}])" if re.match(f"[{_LETTER}]", word) else ""
    behind = f"(?![{_LETTER}])" if re.search(f"[{_LETTER}]$", word) else ""
    return before + word + behind


@cache
def _kinds() -> Mapping[OffTopic, _Kind]:
    slots, table = read_slots(), _table("off_topic")
    return {
        kind: _Kind(
            tuple(Pattern.of(text, slots) for text in values["when"]),
            tuple(Pattern.of(text, slots) for text in values.get("unless", ())),
            any_of(values.get("not", ()), slots),
        )
        for kind in (*get_args(Misplaced), *get_args(Elsewhere))
        if (values := table.get(kind))
    }


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((VOCABULARY / f"{name}.toml").read_text(encoding="utf-8"))


def foreign_reply(question: Question) -> str:
    """The line for somebody who writes in another script than Chinese or Latin, in theirs; "" for others."""
    letters = sum(c.isalpha() for c in question.text)
    for values in _table("foreign").values():
        if FOREIGN_SHARE * letters < len(re.findall(values["letters"], question.text)):
            return str(values["text"])
    return ""


def talk_language(question: Question, history: Sequence[str]) -> Language:
    """The language to reply in to small talk; `history` holds the earlier lines, oldest first.

    "OK" and "hi" are said in every language, so what was asked before tells; "3Q" and "88" are Chinese.
    """
    if question.has_chinese:
        return question.language
    if history:
        return detect_language(history[-1])
    return "zh-Hans" if any(c.isdigit() for c in question.text) else question.language


REPLIES: Mapping[SmallTalk, messages.Message] = {
    "who": messages.WHO,
    "help": messages.HELP,
    "thanks": messages.WELCOME_THANKS,
    "goodbye": messages.GOODBYE,
    "greeting": messages.GREETING,
    "noted": messages.NOTED,
    "wrong": messages.TALK_WRONG,
    "simpler": messages.TALK_SIMPLER,
    "more": messages.TALK_MORE,
    "incomplete": messages.TALK_INCOMPLETE,
    "bare": messages.TALK_INCOMPLETE,
    "mash": messages.TALK_INCOMPLETE,
    "abuse": messages.TALK_ABUSE,
    "paper": messages.TALK_PAPER,
    "chitchat": messages.TALK_CHITCHAT,
    "pinyin": messages.TALK_PINYIN,
    "weather": messages.TALK_WEATHER,
    "sums": messages.TALK_NOT_HERE,
    "creation": messages.TALK_CREATION,
    "stock": messages.TALK_NOT_HERE,
    "clock": messages.TALK_NOT_HERE,
    "daily": messages.TALK_NOT_HERE,
    "orders": messages.TALK_NOT_HERE,
}


def reply(kind: SmallTalk, language: Language, examples: Sequence[str], contact: str = "") -> str:
    """The fixed words for small talk of that kind; most are told beside it what can be asked.

    `contact` is the publisher's, named where a person has to help.
    """
    lines = [REPLIES[kind].to(language)]
    if kind in WITH_CONTACT and contact:
        lines.append(messages.CONTACT.to(language, contact=contact))
    if kind in WITH_EXAMPLES and examples:
        lines += [messages.ASK_LIKE.to(language), *(LISTED + one for one in examples[:SHOWN])]
    return "\n".join(lines)
