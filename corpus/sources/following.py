"""Places of publishers that are followed: `sources.toml` in the folder of articles.

[[source]]
address = "https://paper.example.org/feed.xml"   # a feed, a sitemap, an electronic paper's front, a page
every = "1h"                                      # 15m, 6h, 1d; without it once an hour
section = "要闻"
source = "驿城晚报"

[[source]]
folder = "../export"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from corpus.sources.files import SourceError, is_address

__all__ = ["FILE_NAME", "Followed", "read_sources"]

FILE_NAME = "sources.toml"
KEYS = ("address", "folder", "every", "section", "source")
EVERY = re.compile(r"([1-9]\d{0,3})\s?([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
SHORTEST = timedelta(minutes=5)  # a site is asked no oftener


@dataclass(frozen=True)
class Followed:
    """One place: `place` is an address or a folder; `section` and `source` go before what articles say."""

    place: str
    every: timedelta
    section: str = ""
    source: str = ""

    @property
    def is_folder(self) -> bool:
        return not is_address(self.place)


def read_sources(articles: Path) -> list[Followed]:
    """The places in the file's order; a relative folder is one beside the file.

    Raises SourceError where there is no such file, or an entry is not as it must be.
    """
    path = articles / FILE_NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(
            f'{path}: there is no such file; write [[source]] and address = "https://…" into it'
        ) from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from None
    entries = table.get("source", [])
    if set(table) - {"source"} or not isinstance(entries, list) or not entries:
        raise SourceError(f"{path}: one [[source]] or more is allowed, and nothing else")
    return [_followed(f"{path}, source {number}", entry, articles) for number, entry in enumerate(entries, 1)]


def _followed(where: str, entry: Any, articles: Path) -> Followed:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise SourceError(f'{where}: each value is a text in quotation marks, like every = "1h"')
    if unknown := sorted(set(entry) - set(KEYS)):
        raise SourceError(f"{where}: unknown {', '.join(unknown)}; allowed: {', '.join(KEYS)}")
    if ("address" in entry) == ("folder" in entry):
        raise SourceError(f"{where}: an address or a folder is needed, and not both")
    if "address" in entry and not is_address(entry["address"]):
        raise SourceError(f"{where}: {entry['address']!r} is no address; it begins with https:// or http://")
    place = entry.get("address") or str((articles / entry["folder"]).resolve())
    return Followed(
        place, _every(where, entry.get("every", "1h")), entry.get("section", ""), entry.get("source", "")
    )


def _every(where: str, stated: str) -> timedelta:
    match = EVERY.fullmatch(stated.strip())
    every = timedelta(**{UNITS[match[2]]: int(match[1])}) if match else timedelta()
    if every < SHORTEST:
        raise SourceError(f'{where}: every = {stated!r}; "5m" is the least, like "15m", "6h" or "1d"')
    return every
