"""Extraction by trafilatura: a page's text and its metadata."""

from __future__ import annotations

import logging
from configparser import ConfigParser
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from corpus.readers.fields import as_date

__all__ = ["Extracted", "extracted"]

SHORTEST_ARTICLE = 60  # characters; below, trafilatura takes all that the page holds

# Pages without an article are told in our own words; trafilatura would print its own beside them.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Extracted:
    """ "" and None where it finds nothing; `url` is the page's canonical address."""

    text: str = ""
    sitename: str = ""
    published: date | None = None
    url: str = ""


def extracted(tree: lxml.html.HtmlElement, url: str) -> Extracted:
    """What trafilatura finds; nothing where it fails, as it does in many ways on broken pages."""
    try:
        found: Any = bare_extraction(
            tree,
            url=url or None,
            with_metadata=True,
            include_comments=False,
            config=_config(),
            # The wide search takes a footer's year for a date.
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": None},
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):
        return Extracted()
    if found is None:
        return Extracted()
    return Extracted(found.text or "", found.sitename or "", as_date(found.date or ""), found.url or "")


def _config() -> ConfigParser:
    """Trafilatura's own, but for how short an article can be: Chinese says more in a character."""
    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(SHORTEST_ARTICLE)
    return config
