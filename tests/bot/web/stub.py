"""A bot whose answers are known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answering.bot import Answer, Quote
from bot.answering.cards import Card
from bot.answering.clarifying import Choice
from bot.answering.question import check_question
from bot.answering.succession import ALONE, Standing
from bot.language import Language, detect_language
from corpus.article import Article

HOSTILE = (
    "　　缩进　两格,  two  spaces.<script>window.hacked=1</script>$x$ $$y$$ **a** {{value}} "
    "[a](javascript:window.hacked=2) <img src=x onerror=window.hacked=3> &amp; %%%LATEX_BLOCK_0%%% `c`。"
    "\n　　另起一行,\t有制表符。第二句在这里。"
)

PARCELS = Article(
    id="parcels",
    title="邮政管理局督导快递安全",
    kicker="市邮政管理局",
    subtitle="——筑牢寄递防线",
    byline="本报记者 张三",
    section="驿城新闻",
    source="驻马店日报",
    published=date(2024, 11, 26),
    url="https://news.example/parcels?a=1&b=2",
    body="\n\n".join(
        [
            f"第{n}段。这一段讲的是寄递渠道安全管理的第{n}项工作,内容较长,以便页面需要滚动才能看到后面的引文。"
            * 3
            for n in range(12)
        ]
        + [
            "## 严格落实三项制度",
            "　　要严格落实收寄验视制度。实名收寄率必须达到百分之百。过机安检不得遗漏。",
            "最后一段。",
        ]
    ),
)
HOSTILE_ARTICLE = Article(id="hostile", title="<b>题</b> {{value}} **x**", body=HOSTILE + "\n\n普通的一段。")
ENGLISH = Article(
    id="station",
    title="Is base-station radiation safe?",
    source="City Office",
    body="Base stations emit weak radio waves. The measured level is far below the limit. No harm is known.",
)


LATER = Article(
    id="later",
    title="新的<寄递>规定",
    body="新的规定已经公布,请按新的办理。旧的不再适用。",
    published=date(2025, 3, 1),
    correction="第二段的日期<应>为3月。",
    supersedes=("hostile",),
)
REPRINT = Article(
    id="reprint",
    title="<i>转载</i>快递安全",
    source="新华社",
    body=PARCELS.body,
    published=date(2024, 11, 25),
    correction="标题有误。",
)
GONE = Article(
    "gone",
    "撤下的<文章>",
    "",
    status="withdrawn",
    withdrawal="内容<失实>",
    withdrawn_on=date(2025, 1, 2),
)
STANDINGS = {"hostile": Standing(superseded_by=LATER), "parcels": Standing(also_in=(REPRINT,))}


def quote(article: Article, text: str, best: str) -> Quote:
    start = article.body.index(text)
    mark = article.body.index(best)
    marks = ((mark, mark + len(best)),)
    return Quote(article, start, start + len(text), text, marks, 0.9, STANDINGS.get(article.id, ALONE))


QUOTES = {
    "parcels": quote(
        PARCELS, "　　要严格落实收寄验视制度。实名收寄率必须达到百分之百。", "实名收寄率必须达到百分之百。"
    ),
    "hostile": quote(HOSTILE_ARTICLE, HOSTILE, "第二句在这里。"),
    "station": quote(
        ENGLISH, "The measured level is far below the limit. No harm is known.", "No harm is known."
    ),
    "later": quote(LATER, LATER.body, "旧的不再适用。"),
}

# What the API says of them.
PARCELS_CARD = {
    "id": "parcels",
    "title": "邮政管理局督导快递安全",
    "kicker": "市邮政管理局",
    "byline": "本报记者 张三",
    "section": "驿城新闻",
    "page": "",
    "source": "驻马店日报",
    "published": "2024-11-26",
    "url": "https://news.example/parcels?a=1&b=2",
    "correction": "",
    "is_scanned": False,
}
REPRINT_CARD = {
    "id": "reprint",
    "title": "<i>转载</i>快递安全",
    "link": "/articles/reprint",
    "source": "新华社",
    "published": "2024-11-25",
    "correction": "标题有误。",
}
LATER_CARD = {"id": "later", "title": "新的<寄递>规定", "link": "/articles/later"}


ASKED_BACK = Answer(
    "哪个街道?",
    "zh-Hans",
    "talk",
    1.0,
    (),
    (),
    1.5,
    "您问的是哪一个？\n· 雪松街道：新规?\n· <古城>街道：恶意?",
    choices=(
        Choice("雪松街道", "雪松街道：新规?", "雪松"),
        Choice("<古城>街道", "<古城>街道：恶意?", "古城"),
    ),
)


class StubBot:
    """Knows a question by a word in it: 恶意, 新规, 天气 (none), 大概 (unsure), 你好 (talk), 崩溃 (fails),
    最新 (lists articles), 并且 (parts the questions of one line), 哪个街道 (is asked back).

    `hostile` is superseded by `later`, which has a correction; `reprint` is a copy of `parcels`; `gone` is
    withdrawn.
    """

    def __init__(self) -> None:
        self.articles = {article.id: article for article in (PARCELS, HOSTILE_ARTICLE, ENGLISH)}
        self.withdrawn = {GONE.id: GONE}
        self.asked: list[tuple[str, tuple[str, ...], int]] = []

    def standing(self, article_id: str) -> Standing:
        return STANDINGS.get(article_id, ALONE)

    def examples(self, language: Language) -> tuple[str, ...]:
        if language == "en":
            return ("Is base-station radiation safe?",)
        return ("实名收寄率要达到多少?", "快递安全有哪三项制度?")

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        return tuple(question for question in self.examples(language) if question not in asked)

    def notices(self, question: str) -> tuple[Card, ...]:
        return (Card("fire", "火警", "打 119。", ("119",)),) if "着火" in question else ()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        asked = check_question(question)
        self.asked.append((asked, tuple(history), top))
        language = detect_language(asked)
        if "崩溃" in asked:
            raise RuntimeError("secret detail of the failure")
        if "并且" in asked:
            one, none = self.ask("新规?"), self.ask("天气?")
            return replace(one, question=asked, parts=(one, none))
        if "最新" in asked:
            said = "最新的文章：\n· 《邮政管理局督导快递安全》"
            return Answer(asked, language, "talk", 1.0, (), (), 1.5, said, listed=(PARCELS, ENGLISH))
        if "哪个街道" in asked:
            return ASKED_BACK
        if "你好" in asked:
            return Answer(asked, language, "talk", 1.0, (), (), 1.5, "您好！\n· 快递安全吗?")
        if "天气" in asked:
            return Answer(asked, language, "none", 0.1, (), (PARCELS, ENGLISH), 1.5)
        if "恶意" in asked:
            return Answer(asked, language, "answered", 0.9, (QUOTES["hostile"],), (HOSTILE_ARTICLE,), 1.5)
        if "新规" in asked:
            return Answer(asked, language, "answered", 0.9, (QUOTES["later"],), (), 1.5)
        if language == "en":
            return Answer(asked, language, "answered", 0.9, (QUOTES["station"],), (ENGLISH,), 1.5)
        quotes = (QUOTES["parcels"], QUOTES["hostile"])[:top]
        return Answer(
            asked, language, "unsure" if "大概" in asked else "answered", 0.6, quotes, (PARCELS,), 1.5
        )
