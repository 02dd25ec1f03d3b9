"""What went wrong, and what to do about it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from bot.messages.message import Message
from bot.questions import QuestionCode

# What went wrong
EMPTY: Final = Message("请先输入您的问题。", "請先輸入您的問題。", "Please type a question first.")
NO_WORDS: Final = Message(
    "请用文字写出您的问题，例如一句完整的话。",
    "請用文字寫出您的問題，例如一句完整的話。",
    "Please put the question in words, for example as one whole sentence.",
)
TOO_LONG: Final = Message(
    "问题太长了：最多 {limit} 个字，请写短一些。",
    "問題太長了：最多 {limit} 個字，請寫短一些。",
    "The question is too long: please keep it within {limit} characters.",
)
NOT_TEXT: Final = Message(
    "问题里有无法识别的字符，请重新输入。",
    "問題裡有無法識別的字元，請重新輸入。",
    "The question holds characters that are not text. Please type it again.",
)
FAILED: Final = Message(
    "抱歉，暂时无法回答，请稍后再试。",
    "抱歉，暫時無法回答，請稍後再試。",
    "Sorry, no answer can be given right now. Please try again later.",
)
BUSY: Final = Message(
    "现在提问的人很多，请稍后再试。",
    "現在提問的人很多，請稍後再試。",
    "Many people are asking at the moment. Please try again shortly.",
)
NOT_READY: Final = Message(
    "服务正在启动，还不能回答问题。",
    "服務正在啟動，還不能回答問題。",
    "The service is starting and cannot answer yet.",
)
LOST: Final = Message(
    "连接中断了，问题没有送到。",
    "連線中斷了，問題沒有送到。",
    "The connection was lost, and the question did not arrive.",
)
AGAIN: Final = Message("再试一次", "再試一次", "Try again")
NO_ARTICLE: Final = Message("没有这篇文章。", "沒有這篇文章。", "There is no such article.")
NO_PAGE: Final = Message("没有这个页面。", "沒有這個頁面。", "There is no such page.")
NO_METHOD: Final = Message(
    "这个地址只接受：{allowed}。", "這個位址只接受：{allowed}。", "This address only takes: {allowed}."
)
BODY_TOO_LARGE: Final = Message(
    "请求太大：最多 {limit} 字节。",
    "請求太大：最多 {limit} 位元組。",
    "The request is too large: at most {limit} bytes.",
)
BODY_NOT_JSON: Final = Message(
    "请求必须是 JSON（Content-Type: application/json）。",
    "請求必須是 JSON（Content-Type: application/json）。",
    "The request must be JSON (Content-Type: application/json).",
)
BODY_REFUSED: Final = Message(
    "请求的内容不被接受。", "請求的內容不被接受。", "The content of the request is not accepted."
)
BODY_WRONG: Final = Message(
    "请求的字段有误：{fields}。说明见 /docs。",
    "請求的欄位有誤：{fields}。說明見 /docs。",
    "These fields of the request are wrong: {fields}. See /docs.",
)

REFUSED_QUESTION: Final = MappingProxyType[QuestionCode, Message](
    {"empty": EMPTY, "no_words": NO_WORDS, "too_long": TOO_LONG, "not_text": NOT_TEXT}
)
"""What to say for each code of QuestionError; `limit` is the one placeholder."""

# Votes and limits
TOO_LATE_TO_VOTE: Final = Message(
    "这个回答已不能评价，请重新提问后再评价。",
    "這個回答已不能評價，請重新提問後再評價。",
    "This answer can no longer be rated. Please ask again and rate the new one.",
)
TOO_MANY: Final = Message(
    "您的请求太频繁，请过 {seconds} 秒再试。",
    "您的請求太頻繁，請過 {seconds} 秒再試。",
    "That was too many requests. Please try again in {seconds} seconds.",
)

# The administrator
NO_ADMINISTRATOR: Final = Message(
    "管理口令缺失或有误。", "管理口令缺失或有誤。", "The administrator's token is missing or wrong."
)
