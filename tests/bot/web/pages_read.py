"""What a page of an article says, read out of its HTML."""

from __future__ import annotations

import json
import re
from html import unescape

TAG = re.compile(r"<[^>]*>")


def text_of(html: str) -> str:
    return unescape(TAG.sub("", html))


def marked(html: str) -> str:
    return "".join(text_of(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL))


def structured(html: str) -> dict[str, object]:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return dict(json.loads(block))
