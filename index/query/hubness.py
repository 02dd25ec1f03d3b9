"""Hubness reduction: part of the mean question vector is subtracted from a question's.

Some passages, short ones above all, lie near every question ("hubs"; Radovanović et al. 2010). The
mean vector of everyday questions points at them, so a part of it is subtracted before searching.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.query.query import Query
from index.terms import Script

if TYPE_CHECKING:
    from index.models.embedder import Embedder

__all__ = ["SHARE", "everyday_lines", "everyday_vectors", "mean_question_vectors"]

SHARE = 0.4
"""Part of the mean vector that is subtracted; .3 to .7 do alike (docs/measurements.md, Constants)."""

EVERYDAY: Mapping[Script, str] = {
    "han": """
今天天气怎么样?
这个手续需要带哪些材料?
怎样申请补贴?
谁可以报名参加?
活动是什么时候举行的?
活动在哪里举行?
一共有多少人参加?
负责人是谁?
为什么要这样做?
有什么好处?
会不会有危险?
发生了什么事?
要花多少钱?
电话号码是多少?
几点开门?
怎么去最方便?
家里老人需要注意什么?
孩子上学怎么办理?
生病了去哪里看?
出了问题找谁投诉?
有哪些新的规定?
什么时候开始实行?
多长时间能办好?
哪些人不能参加?
结果怎么样?
获得了什么奖?
这是什么意思?
由哪个部门管理?
如何预防事故?
影响有多大?
最高的山是哪一座?
这本书是谁写的?
他是哪一年出生的?
这家公司生产什么?
比赛谁赢了?
怎样做这道菜?
历史上有过哪些名字?
人口有多少?
用什么材料做成的?
与以前相比有什么变化?
""",
    "latin": """
What is the weather like today?
Which documents do I need?
How do I apply for a subsidy?
Who can take part?
When did the event take place?
Where was it held?
How many people came?
Who is in charge?
Why was this done?
What are the benefits?
Is it dangerous?
What happened?
How much does it cost?
What is the phone number?
What time does it open?
How do I get there?
What should elderly people watch out for?
How do I register my child for school?
Where can I see a doctor?
Where can I complain about a problem?
What are the new rules?
When does it come into force?
How long does it take?
Who is not allowed to join?
What was the result?
Which prize did they win?
What does this word mean?
Which department is responsible?
How can accidents be prevented?
How large is the effect?
Which mountain is the highest?
Who wrote this book?
In what year was he born?
What does the company make?
Who won the match?
How do you cook this dish?
What was its former name?
What is the population?
What is it made of?
How has it changed compared with before?
""",
}


def everyday_lines(name: Script) -> list[str]:
    """The everyday questions of a script."""
    return EVERYDAY[name].split("\n")[1:-1]


def everyday_vectors(embedder: Embedder) -> dict[Script, NDArray[np.float32]]:
    """The vectors of everyday questions, shape (n_questions, dimension), for each script."""
    return {
        name: embedder.embed_questions([Query(line).embedded for line in everyday_lines(name)])
        for name in EVERYDAY
    }


def mean_question_vectors(
    everyday: Mapping[Script, NDArray[np.float32]],
) -> dict[Script, NDArray[np.float32]]:
    """SHARE of the mean of everyday questions' vectors, shape (dimension,), for each script."""
    return {name: np.float32(SHARE) * vectors.mean(axis=0) for name, vectors in everyday.items()}
