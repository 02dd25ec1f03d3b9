"""Question files: what is read, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluate.questions import (
    GoldQuestion,
    QuestionFileError,
    QuestionSet,
    UnknownArticleError,
    check_articles,
    read_questions,
)

JSONL = (
    '{"question": "什么?", "article": ["a", "b"], "answers": "是", "history": ["前?"], "language": "en"}\n'
)
CSV = "question,article,answers,answerable,category,history\n什么?,a|b,是|对,yes,x,前?|再前?\n\n谁?,,,no,,\n"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_json_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path, "mine.jsonl", JSONL + '\n{"question": " 谁? ", "id": "who", "answerable": false}'
    )
    assert read_questions(path) == QuestionSet(
        "mine",
        (
            GoldQuestion("q1", "什么?", f"{path}, line 1", ("a", "b"), ("是",), True, "en", history=("前?",)),
            GoldQuestion("who", "谁?", f"{path}, line 3", answerable=False),
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_every_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "mine.csv", CSV.encode(encoding))
    assert read_questions(path).questions == (
        GoldQuestion(
            "q1",
            "什么?",
            f"{path}, line 2",
            ("a", "b"),
            ("是", "对"),
            True,
            category="x",
            history=("前?", "再前?"),
        ),
        GoldQuestion("q2", "谁?", f"{path}, line 4", answerable=False),
    )


def test_csv_with_semicolons_and_a_cell_of_two_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.csv", 'question;answers\r\n"第一行\r\n第二行?";"是;对"\r\n谁?;我\r\n')
    first, second = read_questions(path).questions
    assert (first.text, first.answers) == ("第一行\r\n第二行?", ("是;对",))
    assert second.where == f"{path}, line 4"


def test_a_character_that_json_writes_as_a_pair_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "q.jsonl", '{"question": "a?", "answers": "\\ud83d\\ude00"}')
    assert read_questions(path).questions[0].answers == ("😀",)


def test_json_parts_texts_as_csv_does_and_empty_ones_are_as_if_missing(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "q.jsonl",
        '{"question": "a?", "id": "", "article": "x|y", "answers": ["是|非", ""], "kind": "when",'
        ' "language": ""}\n'
        '{"question": "b?", "article": "", "answers": "", "answerable": ""}\n',
    )
    first, second = read_questions(path).questions
    assert (first.id, first.articles, first.answers, first.kind) == ("q1", ("x", "y"), ("是|非",), "when")
    assert (second.articles, second.answers, second.answerable) == ((), (), None)


def test_whether_it_is_answerable_follows_from_what_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "q.jsonl", '{"question": "a?", "article": "x"}\n{"question": "b?"}\n')
    assert [question.answerable for question in read_questions(path).questions] == [True, None]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.jsonl", "", "q.jsonl is empty; at least one question is needed"),
        ("q.jsonl", '{"question": "a?"}\n{"question": ', "line 2: no JSON (Expecting value)"),
        ("q.jsonl", '["a?"]', 'line 1: a list came, an object like {"question": "…"} is expected'),
        ("q.jsonl", '{"text": "a?"}', "line 1: unknown column 'text'; expected: the columns question,"),
        ("q.jsonl", '{"answers": "a"}', 'line 1: there is no question; expected: a column "question"'),
        ("q.jsonl", '{"question": 5}', "line 1: the question is 5; expected: a text"),
        ("q.jsonl", '{"question": "…?"}', "line 1: the question has no letter and no digit"),
        (
            "q.jsonl",
            '{"question": "a?", "answers": [5]}',
            "line 1: answers is [5]; expected: a text or a list",
        ),
        ("q.jsonl", '{"question": "a?", "language": 5}', "line 1: language is 5; expected: a text"),
        (
            "q.jsonl",
            '{"question": "a?", "answerable": "perhaps"}',
            "answerable is 'perhaps'; expected: true or",
        ),
        ("q.jsonl", '{"question": "a?", "answerable": 1}', "answerable is 1; expected: true or false"),
        ("q.jsonl", '{"question": "a?", "answerable": false, "article": "x"}', "yet an article or answer is"),
        ("q.jsonl", '{"question": "a?", "answers": "\\ud83d"}', "line 1: half of a character"),
        ("q.jsonl", '{"question": "a?", "id": "1"}\n' * 2, "line 2: the id '1' is taken by"),
        ("q.jsonl", "[" * 100_000, "line 1: no JSON (nested too deep)"),
        (
            "q.csv",
            "问题,答案\na?,b\n",
            "line 1: the columns are '问题', '答案'; 'question' must be among them",
        ),
        ("q.csv", "question,question\na?,b\n", "line 1: the column 'question' is there twice"),
        (
            "q.csv",
            "question,answers\na?,b,c\n",
            "line 2: 3 cells came, 2 are expected; put a cell that holds",
        ),
        ("q.csv", "question,answers\n,b\n", "line 2: there is no question"),
        ("q.csv", 'question\n"a?\n', "line 2: no CSV (unexpected end of data)"),
        ("q.csv", "question\n", "q.csv holds no question; at least one is needed"),
        (
            "q.csv",
            "question\n怎样防范?\n".encode("gb18030"),
            "line 2: not UTF-8 text; save the file as UTF-8",
        ),
        ("q.txt", "a?", "q.txt: a question file's name ends in .jsonl or .csv"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(QuestionFileError) as error:
        read_questions(written(tmp_path, name, content))
    assert said in str(error.value)
    assert name in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"none\.csv cannot be read: No such file"):
        read_questions(tmp_path / "none.csv")


def test_an_article_that_the_corpus_has_not(tmp_path: Path) -> None:
    path = written(tmp_path, "q.jsonl", '{"question": "a?", "article": "b"}')
    with pytest.raises(
        UnknownArticleError, match=r"line 1: the corpus has no article 'b'; it has 2, such as a, c"
    ):
        check_articles(read_questions(path), frozenset({"a", "c"}))
    check_articles(read_questions(path), frozenset({"b"}))
