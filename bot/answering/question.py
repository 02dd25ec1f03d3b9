"""A visitor's question: its limits, and the facts that its words tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import Final, Literal

from bot import messages
from bot.answering.patterns import Utterance
from bot.answering.wanted import wanted_forms
from bot.language import Language, detect_language
from corpus.script import HAN_CHARACTER
from index.query.function_words import FUNCTION_WORDS
from index.query.query import Query
from index.terms import terms

__all__ = [
    "LIMIT",
    "REFUSED_QUESTION",
    "Question",
    "QuestionCode",
    "QuestionError",
    "check_question",
    "content_letters",
    "cut_short",
    "understand",
]

QuestionCode = Literal["empty", "no_words", "too_long", "not_text"]

LIMIT = 500
"""Characters that a question may have, the white space around it not counted."""

FOLDED_LIMIT = 2 * LIMIT
"""Characters that a question is cut to as it is searched: one sign may stand for a whole sentence."""

LINE_SPACES = "\t\n\r"


class QuestionError(ValueError):
    """A question that cannot be answered as it stands; `code` says why.

    empty: nothing but white space; no_words: no letter and no digit; too_long: over `limit`
    characters; not_text: no string, or one with control characters or lone surrogates.
    """

    def __init__(self, code: QuestionCode, limit: int = LIMIT) -> None:
        super().__init__(f"the question is refused: {code} (allowed: 1 to {limit} characters of text)")
        self.code = code
        self.limit = limit


def check_question(value: object) -> str:
    """The question without the white space around it, as far as it is read: " 5G？ " -> "5G？".

    Raises QuestionError.
    """
    if not isinstance(value, str):
        raise QuestionError("not_text")
    question = value.strip()
    if not question:
        raise QuestionError("empty")
    if len(question) > LIMIT:
        raise QuestionError("too_long")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in LINE_SPACES for c in question):
        raise QuestionError("not_text")
    question = cut_short(question)
    if not any(c.isalnum() for c in question):
        raise QuestionError("no_words")
    return question


def cut_short(question: str) -> str:
    """As much of the question as is read: that of FOLDED_LIMIT characters once each sign is written out."""
    lengths = accumulate(len(unicodedata.normalize("NFKC", char)) for char in question)
    return question[: sum(length <= FOLDED_LIMIT for length in lengths)].rstrip()


REFUSED_QUESTION: Final = MappingProxyType[QuestionCode, messages.Message](
    {
        "empty": messages.EMPTY,
        "no_words": messages.NO_WORDS,
        "too_long": messages.TOO_LONG,
        "not_text": messages.NOT_TEXT,
    }
)
"""What to say for each code of QuestionError; `limit` is the one placeholder."""


# Most Chinese words are given in both scripts: "[问問]".
ALWAYS = (
    "嗯+|[你您]好|[请請][问問](?!候)(?:一下)?|打[扰擾](?:一下|了)|不好意思|抱歉"
    "|麻[烦煩][你您]?(?:[问問]|咨[询詢])?一?下|[请請]教一下|咨[询詢]一下|[问問]一下"
    "|我?就?是?想要?(?:[问問][问問]|[问問]一?下|[问問]|[请請]教一下|了解一下|了解|知道|咨[询詢](?:一?下|(?![师師員员])))"
    "|[请請]?[你您]?(?:能不能|可不可以|能|可以)?告[诉訴]我(?![国國们們市省县縣区區校院家])(?:一下)?"
    r"|(?:um+|uh+|erm*|hi|hello|hey|sorry|excuse me|you know)(?![\w-])"
    r"|(?:just )?(?:a|one)(?: quick)? question(?![\w-])|i was wondering\b|i wonder\b"
    r"|i(?:'d| would) like to (?:know|ask)\b|i want(?:ed)? to (?:know|ask)\b"
    r"|(?:could|can|would) you (?:please )?tell me\b|please tell me\b"
)
# These may be content where no mark follows: "那个活动是哪天的?", "额度是多少?", "Well water"
BEFORE_A_MARK = (
    "[那这這][个個]啥?|就是|是[这這][样樣]的|[哎唉喂啊呃额額]+|[请請]教|well|so|ok|okay|look|listen"
)
AT_THE_END = (
    "(?:非常|太|多)?(?:[谢謝]{1,2}|感[谢謝])[你您]?[了啦]?|麻[烦煩][你您]?[了啦]|拜[托託]了?"
    r"|(?:many )?(?:thanks|thank you)(?: very much| so much| a lot)?|please"
)
STOP = ",，、。.:：;；!！~…—-"

_BEFORE = re.compile(
    rf"^(?:(?:{ALWAYS})[\s{STOP}]*|(?:{BEFORE_A_MARK})\s*[{STOP}][\s{STOP}]*)+", re.IGNORECASE
)
_BEHIND = re.compile(rf"[\s{STOP}]+(?:{AT_THE_END})(?P<end>\W*)$", re.IGNORECASE)


# Traditional forms are folded to these. What asks or points, and no word of content holds:
ASKING = """
    什么时候 什么 怎么样 怎么办 怎么 怎样 怎 如何 多少钱 多少 多大 多久 多长 多 几点 几 哪里 哪儿 哪些
    哪个 哪天 哪 谁 为什么 为何 为啥 何 啥 咋 是不是 有没有 能不能 可不可以 可以 应该 需要 没有 是 的 了 吗
    呢 吧 啊 呀 嘛 那么 那 这些 这个 这 那些 那个 它们 他们 她们 它 他 她 我们 你们 我 你 您 一共 现在 时候
