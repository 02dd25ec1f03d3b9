"""A whole evaluation with the fake embedder, on a small corpus whose figures can be worked out by hand."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.evaluate.evaluation import Evaluated, Plan, evaluate
from bot.evaluate.run_folder import RunError
from corpus.article import Article, to_markdown
from tests.bot.evaluate.corpus import ARTICLES, QUESTIONS, bot_over, unseen, write_articles
from tests.index.fake_embedder import FakeEmbedder


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    questions = tmp_path / "mine.jsonl"
    questions.write_text(QUESTIONS, encoding="utf-8")
    return Plan(questions, tmp_path / "state", write_articles(tmp_path / "articles"), tmp_path / "out")


def run(plan: Plan, embedder: FakeEmbedder | None = None) -> Evaluated:
    return evaluate(plan, embedder or FakeEmbedder(), bot_over, {"model": "fake"}, unseen)


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]


def test_the_figures_of_a_small_set(plan: Plan) -> None:
    summary = run(plan).summary
    assert (summary["questions"], summary["answerable"], summary["unanswerable"]) == (4, 3, 1)
    assert [summary[name] for name in ("recall_at_1", "recall_at_10", "mrr", "ndcg_at_10")] == [1, 1, 1, 1]
    assert summary["answer_in_quotes"] == 0.6667  # "四百元" is published as "400元"
    assert summary["answer_char_recall"] == 0.7778  # of which one character of three is there
    assert summary["groups"]["category"]["sums"]["answer_char_recall"] == 0.3333
    assert summary["groups"]["category"]["elsewhere"]["recall_at_1"] is None
    assert set(summary["groups"]["language"]) == {"zh-Hans"}
    assert summary["latency_p50_ms"] > 0


def test_a_row_says_what_was_asked_and_what_came(plan: Plan) -> None:
    first, *_, last = rows(run(plan).folder)
    assert (first["id"], first["variant"], first["question"]) == ("q1", "asked", "诈骗电话怎么办?")
    assert (first["rank"], first["ranked"][0], first["right"]) == (1, "scam", ["scam"])
    quote = first["quotes"][0]
    assert ARTICLES[0].body[quote["start"] : quote["end"]] == quote["text"]
    assert (first["answer_in_quotes"], first["quotes_answer"]) == (True, True)
    assert (last["answerable"], last["quotes_answer"], last["answer_in_quotes"]) == (False, False, None)
    assert last["hit"] is (last["verdict"] != "answered")


def test_every_file_of_a_run_is_written(plan: Plan) -> None:
    folder = run(plan).folder
    assert sorted(path.name for path in folder.iterdir()) == [
        "report.html",
        "results.csv",
        "results.jsonl",
        "results.trec",
        "run.json",
        "summary.json",
    ]
    trec = (folder / "results.trec").read_text("utf-8").splitlines()
    assert trec[0].split() == ["q1", "Q0", "scam", "1", "3", "yuanwen"]
    table = list(csv.DictReader((folder / "results.csv").read_text("utf-8-sig").splitlines()))
    assert [row["question"] for row in table] == [row["question"] for row in rows(folder)]
    assert json.loads((folder / "summary.json").read_text("utf-8"))["recall_at_1"] == 1


def test_each_question_is_asked_once_more_without_its_right_articles(plan: Plan) -> None:
    summary = run(replace(plan, remove_gold=True)).summary
    assert (summary["answerable"], summary["unanswerable"]) == (3, 4)
    removed = [row for row in rows(plan.out or Path()) if row["variant"] == "gold-removed"]
    assert [row["id"] for row in removed] == ["q1", "q2", "q3"]
    for row in removed:
        assert not set(row["right"]) & {*row["ranked"], *(quote["article"] for quote in row["quotes"])}
        assert (row["answerable"], row["quotes_answer"], row["rank"]) == (False, False, None)
    assert summary["recall_at_1"] == 1


def test_an_answer_that_another_article_holds_word_for_word_is_no_case_of_refusal(plan: Plan) -> None:
    other = Article("notice", "消防提示", "火灾报警打119。")
    (plan.articles or Path()).joinpath("notice.md").write_text(to_markdown(other), encoding="utf-8")
    summary = run(replace(plan, remove_gold=True)).summary
    assert (summary["answerable"], summary["unanswerable"], summary["held_elsewhere"]) == (3, 3, 1)
    removed = next(row for row in rows(plan.out or Path()) if (row["id"], row["rank"]) == ("q2", None))
    assert [removed[name] for name in ("answerable", "quotes_answer", "answer_in_quotes")] == [
        None,
        True,
        None,
    ]


def test_a_second_run_embeds_no_article_anew_and_questions_go_in_one_batch(plan: Plan) -> None:
    run(plan)
    embedder = FakeEmbedder()
    batches: list[int] = []
    embed = embedder.embed_questions
    embedder.embed_questions = lambda texts: (batches.append(len(texts)), embed(texts))[1]  # type: ignore[method-assign]
    run(plan, embedder)
    assert embedder.passages == []
    everyday = 4  # of each of the two bots, the everyday questions in two scripts
    singly = 3  # each is timed; the first was asked in advance, and its vector is kept; small talk needs none
    examples = 3  # of each article, what the page could offer after a refusal
    assert batches.count(4) == 1
    assert len(batches) == everyday + 1 + singly + examples


def test_only_the_first_questions_are_asked(plan: Plan) -> None:
    assert run(replace(plan, limit=2)).summary["questions"] == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.evaluate.evaluation import Plan, evaluate
from tests.bot.evaluate.corpus import bot_over
from tests.index.fake_embedder import FakeEmbedder
questions, state, articles, out = map(Path, sys.argv[1:])
def progress(what, done, total):
    if what == "asking" and done == 2:
        os.kill(os.getpid(), signal.SIGKILL)
evaluate(Plan(questions, state, articles, out), FakeEmbedder(), bot_over, {"model": "fake"}, progress)
"""


