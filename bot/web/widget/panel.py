"""The panel's query, and the configuration of its script."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.question import LIMIT
from bot.answering.small_talk import LISTED
from bot.language import Language
from bot.publisher import COLOR, Publisher
from bot.web.contacts import contact_parts
from bot.web.html import VERY_SURE
from bot.web.widget.assets import PANEL, PROTOCOL, in_each_language
from bot.web.widget.origins import Origins

__all__ = ["TITLE_LIMIT", "PanelRequest", "panel_config"]

TITLE_LIMIT = 60  # characters


@dataclass(frozen=True)
class PanelRequest:
    """The query of the panel's address, which anyone can write: what is not allowed is empty.

    `site` is the origin of the page around the panel, if the settings let it in. `color` is like #9c2a1f.
    `is_chosen`: the site chose the language.
    """

    site: str
    title: str
    question: str
    color: str
    is_chosen: bool

    @classmethod
    def of(cls, query: Mapping[str, str], origins: Origins) -> PanelRequest:
        site, color = query.get("site", ""), query.get("color", "")
        return cls(
            site=site if origins.allow(site) else "",
            title=_line(query.get("title", ""))[:TITLE_LIMIT],
            question=_line(query.get("question", ""))[:LIMIT],
            color=color if COLOR.fullmatch(color) else "",
            is_chosen="lang" in query,
        )


def panel_config(asked: PanelRequest, publisher: Publisher, language: Language) -> dict[str, object]:
    """The JSON in the panel's page; types.d.ts names its parts."""
    return {
        "protocol": PROTOCOL,
        "language": language,
        "isChosen": asked.is_chosen,
        "verySure": VERY_SURE,
        "listed": LISTED,
        "site": asked.site,
        "question": asked.question,
        "contact": contact_parts(publisher.contact),
        "words": in_each_language(PANEL),
    }


def _line(text: str) -> str:
    """One line of what can be seen: without control characters, direction marks and lone surrogates."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
