"""What version 0.1.0 left is taken over: its index is built anew, its votes go into the database.

state-0.1.0.zip is the state folder that the code of 0.1.0 made of these two articles, with the embedder of
its tests and one vote (the commit of 2025-11-25, its own `build` and `Votes.keep`).
"""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

import app
from bot.cli.settings import library_settings
from bot.cli.startup import open_votes, state_database
from bot.operations.votes import VoteRecord
from corpus.article import Article, to_markdown
from tests.index.fake_embedder import FakeEmbedder

STATE = Path(__file__).with_name("state-0.1.0.zip")
SCAM = Article("scam", "防诈骗", "不要向陌生人透露信息。诈骗电话很多。")
FIRE = Article("fire", "防火灾", "火灾隐患要及时消除。火灾会造成损失。")
VOTE = VoteRecord(
    "a" * 16,
    "up",
    "很清楚",
    "诈骗怎么防?",
    "zh-Hans",
    "answered",
    0.9,
    (("scam", 0, 17),),
    date(2025, 11, 25),
)


@pytest.fixture(autouse=True)
def former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder as 0.1.0 left it, beside its articles."""
    articles, state = tmp_path / "articles", tmp_path / "state"
    articles.mkdir()
    for article in (SCAM, FIRE):
        (articles / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")
    with ZipFile(STATE) as made:
        made.extractall(state)
    monkeypatch.setenv("YUANWEN_ARTICLES", str(articles))
    monkeypatch.setenv("YUANWEN_STATE", str(state))
    monkeypatch.setenv("YUANWEN_RERANKER", "none")
    monkeypatch.setattr("index.models.embedder.load_embedder", lambda *arguments, **options: FakeEmbedder())
    return state


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `python app.py ARGUMENTS` prints."""
    monkeypatch.setattr("sys.argv", ["app.py", *arguments])
    with pytest.raises(SystemExit) as leaving:
        app.main()
    assert not leaving.value.code
    return capsys.readouterr().out


def test_the_index_is_told_to_be_of_another_version_and_built_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    told = run(monkeypatch, capsys, "status")
    assert told.endswith(
        "state    built by another version; serve builds it anew, or run: python app.py build\n"
    )
    caplog.set_level(logging.INFO)
    assert run(monkeypatch, capsys, "build").startswith("built: 2 articles, 2 passages, ")
    assert "the index was built by another version: it is built anew" in caplog.messages
    assert run(monkeypatch, capsys, "status").endswith("state    up to date\n")
    assert "不要向陌生人透露信息。" in run(monkeypatch, capsys, "ask", "诈骗怎么防?")


def test_the_votes_go_into_the_database_with_a_word(former: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    settings = library_settings()
    database = state_database(settings)
    assert database
    assert open_votes(settings, database).all() == [VOTE]
    assert f"1 votes of {former / 'feedback.sqlite'} are in the database now" in caplog.text
    assert not (former / "feedback.sqlite").exists()
    assert open_votes(settings, database).all() == [VOTE]
    database.close()