"""
ENGLISH = """
    a an the is are was were be been do does did have has had can could will would shall should may might
    must i you we he she it they me him her them my your his its our their this that these those there
    here one ones and or but so if of in on at to for from by with about as than then also what who whom
    whose which when where why how much many long far old often any some no not am get got please
"""

INTERROGATIVE = """
    什么 怎么 怎样 如何 多少 多大 多久 多长 多远 几 哪 谁 为什么 为何 为啥 啥 咋 是不是 有没有 能不能 可不可以
    吗 能否 是否
"""
INTERROGATIVE_ENGLISH = r"^(?:what|who|whom|when|where|why|how|which|is|are|was|were|do|does|did|can|could)\b"

FEWEST_BARE = 3  # letters; two, such as "地址", may be all that a follow-up says


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.split(), key=len, reverse=True)))


_ASKING, _CHINESE = _any_of(ASKING), _any_of(f"{ASKING} {' '.join(FUNCTION_WORDS)}")
_INTERROGATIVE = re.compile(f"{_any_of(INTERROGATIVE).pattern}|{INTERROGATIVE_ENGLISH}")
_ENGLISH = frozenset(ENGLISH.split())
_WORD = re.compile(r"[^\W_][\w'’-]*")


@dataclass(frozen=True)
class Question(Query):
    """Question as it was asked or is searched; each fact is computed on first use, and kept."""

    @cached_property
    def language(self) -> Language:
        return detect_language(self.text)

    @cached_property
    def has_chinese(self) -> bool:
        return HAN_CHARACTER.search(self.text) is not None

    @cached_property
    def utterance(self) -> Utterance:
        """The words as an editor's patterns match them."""
        return Utterance(self.text)

    @cached_property
    def wanted_forms(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of the things asked for, such as a sum or a day, in a folded text; () for none."""
        return wanted_forms(self.folded)

    @cached_property
    def without_filler(self) -> Question:
        """The question without the filler at both ends; one that is only filler is returned as is.

        "嗯,那个,我想问问医保怎么交,谢谢啦!" -> "医保怎么交!"
        """
        bare = _BEFORE.sub("", _BEHIND.sub(r"\g<end>", self.text))
        return Question(bare) if bare != self.text and any(c.isalnum() for c in bare) else self

    @cached_property
    def content_letters(self) -> int:
        """Letters and digits of a Chinese question's content: "那医保呢?" -> 2, "什么时候开的?" -> 1."""
        return content_letters(self.folded)

    @cached_property
    def content_terms(self) -> tuple[str, ...]:
        """The terms of a Chinese question without those that ask: "那医保怎么交?" -> ("医保",)."""
        words = terms(_ASKING.sub(" ", self.folded))
        return tuple(word for word in words if len(word) > 1 and _CHINESE.sub("", word))

    @cached_property
    def content_words(self) -> tuple[str, ...]:
        """The words of an English question's content: "Where is the office?" -> ("office",)."""
        return tuple(word for word in _WORD.findall(self.text) if word.lower() not in _ENGLISH)

    @cached_property
    def is_bare(self) -> bool:
        """Whether a Chinese question is only what is sought, as for a search engine: "网上办税"."""
        letters = _letters(self.folded)
        return letters >= FEWEST_BARE and _letters(_ASKING.sub("", self.folded)) == letters

    @cached_property
    def asks(self) -> bool:
        """Whether a word or a mark asks: "医保怎么交" -> True, "我家在城东" -> False."""
        return self.folded.endswith("?") or _INTERROGATIVE.search(self.folded) is not None


def understand(value: object) -> Question:
    """The question that a visitor sent, without the white space around it. Raises QuestionError."""
    return Question(check_question(value))


def content_letters(folded: str) -> int:
    """Letters and digits of a folded Chinese text that neither ask nor point: "那医保呢?" -> 2."""
    return _letters(_CHINESE.sub("", folded))


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
