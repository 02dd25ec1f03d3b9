"""A page that a browser has saved in one file is read like the page."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from corpus.article import Article
from corpus.readers.document import ReaderError
from tests.corpus.readers.makers import articles

TEXT = "自十二月一日起，二十三路公交车改停东湖一小站，首班车六时三十分发车，末班车二十一时收车，票价不变。"


def saved(html: str, kind: str = "html") -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://example.org/bus.html"
    message["Subject"] = "公交"
    message.set_content(html, subtype=kind)
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def test_the_article_of_a_saved_page_and_its_address() -> None:
    page = saved(
        f"<html><head><title>公交调整</title></head><body><h1>公交调整</h1><p>{TEXT}</p></body></html>"
    )
    expected = Article("a", "公交调整", TEXT, url="https://example.org/bus.html")
    assert articles(page, "a.mhtml") == [expected]
    assert articles(page, "a.txt") == [expected]


def test_a_saved_page_without_html_is_refused() -> None:
    with pytest.raises(ReaderError, match=r"the saved page \(MHTML\) holds no HTML"):
        articles(saved(TEXT, "plain"), "a.mht")
