"""Ids that are safe as file names and in addresses, and stable."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

__all__ = ["LONGEST_STEM", "id_stem", "url_stem"]

LONGEST_STEM = 80  # An article's id has at most 100 characters, its number and a hash included.
LONGEST_PATH = 60


def id_stem(name: str, fallback: str = "page") -> str:
    """The name itself where it is safe, else its safe characters and a hash that keeps ids distinct.

    "2024-11-26-A3" -> "2024-11-26-A3"; "page 3" -> "page-3-16283f82"; "驿城" -> "page-bd4b71a8"; no name
    at all is the fallback with a hash too.
    """
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("._-")[:LONGEST_STEM]
    if safe and safe == name:
        return name
    return f"{safe or fallback}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def url_stem(url: str) -> str:
    """Host and end of the path, with a hash of the whole address.

    "https://www.example.org/2024/fire.html?id=3" -> "example.org-2024-fire-" and 8 hex digits.
    """
    parts = urlsplit(url)
    path = re.sub(r"\.[A-Za-z]{3,5}$", "", unquote(parts.path))
    readable = f"{(parts.hostname or '').removeprefix('www.')}{path[-LONGEST_PATH:]}"
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", readable).strip("._-")[:LONGEST_STEM] or "page"
    return f"{safe}-{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
