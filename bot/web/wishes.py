"""What the chat page's script sends in its hidden boxes: a small JSON text, hostile until it is read here."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.questions import Language

__all__ = ["TURNS", "Wish", "WishError", "read_wish"]

TURNS = 20
"""Questions of one conversation that are kept; the oldest goes first."""


class WishError(ValueError):
    """The text is no wish of our script."""


class Wish(BaseModel):
    """`number` comes back with the answer, so that the script knows which wish was fulfilled.

    `language` is the page's; `is_chosen` says that the visitor chose it, so that it is spoken whatever
    language a question is in. `texts` are questions, or the key of what is to be opened.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    number: Annotated[int, Field(ge=0, lt=10**9)] = 0
    language: Language = "zh-Hans"
    is_chosen: bool = False
    texts: Annotated[list[str], Field(min_length=1, max_length=TURNS)]

    @property
    def text(self) -> str:
        return self.texts[0]


def read_wish(text: object) -> Wish:
    """The wish in a box. Raises WishError."""
    try:
        return Wish.model_validate_json(text if isinstance(text, str) else "")
    except ValidationError:
        raise WishError("the text is no wish") from None
