"""The words that the widget's scripts say; they hold none themselves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

from bot import messages
from bot.messages import Message
from bot.questions import Language
from bot.web.language import browser_language

__all__ = ["LANGUAGES", "LOADER", "PANEL", "in_each_language"]

LOADER: Final = MappingProxyType[str, Message](
    {
        "title": messages.TITLE,
        "ask": messages.ASK_HERE,
        "close": messages.CLOSE,
        "away": messages.AWAY,
        "again": messages.AGAIN,
    }
)
"""What /widget.js says, by the name that its scripts use."""

PANEL: Final = MappingProxyType[str, Message](
    {
        "answered": messages.ANSWERED,
        "unsure": messages.UNSURE,
        "none": messages.NONE,
        "from_one": messages.FROM_ONE,
        "from_several": messages.FROM_SEVERAL,
        "very_sure": messages.VERY_SURE,
        "sure": messages.SURE,
        "not_sure": messages.NOT_SURE,
        "nearest": messages.NEAREST,
        "contact": messages.CONTACT,
        "ask_also": messages.ASK_ALSO,
        "ask_like": messages.ASK_LIKE,
        "read_article": messages.READ_ARTICLE,
        "original_page": messages.ORIGINAL_PAGE,
        "new_tab": messages.NEW_TAB,
        "correction": messages.CORRECTION,
        "superseded": messages.SUPERSEDED,
        "superseded_title": messages.SUPERSEDED_TITLE,
        "also_in": messages.ALSO_IN,
        "date": messages.DATE,
        "a_year_ago": messages.A_YEAR_AGO,
        "years_ago": messages.YEARS_AGO,
        "copy": messages.COPY,
        "copied": messages.COPIED,
        "not_copied": messages.NOT_COPIED,
        "share": messages.SHARE,
        "link_copied": messages.LINK_COPIED,
        "did_it_help": messages.DID_IT_HELP,
        "good": messages.GOOD,
        "bad": messages.BAD,
        "what_wrong": messages.WHAT_WRONG,
        "send_comment": messages.SEND_COMMENT,
        "thanks": messages.THANKS,
        "you_asked": messages.YOU_ASKED,
        "searching": messages.SEARCHING,
        "empty": messages.EMPTY,
        "lost": messages.LOST,
        "failed": messages.FAILED,
        "again": messages.AGAIN,
    }
)
"""What the panel says, by the name that its scripts use."""

NAMES = ("zh", "zh-CN", "zh-SG", "zh-TW", "zh-HK", "zh-MO", "en-GB", "en-US", *get_args(Language))
LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {name.lower(): browser_language(name) for name in NAMES}
)
"""Our languages by the names that a site may use for them, in lower case."""


def in_each_language(words: Mapping[str, Message]) -> dict[Language, dict[str, str]]:
    """The texts with their `{placeholders}`: {"en": {"retry": "Try again", ...}, ...}."""
    return {
        "zh-Hans": {name: message.hans for name, message in words.items()},
        "zh-Hant": {name: message.hant for name, message in words.items()},
        "en": {name: message.en for name, message in words.items()},
    }
