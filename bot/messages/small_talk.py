"""Replies to small talk."""

from __future__ import annotations

from typing import Final

from bot.messages.message import Message

GREETING: Final = Message(
    "您好！您问，我从已发布的文章里找出原句来回答。",
    "您好！您問，我從已發布的文章裡找出原句來回答。",
    "Hello! You ask, and I answer with sentences from the published articles.",
)
WHO: Final = Message(
    "我是“原文”，一个自动问答程序，不是真人。我只引用已发布的文章，一字不改，注明出处。",
    "我是「原文」，一個自動問答程式，不是真人。我只引用已發布的文章，一字不改，註明出處。",
    "I am Yuanwen, a program and no person. I only quote published articles, word for word, with the source.",
)
HELP: Final = Message(
    "请用一句话写出您想知道的事，我会在已发布的文章里找出原句。",
    "請用一句話寫出您想知道的事，我會在已發布的文章裡找出原句。",
    "Write in one sentence what you would like to know. I look for the answer in the published articles.",
)
WELCOME_THANKS: Final = Message(
    "不客气！还想了解什么，请接着问。",
    "不客氣！還想了解什麼，請接著問。",
    "You are welcome! Ask on if there is more you would like to know.",
)
GOODBYE: Final = Message(
    "再见！有问题随时来问。", "再見！有問題隨時來問。", "Goodbye! Come back whenever you have a question."
)
NOTED: Final = Message(
    "好的。还想了解什么，请接着问。",
    "好的。還想了解什麼，請接著問。",
    "All right. Ask on if there is more you would like to know.",
)
ASK_LIKE: Final = Message("您可以这样问：", "您可以這樣問：", "You could ask:")
