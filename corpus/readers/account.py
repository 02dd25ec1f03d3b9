"""Share of a document's words that its articles hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

__all__ = ["letters", "told_columns", "told_share"]

LEAST_SHARE = 0.8  # of the letters and digits; where less came out, an editor should look
MOST_NAMED, LONGEST_NAME = 5, 40  # columns, and characters of a name
FEW = 30  # letters; whatever is lost of so few is told by other means
# Parts of a source that are no words of its text: tags, comments, entities, addresses.
NO_WORDS = re.compile(
    r"<!--.{0,5000}?-->|</?[A-Za-z][^<>]{0,2000}>|&#?\w{1,10};|\]\([^()\s]{0,500}\)|https?://\S+", re.DOTALL
)


def letters(text: str) -> int:
    """The letters and digits in the text, of any script."""
    return sum(map(str.isalnum, text))


def told_share(source: str, taken: str) -> str:
    """What to tell where much of the source's words is not in what was taken; "" where all is well."""
    whole = letters(NO_WORDS.sub(" ", source))
    share = min(1.0, letters(taken) / whole) if whole else 1.0
    if whole < FEW or share >= LEAST_SHARE:
        return ""
    return f"only {share:.0%} of the words in it came out; compare the article with the file"


def told_columns(held: Counter[str], known: Collection[str]) -> str:
    """What to tell where much of a table's words, `held` by its columns, stands in such as are not known."""
    left = Counter({name: count for name, count in held.items() if name not in known})
    whole = held.total()
    if whole < FEW or left.total() <= (1 - LEAST_SHARE) * whole:
        return ""
    named = ", ".join(name[:LONGEST_NAME] for name, _ in left.most_common(MOST_NAMED))
    return f"only {1 - left.total() / whole:.0%} of the words in it came out; not read: {named}"
