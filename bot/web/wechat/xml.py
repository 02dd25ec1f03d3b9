"""The XML of WeChat's messages, flat and without any declaration of entities."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.sax.saxutils import escape

__all__ = ["fields_of", "xml_of"]


def fields_of(text: str) -> dict[str, str]:
    """The elements below the root, each with its text. Raises ValueError for what is no such XML."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a message declares nothing")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    return {child.tag: child.text or "" for child in root}


def xml_of(fields: dict[str, str]) -> str:
    """The fields as a message."""
    return f"<xml>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in fields.items())}</xml>"
