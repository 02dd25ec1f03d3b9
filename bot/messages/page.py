"""The chat page, before a question and around the conversation."""

from __future__ import annotations

from typing import Final

from bot.messages.message import Message

# The page
TITLE: Final = Message("原文", "原文", "Yuanwen")
PROMISE: Final = Message(
    "您提问，我们从已发布的文章里找出原句来回答：一字不改，注明出处；文章没写的，就说没有。",
    "您提問，我們從已發布的文章裡找出原句來回答：一字不改，註明出處；文章沒寫的，就說沒有。",
    "Ask a question. The answer is quoted word for word from published articles, with its source,"
    " or an honest no.",
)
NO_SCRIPT: Final = Message(
    "提问需要浏览器打开 JavaScript；全部文章不用它也能读。",
    "提問需要瀏覽器開啟 JavaScript；全部文章不用它也能讀。",
    "To ask, JavaScript must be on in the browser. All articles can be read without it.",
)
QUESTION_HINT: Final = Message("请输入您的问题", "請輸入您的問題", "Type your question")
SEND: Final = Message("提问", "提問", "Ask")
WELCOME: Final = Message("您想了解什么？", "您想了解什麼？", "What would you like to know?")
EXAMPLE: Final = Message(
    "关于“{topic}”，文章里怎么说？",
    "關於「{topic}」，文章裡怎麼說？",
    "What do the articles say about “{topic}”?",
)

# The chat page, around the conversation
PUBLISHED_BY: Final = Message("由{publisher}提供", "由{publisher}提供", "A service of {publisher}")
STOCK: Final = Message("共 {count} 篇文章", "共 {count} 篇文章", "{count} articles")
STOCK_OF_DAY: Final = Message(
    "共 {count} 篇文章，{first}", "共 {count} 篇文章，{first}", "{count} articles, {first}"
)
STOCK_OF_DAYS: Final = Message(
    "共 {count} 篇文章，{first}至{last}",
    "共 {count} 篇文章，{first}至{last}",
    "{count} articles, {first} to {last}",
)
LARGER: Final = Message("大字", "大字", "Large")
DISPLAY: Final = Message("显示", "顯示", "Display")
CONTRAST: Final = Message("高对比度", "高對比", "High contrast")
THEME: Final = Message("明暗", "明暗", "Brightness")
THEME_AUTO: Final = Message("跟随系统", "跟隨系統", "As the system")
THEME_LIGHT: Final = Message("浅色", "淺色", "Light")
THEME_DARK: Final = Message("深色", "深色", "Dark")
CLEAR: Final = Message("清除对话", "清除對話", "Clear the conversation")
CLEARED: Final = Message("对话已经清除。", "對話已經清除。", "The conversation is cleared.")
SEARCHING: Final = Message("正在文章里查找……", "正在文章裡查找……", "Looking through the articles…")
ARTICLE_PANEL: Final = Message("全文", "全文", "Full article")
CONVERSATION: Final = Message("对话", "對話", "Conversation")
