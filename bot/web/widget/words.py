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
        "retry": messages.RETRY,
    }
)
"""What /widget.js says, by the name that its scripts use."""

PANEL: Final = MappingProxyType[str, Message](
    {
        "answered": messages.ANSWERED,
        "unsure": messages.UNSURE,
        "none": messages.NONE,
        "nearest": messages.NEAREST,
        "read_article": messages.READ_ARTICLE,
        "new_tab": messages.NEW_TAB,
        "date": messages.DATE,
        "a_year_ago": messages.A_YEAR_AGO,
        "years_ago": messages.YEARS_AGO,
        "contact": messages.CONTACT,
        "try_asking": messages.TRY_ASKING,
        "you_asked": messages.YOU_ASKED,
        "looking": messages.LOOKING,
        "copy_quote": messages.COPY_QUOTE,
        "copied": messages.COPIED,
        "not_copied": messages.NOT_COPIED,
        "did_it_help": messages.DID_IT_HELP,
        "helpful": messages.HELPFUL,
        "not_helpful": messages.NOT_HELPFUL,
        "what_was_wrong": messages.WHAT_WAS_WRONG,
        "send_comment": messages.SEND_COMMENT,
        "thanks": messages.THANKS,
        "empty": messages.EMPTY,
        "away": messages.AWAY,
        "failed": messages.FAILED,
        "retry": messages.RETRY,
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
