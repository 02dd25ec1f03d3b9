"""What people say around a question without asking anything by it."""

from __future__ import annotations

import re

__all__ = ["without_filler"]

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


def without_filler(question: str) -> str:
    """The question without the words of speech at its edges; a question that is nothing else is unchanged.

    "嗯,那个,我想问问医保怎么交,谢谢啦!" -> "医保怎么交!"
    """
    bare = _BEHIND.sub(r"\g<end>", question)
    bare = _BEFORE.sub("", bare)
    return bare if any(c.isalnum() for c in bare) else question
