"""The commands of articles, as an editor types them."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.articles import commands
from corpus.article import Article, to_markdown
from corpus.library.files import LibraryError, read_library
from corpus.sources.files import SourceError

pytestmark = pytest.mark.slow  # documents are read in a process of their own

WATER = Article("water", "停水通知", "明天停水,请提前储水。")


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "in").mkdir()
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path / "articles"))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    return tmp_path / "articles"


def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    result = CliRunner().invoke(commands, list(arguments), input=stdin.encode())
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_folder_is_added_and_what_is_refused_is_named(tmp_path: Path, library: Path) -> None:
    (tmp_path / "in" / "2024-11-26").mkdir()
    (tmp_path / "in" / "2024-11-26" / "notice.txt").write_text("停水通知\n\n明天停水。", encoding="gb18030")
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x00\x01\x02\xff")
    (tmp_path / "in" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    status, out, err = run("add", str(tmp_path / "in"), "--source", "晚报")
    assert (status, out) == (
        1,
        "added      2024-11-26-notice  2024-11-26  停水通知  (晚报)\n"
        "added 1, changed 0, unchanged 0, refused 2\n",
    )
    # And nothing of the progress bar, which is for terminals.
    assert err == (
        f"refused {tmp_path}/in/bad.txt: the file holds zero bytes: it is no text\n"
        f"refused {tmp_path}/in/photo.jpg: the picture is damaged, or of a kind that is not read\n"
    )
    [article] = read_library(library)
    assert (article.id, article.source, str(article.published)) == ("2024-11-26-notice", "晚报", "2024-11-26")
    assert run("add", str(tmp_path / "in" / "2024*" / "*.txt"), "--source", "晚报")[:2] == (
        0,
        "unchanged  2024-11-26-notice  2024-11-26  停水通知  (晚报)\n"
        "added 0, changed 0, unchanged 1, refused 0\n",
    )


def test_standard_input_and_a_dry_run(library: Path) -> None:
    text = "停水通知\n\n明天停水。"
    assert run("add", "-", "--dry-run", stdin=text)[:2] == (
        0,
        "added      stdin  no date     停水通知  (no source)\n"
        "would be added 1, changed 0, unchanged 0, refused 0\n",
    )
    assert list(library.iterdir()) == []
    arguments = ("add", "-", "--published", "2024-11-26", "--url", "https://example.org/1")
    assert run(*arguments, stdin=text)[:2] == (
        0,
        "added      stdin  2024-11-26  停水通知  (no source)\nadded 1, changed 0, unchanged 0, refused 0\n",
    )
    [article] = read_library(library)
    assert (article.url, str(article.published)) == ("https://example.org/1", "2024-11-26")


def test_each_article_and_the_sum_as_json(library: Path) -> None:
    text = '{"title": "停水", "date": "昨天", "body": "明天停水。"}\n{"title": "空"}\n'
    status, out, err = run("add", "-", "--json", stdin=text)
    assert (status, err) == (1, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        {"article": {"outcome": "added", "id": "stdin-1", "title": "停水", "published": None, "source": ""}},
        {"doubt": {"name": "-:1", "text": "the date '昨天' was not read; write it like 2024-11-26"}},
        {"refused": {
            "name": "-:2", "text": "no text; a column or field body or text or content should hold it"}},
        {"summary": {
            "added": 1, "changed": 0, "unchanged": 0, "refused": 1, "doubts": 1, "dry_run": False}},
    ]  # fmt: skip


def test_no_name_reaches_the_terminal_as_a_command(tmp_path: Path, library: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in" / "a.zip", "w") as archive:
        archive.writestr("a\r\nadded 5\x1b[2J.doc", b"x")
    status, _, err = run("add", str(tmp_path / "in"))
    assert status == 1
    assert "\x1b" not in err
    assert err.count("\n") == 1
    assert r"a.zip/a\r\nadded 5\x1b[2J.doc: " in err


def test_a_mistyped_name_adds_nothing(tmp_path: Path, library: Path) -> None:
    (tmp_path / "in" / "a.txt").write_text("停水通知\n\n明天停水。", encoding="utf-8")
    with pytest.raises(SourceError, match="nowhere: no such file or folder"):
        run("add", str(tmp_path / "in" / "a.txt"), str(tmp_path / "nowhere"))
    assert list(library.iterdir()) == []


def test_a_private_address_is_refused_unless_a_setting_allows_it() -> None:
    status, out, err = run("add", "http://127.0.0.1:9/a")
    assert (status, out) == (1, "added 0, changed 0, unchanged 0, refused 1\n")
    assert "127.0.0.1 leads to 127.0.0.1, which is no public address" in err


def test_list_show_withdraw_correct_and_remove(library: Path) -> None:
    (library / "water.md").write_text(to_markdown(WATER), encoding="utf-8")
    assert run("list", "储水")[1] == "water              published  停水通知\n"
    assert run("list", "nothing")[1] == ""
    assert json.loads(run("list", "--json")[1])[0]["body"] == WATER.body
    assert run("show", "water")[1] == to_markdown(WATER)
    assert run("withdraw", "water", "--reason", "撤稿")[1] == "withdrawn water: 撤稿\n"
    assert json.loads(run("list", "--json")[1])[0]["withdrawn_on"] == str(date.today())
    assert run("correct", "water", "--note", "更正")[1] == "corrected water: 更正\n"
    assert run("list", "--status", "withdrawn")[1] == "water              withdrawn  停水通知\n"
    assert run("remove", "water")[1].startswith(
        f"removed water; its text is kept in {library}/.history/water/"
    )
    with pytest.raises(LibraryError, match="there is no article with the id 'water'"):
        run("show", "water")


def test_check(library: Path) -> None:
    (library / "water.md").write_text(to_markdown(WATER), encoding="utf-8")
    assert run("check")[:2] == (0, "no problems\n")
    (library / "empty.md").write_text("---\ntitle: 题\n---\n", encoding="utf-8")
    status, out, _ = run("check")
    assert status == 1
    assert out.startswith(f"{library}/empty.md: empty body; write the text below the front matter")
