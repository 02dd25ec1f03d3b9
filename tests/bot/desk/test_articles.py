"""Published articles are found, corrected, withdrawn and brought back."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.desk.history import DiffLine, diff
from corpus.article import Article, to_markdown
from corpus.library.editing import find
from tests.bot.desk.browser import Browser

WATER = Article("water", "停水通知", "明天停水,请储水。\n\n## 时间\n\n上午九点。", source="驿城晚报")


@pytest.fixture(autouse=True)
def library(desk: Desk) -> None:
    (desk.articles / "water.md").write_text(to_markdown(WATER), encoding="utf-8")
    (desk.articles / "fire.md").write_text(
        to_markdown(Article("fire", "防火", "火灾报警。")), encoding="utf-8"
    )


def fields(browser: Browser) -> dict[str, str]:
    text = browser.page.text
    shown = re.search(r'name="shown" value="(\w+)"', text)
    assert shown
    return {**browser.typed, "shown": shown[1]}


def act(browser: Browser, action: str, **typed: object) -> None:
    browser.send("/desk/articles/water", **{**fields(browser), **typed, "action": action})


def now(desk: Desk) -> Article:
    return find(desk.articles, "water")[1]


def test_articles_are_found_and_a_change_in_the_folder_shows(editor: Browser, desk: Desk) -> None:
    assert "2 articles" in editor.get("/desk/articles").text
    editor.get("/desk/articles?q=储水")
    assert "停水通知" in editor.said
    assert "防火" not in editor.said
    (desk.articles / "fire.md").unlink()
    (desk.articles / "bad.md").write_text("---\nnonsense: 1\n---\n\nx", encoding="utf-8")
    editor.get("/desk/articles?status=published")
    assert "1 articles" in editor.said or "1 article" in editor.said
    assert "bad.md: unknown front matter nonsense" in editor.said


def test_a_correction_is_written_and_the_former_text_kept(
    publisher: Browser, desk: Desk, changes: list[str]
) -> None:
    publisher.get("/desk/articles/water")
    act(publisher, "save", body="后天停水。", correction="日期有误。", supersedes="fire, old")
    assert "Saved." in publisher.said
    assert (now(desk).body, now(desk).correction, now(desk).supersedes) == (
        "后天停水。",
        "日期有误。",
        ("fire", "old"),
    )
    assert changes == ["changed"]
    assert desk.log.latest(1)[0].details == '{"article": "water", "correction": "日期有误。"}'
    [former] = desk.former("water")
    publisher.get(f"/desk/articles/water/{former.stem}")
    assert "− 明天停水,请储水。" in publisher.said
    assert "+ 后天停水。" in publisher.said
    shown = re.findall(r'name="shown" value="(\w+)"', publisher.page.text)[0]
    publisher.send(f"/desk/articles/water/{former.stem}", shown=shown)
    assert (now(desk).body, now(desk).correction) == (WATER.body, "日期有误。")
    assert len(desk.former("water")) == 2


def test_a_withdrawal_needs_a_reason_and_is_taken_back(publisher: Browser, desk: Desk) -> None:
    publisher.get("/desk/articles/water")
    act(publisher, "withdraw", reason=" ")
    assert publisher.page.status_code == 400
    publisher.get("/desk/articles/water")
    act(publisher, "withdraw", reason="内容\n失实")
    assert (now(desk).status, now(desk).withdrawal) == ("withdrawn", "内容 失实")
    act(publisher, "reinstate")
    assert now(desk) == WATER


def test_the_second_of_two_is_told_and_loses_nothing(
    publisher: Browser, administrator: Browser, desk: Desk
) -> None:
    administrator.get("/desk/articles/water")
    publisher.get("/desk/articles/water")
    act(publisher, "save", body="甲。")
    act(administrator, "save", body="乙。")
    assert administrator.page.status_code == 409
    assert "Somebody else has changed this article" in administrator.said
    assert "乙。" in administrator.page.text
    assert now(desk).body == "甲。"
    act(administrator, "save")
    assert now(desk).body == "乙。"


def test_editors_see_and_cannot_change(editor: Browser, desk: Desk) -> None:
    editor.get("/desk/articles/water")
    for action in ("save", "withdraw", "reinstate"):
        act(editor, action, body="x", reason="x")
        assert editor.page.status_code == 403
        editor.get("/desk/articles/water")
    assert now(desk) == WATER


@pytest.mark.parametrize(
    "path",
    [
        "/desk/articles/none", "/desk/articles/..%2f..%2fetc", "/desk/articles/water/none",
        "/desk/articles/water/2024-01-01T000000.000000Z", "/desk/articles/.history",
    ],
)  # fmt: skip
def test_articles_that_are_none(service: FastAPI, publisher: Browser, path: str) -> None:
    assert publisher.client.get(path, follow_redirects=False).status_code in (200, 303, 307, 404)
    assert "root:" not in publisher.get(path).text


def test_a_replayed_form_changes_nothing(publisher: Browser, desk: Desk) -> None:
    publisher.get("/desk/articles/water")
    form = {**fields(publisher), "token": publisher.token, "body": "甲。", "action": "save"}
    assert publisher.client.post("/desk/articles/water", data=form).status_code == 200
    publisher.get("/desk/articles/water")
    act(publisher, "save", body="乙。")
    assert publisher.client.post("/desk/articles/water", data=form).status_code == 409
    assert now(desk).body == "乙。"


def test_wrong_values_are_refused(publisher: Browser, desk: Desk) -> None:
    for typed in ({"title": " "}, {"body": " "}, {"published": "2024-13-01"}):
        publisher.get("/desk/articles/water")
        act(publisher, "save", **typed)
        assert publisher.page.status_code == 400
    publisher.get("/desk/articles/water")
    act(publisher, "remove")
    assert publisher.page.status_code == 400
    assert now(desk) == WATER


def test_lines_that_differ() -> None:
    assert list(diff("a\nb\nc", "a\nd\nc")) == [
        DiffLine("", "a"),
        DiffLine("-", "b"),
        DiffLine("+", "d"),
        DiffLine("", "c"),
    ]
