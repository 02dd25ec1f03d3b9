from __future__ import annotations

import io
import zipfile

import pytest

from bot.desk.desk import Desk
from corpus.readers.worker import ReadingLimits
from tests.bot.desk.browser import Browser
from tests.bot.desk.page_text import PAGE


def test_several_files_and_an_archive_become_documents(editor: Browser, desk: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.txt", "停水通知\n\n明天停水。")
        archive.writestr("b.md", "# 防火\n\n火灾要报警。")
    editor.get("/desk/add")
    editor.send(
        "/desk/add",
        files=[("files", ("A3.txt", PAGE.encode())), ("files", ("all.zip", packed.getvalue()))],
        text="通知\n\n明天放假。",
    )
    assert editor.page.url.path in ("/desk/sheets", "/desk/add")
    names = [record.name for record in desk.sheets.open()]
    assert "A3.txt" in names
    assert any(name.startswith("pasted-") for name in names)


def test_what_cannot_be_read_is_named_and_the_typed_text_stays(editor: Browser, desk: Desk) -> None:
    for values, said in (
        ({"files": [("files", ("a.txt", b""))]}, "a.txt : the file is empty"),
        ({"url": "ftp://x/y"}, "an address begins with http:// or https://"),
        ({"url": "http://127.0.0.1:9/x"}, "http://127.0.0.1:9/x :"),
        ({"url": "file:///etc/passwd"}, "an address begins with http:// or https://"),
    ):
        editor.get("/desk/add")
        editor.send("/desk/add", **values)  # type: ignore[arg-type]
        assert editor.page.status_code == 400
        assert said in editor.said
    assert 'value="file:///etc/passwd"' in editor.page.text
    assert desk.sheets.open() == []


def test_nothing_sent_and_wrong_dates(editor: Browser) -> None:
    editor.get("/desk/add")
    assert editor.send("/desk/add").status_code == 400
    editor.get("/desk/add")
    assert editor.send("/desk/add", text="a\n\nb", published="2024-13-01").status_code == 400


def test_too_large_uploads_are_cut_off(editor: Browser, desk: Desk) -> None:
    editor.get("/desk/add")
    editor.send("/desk/add", files=[("files", ("a.txt", b"x" * 60_100_000))])
    assert editor.page.status_code == 413
    editor.get("/desk/add")
    editor.send("/desk/add", files=[("files", (f"{n}.txt", b"x")) for n in range(201)])
    assert editor.page.status_code == 400
    assert desk.sheets.open() == []


def test_the_name_of_a_file_is_no_path(editor: Browser, desk: Desk) -> None:
    editor.get("/desk/add")
    editor.send("/desk/add", files=[("files", ("..\\..\\x/../<b>.txt", "停水\n\n明天停水。".encode()))])
    assert [record.name for record in desk.sheets.open()] == ["<b>.txt"]
    assert "&lt;b&gt;.txt" in editor.page.text


def test_a_document_that_costs_too_much_is_refused_and_the_others_come_in(
    editor: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.adding.LIMITS", ReadingLimits(own=0, per_megabyte=0, waiting=1))
    editor.get("/desk/add")
    page = b"<html><body><h1>A</h1><p>" + b"word. " * 100 + b"</p></body></html>"
    editor.send("/desk/add", files=[("files", ("a.html", page)), ("files", ("b.txt", PAGE.encode()))])
    assert "a.html : reading it takes more than 0 seconds" in editor.said
    assert [record.name for record in desk.sheets.open()] == ["b.txt"]
