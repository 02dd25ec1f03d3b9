"""The page of an article, and the list of all."""

from __future__ import annotations

from typing import Final

from bot.messages.message import Message

ARTICLES: Final = Message("全部文章", "全部文章", "All articles")
ASK_ABOUT: Final = Message("就这篇文章提问", "就這篇文章提問", "Ask about this article")
ASK_HERE: Final = Message("提问", "提問", "Ask a question")
SKIP_TO_TEXT: Final = Message("跳到正文", "跳到正文", "Skip to the text")
LOOK: Final = Message("语言和字号", "語言和字號", "Language and text size")
LARGE_TEXT: Final = Message("大字", "大字", "Large text")
NORMAL_TEXT: Final = Message("正常字号", "正常字號", "Normal text")
TO_QUOTE: Final = Message("跳到标出的原文", "跳到標出的原文", "Go to the marked words")
QUOTE_MOVED: Final = Message(
    "这个链接生成以后，文章有过改动；所引的原句没有变，已在下面标出。",
    "這個連結產生以後，文章有過改動；所引的原句沒有變，已在下面標出。",
    "The article has changed since this link was made. The quoted words still stand in it, marked below.",
)
QUOTE_CHANGED: Final = Message(
    "这个链接生成以后，文章有过改动，所引的原句已经不在文中，因此没有标出。",
    "這個連結產生以後，文章有過改動，所引的原句已經不在文中，因此沒有標出。",
    "The article has changed since this link was made, and no longer holds the quoted words.",
)
QUOTE_WRONG: Final = Message(
    "链接里指明原句的部分有误，因此没有标出。",
    "連結裡指明原句的部分有誤，因此沒有標出。",
    "The part of the link that points to a quote is wrong, so nothing is marked.",
)
NO_ARTICLE_HERE: Final = Message(
    "链接可能有误，或者文章已经撤下。",
    "連結可能有誤，或者文章已經撤下。",
    "The link may be wrong, or the article was withdrawn.",
)
UNDATED: Final = Message("日期不详", "日期不詳", "Undated")
