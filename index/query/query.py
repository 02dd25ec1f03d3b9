"""Query: the text that is searched, with the facts that are computed from it once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from index.terms import Script, fold, script, terms, to_simplified

__all__ = ["Query"]


@dataclass(frozen=True)
class Query:
    """The text that is searched, and its facts: each is computed when it is first asked for, and kept."""

    text: str

    @cached_property
    def simplified(self) -> str:
        """The text in Simplified characters, as the models read it."""
        return to_simplified(self.text)

    @cached_property
    def embedded(self) -> str:
        """The text as it is embedded: Simplified, without the mark at its end: "x?" is answered like "x"."""
        return self.simplified.rstrip(" ?？")

    @cached_property
    def folded(self) -> str:
        """The text as rules match it: "５Ｇ基站輻射" -> "5g基站辐射"."""
        return fold(self.text)

    @cached_property
    def script(self) -> Script:
        return script(self.text)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms that BM25 counts, in order."""
        return tuple(terms(self.text))
