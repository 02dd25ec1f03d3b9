"""Groups of words that mean the same: read, told where wrong, added, taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library.files import LibraryError, additions
from corpus.library.synonyms import (
    SynonymsError,
    add_synonyms,
    read_synonyms,
    remove_synonyms,
    synonym_problems,
)

FILE = """\ufeff# 读者的说法
信号塔 = 基站
医保=城乡居民医疗保险 = health insurance

落单
塔 = 基地
基站 = 铁塔
灯笼 = 灯笼
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "synonyms.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_groups_are_read_and_wrong_lines_told(tmp_path: Path) -> None:
    path = write(tmp_path, FILE)
    assert read_synonyms(tmp_path) == (
        ("信号塔", "基站"),
        ("医保", "城乡居民医疗保险", "health insurance"),
    )
    assert list(synonym_problems(tmp_path)) == [
        (path, "line 5: '落单' stands alone; write a group like 信号塔 = 基站"),
        (path, "line 6: '塔': a word of 2 to 40 characters is allowed"),
        (path, "line 7: '基站' stands in line 2 too"),
        (path, "line 8: a word stands twice"),
    ]
    assert additions(tmp_path) == [path]


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path) == ()
    assert list(synonym_problems(tmp_path)) == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(LibraryError, match=r"synonyms\.txt"):
        read_synonyms(tmp_path)
    [(_, told)] = synonym_problems(tmp_path)
    assert "can't decode byte 0xff" in told


def test_a_group_is_added_and_taken_away_and_the_rest_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "# 我的\n信号塔 = 基站")
    assert add_synonyms(tmp_path, ["骗子 ", "诈骗分子"]) == ("骗子", "诈骗分子")
    assert path.read_text("utf-8") == "# 我的\n信号塔 = 基站\n骗子 = 诈骗分子\n"
    assert remove_synonyms(tmp_path, "基站") == ("信号塔", "基站")
    assert path.read_text("utf-8") == "# 我的\n骗子 = 诈骗分子\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["信号塔"], "'信号塔' stands alone"),
        (["基站", "铁塔"], "'基站' stands in line 1 too"),
        (["铁塔", "a=b"], "words without = and # are allowed"),
        (["# 铁塔", "塔楼"], "words without = and # are allowed"),
        (["铁塔", "塔\n楼"], "words without = and # are allowed"),
        (["铁塔", "楼" * 41], "a word of 2 to 40 characters is allowed"),
    ],
)
def test_what_is_no_group_changes_nothing(tmp_path: Path, words: list[str], message: str) -> None:
    path = write(tmp_path, "信号塔 = 基站\n")
    with pytest.raises(SynonymsError, match=message):
        add_synonyms(tmp_path, words)
    with pytest.raises(SynonymsError, match="'铁塔' stands in no group"):
        remove_synonyms(tmp_path, "铁塔")
    assert path.read_text("utf-8") == "信号塔 = 基站\n"
