"""One thing that the program says, in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass

from bot.questions import Language

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
