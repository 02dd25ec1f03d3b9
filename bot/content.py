"""What of a question is content: the letters and words that are left without the ones any question holds."""

from __future__ import annotations

import re

from index.folding import fold, terms

__all__ = ["content_letters", "content_terms", "content_words", "is_bare"]

# Traditional forms are folded to these. What asks or points, and no word of content holds:
ASKING = """
    什么时候 什么 怎么样 怎么办 怎么 怎样 怎 如何 多少钱 多少 多大 多久 多长 多 几点 几 哪里 哪儿 哪些
    哪个 哪天 哪 谁 为什么 为何 为啥 何 啥 咋 是不是 有没有 能不能 可不可以 可以 应该 需要 没有 是 的 了 吗
    呢 吧 啊 呀 嘛 那么 那 这些 这个 这 那些 那个 它们 他们 她们 它 他 她 我们 你们 我 你 您 一共 现在 时候
"""
# Auxiliaries and particles that are parts of words as well: 工会, 上海, 用人单位.
SMALL = """
    为 能 会 要 该 有 没 不 在 过 着 得 地 都 还 也 又 就 才 再 先 和 与 跟 给 对 从 到 把 被 让 向 按 用 人
    个 些 一 上 下 里 中 去 来 最 很 钱
"""
ENGLISH = """
    a an the is are was were be been do does did have has had can could will would shall should may might
    must i you we he she it they me him her them my your his its our their this that these those there
    here one ones and or but so if of in on at to for from by with about as than then also what who whom
    whose which when where why how much many long far old often any some no not am get got please
"""

FEWEST_BARE = 3  # letters; two, such as "地址", may be all that a follow-up says


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.split(), key=len, reverse=True)))


_ASKING, _CHINESE = _any_of(ASKING), _any_of(ASKING + SMALL)
_ENGLISH = frozenset(ENGLISH.split())
_WORD = re.compile(r"[^\W_][\w'’-]*")


def content_letters(question: str) -> int:
    """Letters and digits of a Chinese question's content: "那医保呢?" -> 2, "什么时候开的?" -> 1."""
    return _letters(_CHINESE.sub("", fold(question)))


def content_terms(question: str) -> list[str]:
    """The terms of a Chinese question without those that ask: "那医保怎么交?" -> ["医保"]."""
    words = terms(_ASKING.sub(" ", fold(question)))
    return [word for word in words if len(word) > 1 and _CHINESE.sub("", word)]


def is_bare(question: str) -> bool:
    """Whether a Chinese question is only what is sought, as for a search engine: "网上办税"."""
    letters = _letters(fold(question))
    return letters >= FEWEST_BARE and _letters(_ASKING.sub("", fold(question))) == letters


def content_words(question: str) -> list[str]:
    """The words of an English question's content: "Where is the office?" -> ["office"]."""
    return [word for word in _WORD.findall(question) if word.lower() not in _ENGLISH]


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
