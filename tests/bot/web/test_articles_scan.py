"""The page of an article that a machine has read shows the printed lines of what is quoted, and no others."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from bot.web.faces import Faces
from bot.web.links import quote_link
from bot.web.server import create_app
from corpus.article import Article
from corpus.library.scans import SCANS, keep_scan
from corpus.readers.placed import PlacedLine
from corpus.readers.scan import scan_of
from tests.bot.web.stub import StubBot

LINES = [PlacedLine("明天停水。请", 0, 0, 180, 30), PlacedLine("储水备用。", 0, 50, 150, 80)]
SCAN = scan_of(Image.new("L", (200, 100), 0), LINES)
BODY = "明天停水。请储水备用。"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    keep_scan(tmp_path, SCAN)
    bot = StubBot()
    bot.articles = {
        "water": Article("water", "停水通知", BODY, scan=SCAN.name),
        "typed": Article("typed", "题", BODY),
    }
    return TestClient(create_app(bot, faces=Faces(articles=tmp_path)))


def shown(client: TestClient, page: str) -> tuple[int, int]:
    """Width and height of the picture on the page."""
    html = client.get(page).text
    assert "由机器从扫描件识别，可能有错字。" in html
    found = re.search(r'<figure class="scan"><img src="([^"]+)" alt="识别所据的原版图片">', html)
    assert found
    answer = client.get(unescape(found[1]))
    assert answer.headers["content-type"] == "image/jpeg"
    with Image.open(io.BytesIO(answer.content)) as picture:
        return picture.size


def test_the_lines_of_the_quote_or_of_all_of_the_article_are_shown(client: TestClient) -> None:
    assert shown(client, quote_link("water", 6, "储水备用。")) == (154, 38)
    assert shown(client, "/articles/water") == (184, 84)


def test_a_picture_that_is_known_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/articles/water/scan.jpg").headers["etag"]
    assert client.get("/articles/water/scan.jpg", headers={"If-None-Match": tag}).status_code == 304


def test_without_a_scan_there_is_no_picture(client: TestClient, tmp_path: Path) -> None:
    assert 'class="scan' not in client.get("/articles/typed").text
    assert client.get("/articles/typed/scan.jpg").status_code == 404
    assert client.get("/articles/none/scan.jpg").status_code == 404
    (tmp_path / SCANS / f"{SCAN.name}.jpg").write_bytes(b"damaged")
    assert client.get("/articles/water/scan.jpg").status_code == 404
