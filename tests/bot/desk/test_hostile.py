"""Some hundred requests that mean harm: each is refused, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import sqlalchemy as sa

from bot.desk.desk import Desk
from bot.operations.database import metadata
from bot.operations.questions import QuestionBook, QuestionRecord
from corpus.article import Article, to_markdown
from tests.bot.desk.browser import Browser
from tests.bot.desk.test_door import addresses
from tests.bot.desk.test_questions import apart

SCRIPT = "<script>alert(1)</script>\"'>{{7777777*7}}"
PATHS = (
    "..%2f..%2fetc%2fpasswd",
    "..",
    "%00",
    "a%0d%0ab",
    "....//",
    "~root",
    "con.md",
    "x" * 300,
    "%ff",
    "*",
)
KEPT_ASIDE = {"audit_log", "sessions", "failed_sign_ins", "keys"}
"""Tables in which a refusal may leave a line."""

PUBLISHERS = (
    "questions", "figures", "votes", "cards", "pause", "trials", "settings", "users", "log", "articles/water",
    "synonyms", "evaluations",
)  # fmt: skip


@pytest.fixture(autouse=True)
def library(desk: Desk) -> None:
    (desk.articles / "cards").mkdir()
    water = Article("water", "停水", "明天停水。")
    (desk.articles / "water.md").write_text(to_markdown(water), encoding="utf-8")
    book, today = QuestionBook(desk.database, apart), datetime.now().date().isoformat()
    book.add({QuestionRecord(today, "几点", "几点?", "zh-Hans", "none"): 1})
    book.sort()


def everything(desk: Desk) -> object:
    """The files and the rows that no refused request may change."""
    files = {path: path.read_bytes() for path in desk.articles.rglob("*") if path.is_file()}
    with desk.database.reading() as connection:
        rows = {
            name: connection.execute(sa.select(table).order_by(*table.primary_key)).fetchall()
            for name, table in metadata.tables.items()
            if name not in KEPT_ASIDE
        }
    return files, rows


def posts(desk: Desk) -> Iterator[str]:
    ids = {"questions/1/articles/1": "questions/1/articles/water", "articles/1": "articles/water"}
    for method, address in addresses(desk):
        if method == "POST" and address not in ("/desk/1", "/desk/sign-in", "/desk/sign-out"):
            yield "/desk/" + ids.get(address.removeprefix("/desk/"), address.removeprefix("/desk/"))


def test_forged_forms_change_nothing(desk: Desk, administrator: Browser) -> None:
    before, count = everything(desk), 0
    administrator.get("/desk/users")
    token = administrator.token
    for address in posts(desk):
        for data, headers in (
            ({"action": "remove"}, {}),
            ({"token": "x" * 43, "action": "save"}, {}),
            ({"token": token[:-1], "action": "publish"}, {}),
            ({"token": token, "action": "save"}, {"origin": "https://evil.example"}),
            ({"token": token, "action": "save"}, {"sec-fetch-site": "cross-site"}),
        ):
            status = administrator.client.post(address, data=data, headers=headers).status_code
            assert status in (403, 404, 405), (address, status)
            count += 1
    assert everything(desk) == before
    assert count >= 70


def test_nonsense_in_every_field_breaks_nothing(desk: Desk, administrator: Browser) -> None:
    before = everything(desk)
    for address in posts(desk):
        for value in (SCRIPT, "\x00\ud800".encode("utf-8", "replace").decode(), "9" * 400, "-1"):
            administrator.get("/desk/users")
            names = (
                "action", "name", "role", "password", "version", "zone", "at", "title-1", "body-1", "shown",
                "published", "state", "word-1", "sentence", "question", "rank", "phones", "when", "title",
                "published", "url", "groups", "tried", "examples", "barred",
            )  # fmt: skip
            typed = dict.fromkeys(names, value)
            status = administrator.client.post(
                address, data={**typed, "token": administrator.token}
            ).status_code
            assert 400 <= status < 500 or status == 200, (address, value, status)
    assert everything(desk) == before


@pytest.mark.parametrize("path", PATHS)
def test_tricks_in_addresses_lead_nowhere(administrator: Browser, path: str) -> None:
    for room in ("articles", "sheets", "cards", "trials", "questions", "evaluations", "files"):
        response = administrator.client.get(f"/desk/{room}/{path}")
        assert response.status_code in (200, 303, 400, 404, 409), (room, path, response.status_code)
        assert "root:" not in response.text


def test_an_editor_does_nothing_of_a_publishers(desk: Desk, editor: Browser) -> None:
    before = everything(desk)
    editor.get("/desk/add")
    token = editor.token
    for address in posts(desk):
        if address.removeprefix("/desk/").startswith(PUBLISHERS):
            data = {"token": token, "action": "save", "shown": "x", "sentence": "停", "state": "not for us"}
            assert editor.client.post(address, data=data).status_code == 403, address
    assert everything(desk) == before


def test_what_was_typed_is_shown_as_text(desk: Desk, administrator: Browser) -> None:
    for address in (
        "/desk/articles?q=",
        "/desk/cards?q=",
        "/desk/cards/new?when=",
        "/desk/questions/1/articles?q=",
    ):
        text = administrator.client.get(address + SCRIPT).text
        assert "<script>alert" not in text
        assert "54444439" not in text
