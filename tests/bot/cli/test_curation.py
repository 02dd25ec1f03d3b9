"""The commands of an editor's say, as an editor types them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.curation import commands
from corpus.article import Article, to_markdown
from corpus.asked import ArticleQuestion
from corpus.library.editing import find
from corpus.library.files import LibraryError

WEATHER = Article("weather", "天气", "天冷。加衣!")


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "weather.md").write_text(to_markdown(WEATHER), encoding="utf-8")
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path))
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_a_question_that_an_article_answers_is_added_listed_and_removed(library: Path) -> None:
    assert run("asked", "add", "weather", "穿啥", "--sentence", "加衣") == (
        0,
        "weather is asked: 穿啥  -> 加衣!\n",
    )
    assert run("asked", "add", "weather", "冷吗") == (0, "weather is asked: 冷吗\n")
    assert find(library, "weather")[1].asked == (ArticleQuestion("穿啥", "加衣!"), ArticleQuestion("冷吗"))
    assert run("asked", "list") == (0, "weather  穿啥  -> 加衣!\nweather  冷吗\n")
    assert run("asked", "remove", "weather", "冷吗?") == (0, "weather is no longer asked: 冷吗?\n")
    assert run("asked", "list", "weather") == (0, "weather  穿啥  -> 加衣!\n")


def test_a_stale_sentence_is_told(library: Path) -> None:
    run("asked", "add", "weather", "穿啥", "--sentence", "加衣")
    path = library / "weather.md"
    path.write_text(path.read_text("utf-8").replace("天冷。加衣!", "天冷。穿衣!"), encoding="utf-8")
    assert run("asked", "list") == (0, "weather  穿啥  -> 加衣!  (stale: not in the text any more)\n")


def test_a_question_that_an_article_must_not_answer_is_added_listed_and_removed(library: Path) -> None:
    assert run("not", "add", "weather", "热吗") == (0, "never answered from weather: 热吗\n")
    assert run("not", "list") == (0, "weather  热吗\n")
    assert run("not", "remove", "weather", "热吗") == (0, "may be answered from weather again: 热吗\n")
    assert find(library, "weather")[1] == WEATHER


def test_valid_until(library: Path) -> None:
    assert run("valid-until", "weather", "2025-12-31") == (0, "weather is valid until 2025-12-31\n")
    assert find(library, "weather")[1].valid_until == date(2025, 12, 31)
    assert run("valid-until", "weather", "") == (0, "weather is valid for good\n")
    assert find(library, "weather")[1] == WEATHER
    status, out = run("valid-until", "weather", "31.12.2025")
    assert status == 2
    assert "'31.12.2025' is not a date like 2025-12-31" in out


def test_the_former_text_is_kept_and_a_wrong_id_changes_nothing(library: Path) -> None:
    with pytest.raises(LibraryError, match="there is no article with the id 'wether'"):
        run("asked", "add", "wether", "冷吗")
    run("not", "add", "weather", "热吗")
    [former] = (library / ".history" / "weather").iterdir()
    assert former.read_text("utf-8") == to_markdown(WEATHER)


def test_synonyms(library: Path) -> None:
    assert run("synonyms", "add", "信号塔", "基站") == (0, "added 信号塔 = 基站\n")
    assert run("synonyms", "list") == (0, "信号塔 = 基站\n")
    assert run("synonyms", "remove", "基站") == (0, "removed 信号塔 = 基站\n")
    assert run("synonyms", "list") == (0, "")
    with pytest.raises(LibraryError, match="'信号塔' stands alone"):
        run("synonyms", "add", "信号塔")
