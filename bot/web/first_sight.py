"""Gradio's page as the visitor first sees it: what this is, whose, and what can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import messages
from bot.publisher import Publisher
from bot.questions import LIMIT, Language
from bot.web.dates import date_words
from bot.web.pages import LANGUAGES, filled
from corpus.article import Article

__all__ = ["STATIC", "Sight", "dressed", "stock_words"]

STATIC = Path(__file__).parent / "static"
"""Our style sheets, scripts and icon, served under /page/."""

MODULES = sorted(path.name for path in STATIC.glob("chat_*.js"))
"""The parts of chat.js, named in the page so that they load at once."""

THEMES = {"": messages.THEME_AUTO, "light": messages.THEME_LIGHT, "dark": messages.THEME_DARK}

# What the script says by itself.
WORDS = {
    "searching": messages.SEARCHING,
    "lost": messages.LOST,
    "notReady": messages.NOT_READY,
    "busy": messages.BUSY,
    "empty": messages.EMPTY,
    "tooLong": messages.TOO_LONG,
    "again": messages.AGAIN,
    "cleared": messages.CLEARED,
    "close": messages.CLOSE_ARTICLE,
    "panel": messages.ARTICLE_PANEL,
    "conversation": messages.CONVERSATION,
    "copied": messages.COPIED,
    "linkCopied": messages.LINK_COPIED,
    "readAloud": messages.READ_ALOUD,
    "stopReading": messages.STOP_READING,
    "whatWrong": messages.WHAT_WRONG,
    "sendComment": messages.SEND_COMMENT,
    "thanks": messages.THANKS,
}

# Gradio's page speaks of gradio.app and of a picture on another host, and is in English.
FOREIGN = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
OPENING = re.compile(r'<html\s+lang="en"')


@dataclass(frozen=True)
class Sight:
    """What the page says to one visitor; `is_chosen`: the language by `?lang=`, not by the browser."""

    language: Language
    is_chosen: bool
    publisher: Publisher
    stock: str
    examples: Sequence[str]


def dressed(html: str, sight: Sight) -> str:
    """Gradio's page in the visitor's language, with our head, what stands around the conversation, and
    free of other hosts."""
    values: dict[str, object] = {
        **vars(sight),
        "messages": messages,
        "say": lambda message, **values: message.to(sight.language, **values),
        "languages": LANGUAGES,
        "themes": THEMES,
        "modules": MODULES,
        "limit": LIMIT,
        "words": {name: message.to(sight.language, limit=LIMIT) for name, message in WORDS.items()},
    }
    chosen = " data-chosen" if sight.is_chosen else ""
    html = OPENING.sub(f'<html lang="{sight.language}"{chosen}', FOREIGN.sub("", html), count=1)
    html = html.replace("</head>", filled("chat_head.html", **values) + "</head>", 1)
    html = html.replace('control_page_title="true"', 'control_page_title="false"', 1)
    html = html.replace("<gradio-app", filled("chat_above.html", **values) + "<gradio-app", 1)
    return html.replace("</gradio-app>", "</gradio-app>" + filled("chat_below.html", **values), 1)


def stock_words(articles: Iterable[Article], language: Language) -> str:
    """How many articles there are, and from when to when as far as their dates are stated."""
    days = [article.published for article in articles]
    dated = sorted(day for day in days if day)
    if not dated:
        return messages.STOCK.to(language, count=len(days))
    first, last = (date_words(day, language) for day in (dated[0], dated[-1]))
    message = messages.STOCK_OF_DAY if first == last else messages.STOCK_OF_DAYS
    return message.to(language, count=len(days), first=first, last=last)
