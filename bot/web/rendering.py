"""Templates, and the reader for whom they are filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from bot import messages
from bot.language import Language, detect_language
from bot.messages import Message
from bot.web.language import age_words, date_words
from bot.web.links import PLACE, article_link, quote_link

__all__ = ["LANGUAGES", "Reader", "filled", "macro"]

LANGUAGES: Mapping[Language, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html", "xml")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
TEMPLATES.globals.update(
    messages=messages,
    languages=LANGUAGES,
    language_of=detect_language,
    article_link=article_link,
    quote_link=quote_link,
    place=PLACE,
)


class Reader:
    """Who reads: in which language, and the root that stands before the paths of links: "" or "/ask"."""

    def __init__(self, language: Language, root: str) -> None:
        self.language = language
        self.root = root

    def say(self, message: Message, **values: object) -> str:
        return message.to(self.language, **values)

    def say_html(self, message: Message, **values: Markup) -> Markup:
        """The same with markup in it; what the values hold was escaped before."""
        words = self.say(message, **{name: f"{{{name}}}" for name in values})
        return Markup(escape(words)).format(**values)

    def link(self, path: str) -> str:
        """The address of a page of the service: `link("/articles")`."""
        return self.root + path

    def day(self, day: date | None) -> str:
        """2024-11-05 -> "5 November 2024"; "" where it is not known."""
        return date_words(day, self.language) if day else ""

    def age(self, day: date | None) -> str:
        """Says "published 2 years ago" for what is a year old or older, else ""."""
        return age_words(day, self.language, date.today()) if day else ""


def filled(template: str, **values: object) -> str:
    """The template with its values."""
    return TEMPLATES.get_template(template).render(**values)


def macro(template: str, name: str, *values: object) -> str:
    """What a macro of the template makes of the values."""
    return str(getattr(TEMPLATES.get_template(template).module, name)(*values))
