"""An answer, its sources, and what a visitor thinks of it."""

from __future__ import annotations

from typing import Final

from bot.messages.message import Message

# An answer
ANSWERED: Final = Message("文章里这样写道：", "文章裡這樣寫道：", "The articles say:")
UNSURE: Final = Message(
    "不能确定是否回答了您的问题，最接近的原文是：",
    "不能確定是否回答了您的問題，最接近的原文是：",
    "This may not answer your question. The closest passages are:",
)
NONE: Final = Message(
    "已发布的文章里没有找到这个问题的答案。",
    "已發布的文章裡沒有找到這個問題的答案。",
    "The published articles hold no answer to this question.",
)
FROM_ONE: Final = Message("出自一篇文章", "出自一篇文章", "From one article")
FROM_SEVERAL: Final = Message("出自 {count} 篇文章", "出自 {count} 篇文章", "From {count} articles")
VERY_SURE: Final = Message("很有把握", "很有把握", "very likely an answer")
SURE: Final = Message("比较有把握", "比較有把握", "likely an answer")
NOT_SURE: Final = Message("没有把握", "沒有把握", "not sure")
NEAREST: Final = Message("内容最接近的文章：", "內容最接近的文章：", "The nearest articles:")
CONTACT: Final = Message(
    "您也可以联系：{contact}", "您也可以聯絡：{contact}", "You can also contact: {contact}"
)
ASK_ALSO: Final = Message("还可以问：", "還可以問：", "You can also ask:")
READ_ARTICLE: Final = Message("阅读全文", "閱讀全文", "Read the full article")
CLOSE_ARTICLE: Final = Message("关闭全文", "關閉全文", "Close the article")
ARTICLE_PAGE: Final = Message("在单独的页面打开", "在單獨的頁面打開", "Open on a page of its own")
ORIGINAL_PAGE: Final = Message("原网页", "原網頁", "Original page")
COPY: Final = Message("复制", "複製", "Copy")
COPIED: Final = Message("已复制", "已複製", "Copied")
SHARE: Final = Message("分享", "分享", "Share")
LINK_COPIED: Final = Message("链接已复制", "連結已複製", "Link copied")
READ_ALOUD: Final = Message("朗读", "朗讀", "Read aloud")
STOP_READING: Final = Message("停止朗读", "停止朗讀", "Stop reading")

# What a visitor thinks of an answer
DID_IT_HELP: Final = Message("这个回答有帮助吗？", "這個回答有幫助嗎？", "Did this answer help?")
GOOD: Final = Message("有用", "有用", "Helpful")
BAD: Final = Message("没用", "沒用", "Not helpful")
WHAT_WRONG: Final = Message("哪里不对？（可以不填）", "哪裡不對？（可以不填）", "What was wrong? (optional)")
SEND_COMMENT: Final = Message("发送", "發送", "Send")
THANKS: Final = Message("谢谢您的意见。", "謝謝您的意見。", "Thank you for telling us.")

# When an article was published
DATE: Final = Message("{year}年{month}月{day}日", "{year}年{month}月{day}日", "{day} {month} {year}")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
A_YEAR_AGO: Final = Message("发布于一年前", "發布於一年前", "published a year ago")
YEARS_AGO: Final = Message("发布于{years}年前", "發布於{years}年前", "published {years} years ago")
