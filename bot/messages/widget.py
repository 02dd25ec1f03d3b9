"""The widget on other sites, and the page where it is tried."""

from __future__ import annotations

from typing import Final

from bot.messages.message import Message

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
DEMO_COLOUR: Final = Message("按钮颜色", "按鈕顏色", "Colour")
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
