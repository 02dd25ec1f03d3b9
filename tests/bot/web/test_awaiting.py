"""An empty folder of articles: the service is there and says how to add some."""

from __future__ import annotations

import threading
from pathlib import Path
from time import sleep

import httpx2
from starlette.testclient import TestClient

from bot.desk.desk import Desk
from bot.operations.database import database_url, open_database
from bot.publisher import Publisher
from bot.web.awaiting import await_articles, awaiting_app
from bot.web.server import address_of, listen
from corpus.library.files import read_library
from tests.bot.desk.browser import PASSWORD, Browser


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
        assert response.json()["errors"] == [
            {"pointer": "#/articles", "detail": f"the folder {tmp_path} holds no article"}
        ]


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


def test_the_first_articles_are_added_at_the_desk(tmp_path: Path) -> None:
    database = open_database(database_url("", tmp_path))
    (tmp_path / "articles").mkdir()
    desk = Desk.over(database, tmp_path / "articles", tmp_path, Publisher(), lambda: None)
    desk.users.add("chief", "publisher", PASSWORD, "test")
    desk.users.add("root", "administrator", PASSWORD, "test")
    service = awaiting_app(tmp_path / "articles", Publisher(), desk)
    assert TestClient(service).get("/desk", follow_redirects=False).headers["location"] == "/desk/sign-in"
    chief = Browser(service).signed_in("chief")
    chief.get("/desk/add")
    chief.send("/desk/add", text="停水通知\n\n明天停水。")
    form = {**chief.typed, "version": "1", "zone": "0", "title-1": "停水通知"}
    chief.send(chief.page.url.path, **form, action="publish")
    assert [article.title for article in read_library(tmp_path / "articles")] == ["停水通知"]
    for room in ("articles", "questions", "figures", "cards", "votes", "pause", "sheets"):
        assert chief.get(f"/desk/{room}").status_code in (200, 404), room
    assert TestClient(service).get("/").status_code == 503
