"""An empty folder of articles: the service is there and says how to add some."""

from __future__ import annotations

import threading
from pathlib import Path
from time import sleep

import httpx2
from starlette.testclient import TestClient

from bot.publisher import Publisher
from bot.web.awaiting import await_articles, awaiting_app
from bot.web.server import address_of, listen


def test_every_page_says_how_to_add(tmp_path: Path) -> None:
    client = TestClient(awaiting_app(tmp_path, Publisher("晚报")), headers={"accept-language": "zh-CN"})
    for address in ("/", "/articles", "/articles/x"):
        response = client.get(address)
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        assert f"文章文件夹 {tmp_path} 还是空的" in response.text
        assert "yuanwen add" in response.text
    assert client.get("/page/article.css").status_code == 200


def test_programs_are_told_in_words(tmp_path: Path) -> None:
    client = TestClient(awaiting_app(tmp_path, Publisher()), headers={"accept-language": "en"})
    assert client.get("/healthz").json() == {"status": "alive"}
    for response in (client.post("/api/ask", json={"question": "快递?"}), client.get("/readyz")):
        assert response.status_code == 503
        assert response.json()["detail"].startswith(f"The folder of articles, {tmp_path}, is still empty")


def test_it_ends_when_an_article_comes_and_leaves_the_socket(tmp_path: Path) -> None:
    told: list[str] = []
    with listen("127.0.0.1", 0) as bound:
        waiting = threading.Thread(
            target=await_articles, args=(tmp_path, Publisher(), bound, told.append), daemon=True
        )
        waiting.start()
        while not told:
            sleep(0.05)
        assert httpx2.get(address_of(bound), timeout=30).status_code == 503
        (tmp_path / "a.md").write_text("---\ntitle: 题\n---\n\n文。\n", encoding="utf-8")
        waiting.join(timeout=60)
        assert not waiting.is_alive()
        assert address_of(bound).startswith("http://127.0.0.1:")
    assert told[0].startswith("http://127.0.0.1:")
    assert "yuanwen add" in told[1]
