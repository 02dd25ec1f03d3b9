"""Articles and passages come back from the file as they went in."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.passages import passages
from index.duplicates import Relation
from index.store.text_file import write_texts
from index.store.texts import Texts

ARTICLES = [
    Article(
        "zeta",
        "诈骗",
        "　　不转账。\n\n## 怎么办\n\n报警!打110。",
        kicker="公安局",
        published=date(2024, 11, 26),
    ),
    Article("empty", "没有正文", ""),
    Article("alpha", "Fire drill", "Leave at 3.30 p.m. today. 𠮷 Do not run."),
]
RELATIONS = [Relation(0, 1, True), Relation(0, 2, True), Relation(1, 2, False)]
WITHDRAWN = Article(
    "gone", "撤稿", "失实的文字。", status="withdrawn", withdrawal="失实", withdrawn_on=date(2025, 1, 2)
)
PASSAGES = [passage for article in ARTICLES for passage in passages(article)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "文本 50%#?.sqlite"
    write_texts(path, dict(enumerate(ARTICLES)), dict(enumerate(PASSAGES)), RELATIONS, [WITHDRAWN])
    return path


def test_articles_are_found_by_position_and_by_id(path: Path) -> None:
    with closing(Texts(path)) as texts:
        assert texts.articles() == ARTICLES
        assert [texts.article(position) for position in range(3)] == ARTICLES
        assert texts.article_by_id("alpha") == ARTICLES[2]
        assert texts.article_by_id("none") is None
        assert texts.positions(["alpha", "none", "zeta"]) == [2, 0]


def test_passages(path: Path) -> None:
    with closing(Texts(path)) as texts:
        assert [texts.passage(row) for row in range(3)] == [
            (ARTICLES[0], PASSAGES[0]),
            (ARTICLES[0], PASSAGES[1]),
            (ARTICLES[2], PASSAGES[2]),
        ]
        assert texts.owners.tolist() == [0, 0, 2]
        assert texts.files[0].first_sentences.tolist() == [0, 1, 3, 5]


def test_relations(path: Path) -> None:
    with closing(Texts(path)) as texts:
        assert texts.copies == {0: {1, 2}, 1: {0}, 2: {0}}
        assert texts.editions == {1: {2}, 2: {1}}
        assert texts.others("zeta", texts.copies) == ARTICLES[1:]
        assert texts.others("zeta", texts.editions) == texts.others("none", texts.copies) == []


def test_a_day_is_a_number_that_grows_and_0_without_a_date(path: Path) -> None:
    with closing(Texts(path)) as texts:
        assert [texts.day(position) for position in range(3)] == [date(2024, 11, 26).toordinal(), 0, 0]


def test_of_a_withdrawn_article_the_text_is_not_kept(path: Path) -> None:
    with closing(Texts(path)) as texts:
        assert texts.withdrawn() == [replace(WITHDRAWN, body="")]
        assert texts.article_by_id("gone") is None
    assert WITHDRAWN.body.encode() not in path.read_bytes()


def test_several_threads_may_read(path: Path) -> None:
    with closing(Texts(path)) as texts, ThreadPoolExecutor(8) as pool:
        rows = [number % 3 for number in range(300)]
        assert [passage for _, passage in pool.map(texts.passage, rows)] == [PASSAGES[row] for row in rows]


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "texts.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        Texts(tmp_path / "texts.sqlite")
