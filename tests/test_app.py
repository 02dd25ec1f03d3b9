"""The command line, with the fake embedder; the service itself is tested under tests/bot/web."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import app
from bot import messages
from corpus.article import Article, to_markdown
from tests.index.fake_embedder import FakeEmbedder

README = Path(__file__).parents[1] / "README.md"
SCAM = Article(
    id="scam", title="防诈骗", body="不要向陌生人透露信息。诈骗电话很多。", byline="本报讯(记者 张静)"
)


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "scam.md").write_text(to_markdown(SCAM), encoding="utf-8")
    monkeypatch.setenv("YUANWEN_ARTICLES", str(articles))
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(app, "load_embedder", lambda model, state: FakeEmbedder())
    return articles


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of `python app.py ARGUMENTS`."""
    monkeypatch.setattr("sys.argv", ["app.py", *arguments])
    with pytest.raises(SystemExit) as leaving:
        app.main()
    code = leaving.value.code
    printed = capsys.readouterr()
    message = "" if code is None or isinstance(code, int) else str(code)
    return (1 if message else int(code or 0)), printed.out, printed.err + message


def test_build_status_ask_and_list(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "none in" in run(monkeypatch, capsys, "status")[1]
    assert run(monkeypatch, capsys, "build")[1] == "built: 1 articles, 1 passages, 3 texts embedded\n"
    assert run(monkeypatch, capsys, "build")[1] == "up to date: 1 articles, 1 passages, 0 texts embedded\n"
    assert "state    up to date" in run(monkeypatch, capsys, "status")[1]
    assert run(monkeypatch, capsys, "list")[1] == "scam              published  防诈骗\n"
    status, out, _ = run(monkeypatch, capsys, "ask", "诈骗电话怎么防?")
    assert status == 0
    assert "\n  不要向陌生人透露信息。诈骗电话很多。\n  —— 防诈骗 · 本报讯(记者 张静)\n" in out
    answer = json.loads(run(monkeypatch, capsys, "ask", "诈骗电话怎么防?", "--json")[1])
    assert answer["quotes"][0]["article"]["id"] == "scam"
    fields = {"question", "language", "verdict", "confidence", "quotes", "nearest", "took_ms", "reply"}
    assert fields == set(answer)
    assert run(monkeypatch, capsys, "ask", "谢谢!")[1] == f"{messages.WELCOME_THANKS.hans}\n"


def test_status_says_when_the_articles_have_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    run(monkeypatch, capsys, "build")
    (library / "new.md").write_text("---\ntitle: 新\n---\n\n火灾。\n", encoding="utf-8")
    assert "out of date; run: python app.py build" in run(monkeypatch, capsys, "status")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "诈骗怎么防?"], "there is no index in"),
        (["ask", "  "], "请先输入您的问题。"),
        (["ask", "is it safe " * 100], "within 500 characters"),
    ],
)
def test_an_error_is_one_sentence_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    if "index" not in said:
        run(monkeypatch, capsys, "build")
    status, out, err = run(monkeypatch, capsys, *arguments)
    assert (status, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1


def test_a_broken_article_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    (library / "broken.md").write_text("---\ntitel: x\n---\n\ny\n", encoding="utf-8")
    status, _, err = run(monkeypatch, capsys, "build")
    assert status == 1
    assert "broken.md: unknown front matter titel" in err


def test_a_taken_port_is_an_error_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.web.listening import listen

    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("YUANWEN_PORT", str(port))
        status, _, err = run(monkeypatch, capsys, "serve")
    assert status == 1
    assert f"port {port} on 127.0.0.1 is taken" in err
    assert "YUANWEN_PORT" in err


def test_every_command_that_readme_names_is_there() -> None:
    named = set(re.findall(r"python app\.py (\w+)", README.read_text(encoding="utf-8")))
    assert named == {"ask", "build", "list", "serve", "status"}
