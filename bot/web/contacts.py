"""Links for the phone numbers and mail addresses in a publisher's words about itself."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["ContactPart", "contact_parts", "phone_link"]

MAIL = r"(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
# Seven digits or more, or a service's short number; "8:30-17:30" and "2024年" are neither.
NUMBER = r"\+?\d(?:[ \-]?\d){6,14}|1[12]\d|1[02]0\d{2}|12\d{3}|9[56]\d{3,4}"
DATE = r"\d{4}-\d\d-\d\d"
PHONE = rf"(?P<phone>(?<![\w:.\-/])(?!{DATE})(?:{NUMBER})(?![\w:.\-/年月日]))"
LINKED = re.compile(f"{MAIL}|{PHONE}", re.ASCII)


class ContactPart(NamedTuple):
    """Some words; `link` is what they lead to, "" for words alone."""

    words: str
    link: str


def phone_link(number: str) -> str:
    """The address that calls a number: "0396-123 4567" -> "tel:03961234567"."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def contact_parts(words: str) -> list[ContactPart]:
    """The words cut at what can be called or written to.

    "热线 12345" -> [ContactPart("热线 ", ""), ContactPart("12345", "tel:12345")]
    """
    parts, place = [], 0
    for found in LINKED.finditer(words):
        parts.append(ContactPart(words[place : found.start()], ""))
        link = f"mailto:{found['mail']}" if found["mail"] else phone_link(found["phone"])
        parts.append(ContactPart(found.group(), link))
        place = found.end()
    parts.append(ContactPart(words[place:], ""))
    return [part for part in parts if part.words]
