"""Every word that a visitor reads, by name: one catalogue a language that a translator edits.

`messages.NO_ARTICLE.to("en")` says the text called `no_article` in `bot/locale/en.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.language import Language

__all__ = ["FOLDER", "Message", "catalogue"]

FOLDER = Path(__file__).parent / "locale"


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """The texts of a language by name, with their `{placeholders}`."""
    return MappingProxyType(tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Message:
    """One thing to say, by its name in the catalogues; its texts have the same `{placeholders}`."""

    name: str

    def to(self, language: Language, **values: object) -> str:
        """The text in that language: `messages.STOCK.to("en", count=3)` -> "3 articles"."""
        return catalogue(language)[self.name].format(**values)


def __getattr__(name: str) -> Message:
    """Look a message up: `messages.NO_ARTICLE`. Raises AttributeError for what no catalogue holds."""
    if name.isupper() and name.lower() in catalogue("zh-Hans"):
        return Message(name.lower())
    raise AttributeError(f"bot/locale/zh-Hans.toml has no {name.lower()!r}")
