"""A folder in BEIR layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluate.beir import article_id, read_beir_articles, read_beir_questions
from bot.evaluate.questions import QuestionFileError

CORPUS = '{"_id": "d#1", "title": "", "text": "火灾要报警。"}\n{"_id": "d2", "text": "诈骗。"}\n'
QUERIES = (
    '{"_id": "a", "text": "火灾?", "metadata": {"answers": ["报警"], "language": "zh-Hans", "source": "x"}}\n'
    '{"_id": "b", "text": "", "metadata": {}}\n'
    '{"_id": "c", "text": "谁?"}\n'
    '{"_id": "d", "text": "天气?", "metadata": {"answerable": false}}\n'
)
QRELS = "query-id\tcorpus-id\tscore\na\td#1\t1\na\td2\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(CORPUS, encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(QUERIES, encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    (tmp_path / "qrels" / "dev.tsv").write_text("a\td2\t2\n", encoding="utf-8")
    return tmp_path


def test_articles_with_and_without_title(folder: Path) -> None:
    assert [(a.id, a.title, a.body) for a in read_beir_articles(folder)] == [
        ("d_23_1", "-", "火灾要报警。"),
        ("d2", "-", "诈骗。"),
    ]


def test_questions_with_the_judgements_of_all_files(folder: Path) -> None:
    found = read_beir_questions(folder)
    first, last = found.questions
    assert (first.id, first.articles, first.answers) == ("a", ("d2", "d_23_1"), ("报警",))
    assert (first.answerable, first.language) == (True, "zh-Hans")
    assert (last.id, last.answerable) == ("d", False)
    assert [line.split("queries.jsonl, ")[1] for line in found.left_out] == [
        "line 2: the question is refused: empty (allowed: 1 to 500 characters of text)",
        "line 3: nothing says what would be right",
    ]


@pytest.mark.parametrize(
    ("raw", "ours"), [("a1", "a1"), ("12#3", "12_23_3"), ("_a", "x_5f_a"), ("文", "x_6587_")]
)
def test_an_id_becomes_one_that_our_articles_may_have(raw: str, ours: str) -> None:
    assert article_id(raw) == ours


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "corpus.jsonl",
            '{"_id": "a", "title": ""}',
            "corpus.jsonl, line 1: text is None, a text is expected",
        ),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n' * 2, "line 2: another article has the id 'a' too"),
        ("corpus.jsonl", '{"_id": "", "text": "x"}', "line 1: _id is '', an id is expected"),
        ("queries.jsonl", '{"_id": "a", "text": "x?"}\n' * 2, "line 2: the id 'a' is taken by"),
        ("queries.jsonl", '{"_id": "a", "text": "x?", "metadata": 5}', "line 1: metadata is 5, an object is"),
        (
            "queries.jsonl",
            '{"_id": "b", "text": "x?"}',
            "qrels names the query 'a', which queries.jsonl has not",
        ),
        (
            "qrels/test.tsv",
            "a d2 1\n",
            "test.tsv, line 1: 'a d2 1' came; expected: query-id, corpus-id and a",
        ),
        ("qrels/test.tsv", "a\td2\tmuch\n", "test.tsv, line 1: "),
    ],
)
def test_a_wrong_folder_is_named_with_its_line(folder: Path, name: str, content: str, said: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(QuestionFileError) as error:
        (read_beir_articles if name == "corpus.jsonl" else read_beir_questions)(folder)
    assert said in str(error.value)


def test_a_folder_without_qrels(folder: Path) -> None:
    for path in (folder / "qrels").iterdir():
        path.unlink()
    with pytest.raises(QuestionFileError, match=r"qrels holds no \*\.tsv with lines of query-id"):
        read_beir_questions(folder)
