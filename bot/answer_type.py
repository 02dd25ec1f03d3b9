"""What kind of thing a question asks for, and whether a text holds one: "多少钱" wants a sum of money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.folding import fold

__all__ = ["lacks", "wanted_forms"]

NUMBER = r"[0-9零〇一二两三四五六七八九十百千万亿]"

# Each kind: what asks for it, what it looks like in a text. Both are matched on folded text.
KINDS = tuple(
    (re.compile(question), re.compile(text))
    for question, text in (
        (
            r"多少钱|几块钱|几元|什么价|价格|收费标准|(?:交|缴|挣|赔|补|花)[^,。?]{0,4}多少(?:[元?]|$)"
            r"|(?:月|会|年)费|(?:奖金|工资|费用)[^,。?]{0,3}多少|多少(?:奖金|工资|费用|补贴)"
            r"|how much (?:does|do|is|are|will|did|money|compensation)|\bcosts?\b|\bprice|\bfees?\b|\bwage"
            r"|\bsalary",
            rf"{NUMBER}[^,。;]{{0,3}}(?:元|块钱)|免费|[$¥€£]\s*\d|\d\s*(?:yuan|rmb|dollars|pounds)",
        ),
        (
            r"(?:电话|热线|号码)[^,。]{0,4}(?:多少|是什么|几号)|(?:哪个|什么)(?:电话|号码|热线)|打几"
            r"|(?:phone|hotline|what) number|number (?:do|should|can) i|\bdial\b",
            r"(?<!\d)(?:1[0-2]\d|[19]\d{4}|400-?\d{3}-?\d{4}|0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)",
        ),
        (
            r"几点|什么时候|何时|哪一?天|哪一?年|哪年|几月|几号|多久|截止"
            r"|^when\b|\bwhat (?:time|date|day|year)|which (?:day|year)|deadline"
            r"|opening hours|how long|how often",
            rf"{NUMBER}\s*(?:年|月|日|号|时|点|分钟|小时|天|周)|星期|周[一二三四五六日末]|今天|明天|昨天|每天|年底"
            r"|\d{1,2}:\d{2}|(?:19|20)\d{2}|世纪|朝|时期|\b(?:january|february|march|april|may|june|july|august"
            r"|september|october|november|december)\b",
        ),
        (
            r"多少(?:公里|千米|米|里)|多远|how far\b",
            r"\d\s*(?:公里|千米|米|里|km|m\b|met(?:er|re)s)",
        ),
        (
            r"多少|几[个家人名户条份次种所位]|多高|多大|how (?:many|high|tall|large|big)\b",
            rf"\d|{NUMBER}{{2,}}|{NUMBER}[个家人名户条份次种所位]",
        ),
    )
)


def wanted_forms(question: str) -> tuple[re.Pattern[str], ...]:
    """What the things that a question asks for look like in a folded text; () where it is not told."""
    asked = fold(question)
    return tuple(form for wanted, form in KINDS if wanted.search(asked))


def lacks(forms: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether one of the wanted forms is not in the text.

    (wanted_forms("办证要多少钱?"), "带身份证到窗口办理。") -> True
    """
    folded = fold(text)
    return any(not form.search(folded) for form in forms)
