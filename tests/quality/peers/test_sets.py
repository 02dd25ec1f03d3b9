from __future__ import annotations

import json
from pathlib import Path

from tests.quality.peers.contract import Document
from tests.quality.peers.sets import Question, read_beir, read_own


def write(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": "a", "title": "标题", "text": "正文"}, {"_id": "b", "title": "", "text": "别的"}]
    queries = [
        {"_id": "q1", "text": "谁?", "metadata": {"answers": ["张静"]}},
        {"_id": "q2", "text": " ", "metadata": {"answers": ["空"]}},
        {"_id": "q3", "text": "没有?", "metadata": {"answers": []}},
        {"_id": "q4", "text": "几份?", "metadata": {"answers": ["三", "3"]}},
    ]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    qrels = ["query-id\tcorpus-id\tscore", "q1\ta\t1", "q2\ta\t1", "q3\ta\t0", "q4\ta\t1", "q4\tb\t1"]
    (folder / "qrels" / "test.tsv").write_text("\n".join(qrels) + "\n", encoding="utf-8")
    return folder


def test_a_beir_folders_answered_questions_are_read(tmp_path: Path) -> None:
    found = read_beir(write(tmp_path / "news"))
    assert found.name == "news"
    assert found.documents == (Document("a", "标题", "正文"), Document("b", "", "别的"))
    assert found.questions == (
        Question("谁?", frozenset("a"), ("张静",)),
        Question("几份?", frozenset("ab"), ("三", "3")),
    )


def test_a_limit_keeps_the_whole_corpus(tmp_path: Path) -> None:
    found = read_beir(write(tmp_path / "news"), limit=1)
    assert [question.text for question in found.questions] == ["谁?"]
    assert len(found.documents) == 2


def test_every_own_question_has_a_right_article_and_its_answer_in_one() -> None:
    own = read_own()
    bodies = {document.id: document.text for document in own.documents}
    for question in own.questions:
        texts = [bodies[article] for article in question.right]
        assert any(answer in text for answer in question.answers for text in texts), question.text