def test_a_killed_run_loses_nothing_and_repeats_nothing(plan: Plan) -> None:
    assert plan.out is not None
    places = map(str, (plan.questions, plan.state, plan.articles, plan.out))
    killed = subprocess.run([sys.executable, "-c", KILLED, *places])
    assert killed.returncode == -9
    former = (plan.out / "results.jsonl").read_bytes()
    assert former.count(b"\n") == 2
    with (plan.out / "results.jsonl").open("ab") as file:
        file.write(b'{"id": "q3", "question": "\xe5')  # what a kill in the middle of a line leaves

    with pytest.raises(RunError, match="holds a run that was cut off; go on with it"):
        run(plan)
    embedder = FakeEmbedder()
    summary = run(replace(plan, resume=True), embedder).summary
    assert (plan.out / "results.jsonl").read_bytes().startswith(former)
    assert [row["id"] for row in rows(plan.out)] == ["q1", "q2", "q3", "q4"]
    assert summary["questions"] == 4
    assert "火灾打什么电话?" not in embedder.questions


def test_a_run_is_not_gone_on_with_as_another_one(plan: Plan) -> None:
    run(plan)
    with pytest.raises(RunError, match="limit was None and now is 2; set it back, or name another folder"):
        run(replace(plan, resume=True, limit=2))
    plan.questions.write_text(QUESTIONS.replace("红烧肉", "清蒸鱼"), encoding="utf-8")
    with pytest.raises(RunError, match="questions_sha256 was"):
        run(replace(plan, resume=True))
    assert plan.articles is not None
    plan.questions.write_text(QUESTIONS, encoding="utf-8")
    (plan.articles / "new.md").write_text("---\ntitle: 新\n---\n\n火灾。\n", encoding="utf-8")
    with pytest.raises(RunError, match="articles was 3 and now is 4"):
        run(replace(plan, resume=True))
    with pytest.raises(RunError, match=r"holds no run \(run\.json is missing\)"):
        run(replace(plan, resume=True, out=plan.state))


def test_a_finished_run_is_replaced_and_other_files_stay(plan: Plan) -> None:
    folder = run(plan).folder
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    run(plan)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert len(rows(folder)) == 4
