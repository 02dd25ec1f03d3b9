"""One thing that the program says, in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.language import Language

__all__ = ["Message"]


@dataclass(frozen=True)
class Message:
    """One thing to say; the three texts have the same `{placeholders}`."""

    hans: str
    hant: str
    en: str

    def to(self, language: Language, **values: object) -> str:
        """The text in that language: `Message("{n}条", "{n}條", "{n} left").to("en", n=3)` -> "3 left"."""
        texts: dict[Language, str] = {"zh-Hans": self.hans, "zh-Hant": self.hant, "en": self.en}
        return texts[language].format(**values)


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


CORRECTION: Final = Message("更正：{note}", "更正：{note}", "Correction: {note}")
SUPERSEDED: Final = Message(
    "这篇文章已被{link}取代。", "這篇文章已被{link}取代。", "This article has been superseded by {link}."
)
SUPERSEDED_TITLE: Final = Message("《{title}》", "《{title}》", "“{title}”")
ALSO_IN: Final = Message("也刊登于：", "也刊登於：", "Also published in:")
WITHDRAWN_ARTICLE: Final = Message(
    "这篇文章已经撤下，不再引用。",
    "這篇文章已經撤下，不再引用。",
    "This article was withdrawn and is no longer quoted.",
)
WITHDRAWN_ON: Final = Message("撤下日期：{day}", "撤下日期：{day}", "Withdrawn on {day}")
WITHDRAWN_WHY: Final = Message("原因：{reason}", "原因：{reason}", "Reason: {reason}")


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


# The widget
AWAY: Final = Message(
    "现在连不上，请检查网络，或稍后再试。",
    "現在連不上，請檢查網路，或稍後再試。",
    "There is no connection right now. Please check your network, or try again later.",
)
CLOSE: Final = Message("关闭", "關閉", "Close")
START_OVER: Final = Message("重新开始", "重新開始", "Start over")
YOU_ASKED: Final = Message("您问：", "您問：", "You asked:")
NEW_TAB: Final = Message("在新标签页打开", "在新分頁開啟", "opens in a new tab")
NOT_COPIED: Final = Message(
    "没能复制，请选中文字后自行复制。",
    "沒能複製，請選取文字後自行複製。",
    "Copying failed. Please select the text and copy it yourself.",
)

# The demo of the widget
DEMO_TITLE: Final = Message("放到您的网站上", "放到您的網站上", "Put it on your site")
DEMO_HOW: Final = Message(
    "把这一行放进您网站的网页里，右下角就会出现提问按钮。请在这里试用。",
    "把這一行放進您網站的網頁裡，右下角就會出現提問按鈕。請在這裡試用。",
    "Put this line into the pages of your site, and the button appears in their corner. Try it here.",
)
DEMO_TAG: Final = Message("要放进网页的一行", "要放進網頁的一行", "The line for your pages")
DEMO_COPY: Final = Message("复制这一行", "複製這一行", "Copy the line")
DEMO_OPTIONS: Final = Message("选项", "選項", "Options")
DEMO_POSITION: Final = Message("位置", "位置", "Position")
DEMO_RIGHT: Final = Message("右下角", "右下角", "Bottom right")
DEMO_LEFT: Final = Message("左下角", "左下角", "Bottom left")
DEMO_COLOR: Final = Message("按钮颜色", "按鈕顏色", "Color")
DEMO_PANEL_TITLE: Final = Message("标题", "標題", "Title")
DEMO_LANGUAGE: Final = Message("语言", "語言", "Language")
DEMO_BROWSERS: Final = Message("按读者的浏览器", "依讀者的瀏覽器", "The visitor's")
DEMO_QUESTION: Final = Message("预先填好的问题", "預先填好的問題", "Question in the box")
DEMO_OPEN: Final = Message("电脑上打开网页时就展开", "電腦上打開網頁時就展開", "Open at once (not on phones)")
DEMO_ALLOW: Final = Message(
    "您的网站须先写进服务的设置，例如：",
    "您的網站須先寫進服務的設定，例如：",
    "The service's settings must name your site, for example:",
)
DEMO_POLICY: Final = Message(
    "如果您的网站有内容安全策略（CSP），须允许这两项：",
    "如果您的網站有內容安全策略（CSP），須允許這兩項：",
    "If your site has a content security policy, it must allow these two:",
)
