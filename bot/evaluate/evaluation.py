"""The evaluation: questions are asked of a corpus, and a folder holds what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import Bot
from bot.evaluate.asking import Asker, asked_twice
from bot.evaluate.corpora import corpus_folder, open_corpus, read_question_set
from bot.evaluate.encoding import PreparedEmbedder
from bot.evaluate.provenance import describe
from bot.evaluate.question import QuestionSet, check_articles
from bot.evaluate.report import report_html
from bot.evaluate.results import write_results, write_summary
from bot.evaluate.run_folder import RunFolder
from bot.evaluate.summary import summarise
from corpus.atomic import replace_file
from index.embedder import Embedder
from index.snapshot import Snapshot

__all__ = ["Evaluated", "Plan", "Progress", "evaluate"]

Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and how much there is."""


@dataclass(frozen=True)
class Plan:
    """What to ask and where to put what came.

    `articles` None: a BEIR folder's own corpus, or the current index. `out` None: a folder of the set's
    name under `state`. `limit`: only the first questions.
    """

    questions: Path
    state: Path
    articles: Path | None = None
    out: Path | None = None
    limit: int | None = None
    remove_gold: bool = False
    resume: bool = False


@dataclass(frozen=True)
class Evaluated:
    """A finished run: the set's name, its folder and what its summary.json holds."""

    name: str
    folder: Path
    summary: Mapping[str, Any]


def evaluate(
    plan: Plan,
    embedder: Embedder,
    bot_over: Callable[[Snapshot, Embedder], Bot],
    settings: Mapping[str, object],
    progress: Progress,
) -> Evaluated:
    """Asks all questions, those of a run that was cut off only once, and writes the run's files.

    `settings` are those that answers depend on. Raises EvaluationError, LibraryError, SnapshotError.
    """
    questions = _limited(read_question_set(plan.questions), plan.limit)
    folder = corpus_folder(plan.questions, plan.articles)
    snapshot = open_corpus(folder, embedder, plan.state, lambda *done: progress("building", *done))
    with closing(snapshot.texts):
        prepared = PreparedEmbedder(embedder)
        bot, visited = bot_over(snapshot, prepared), bot_over(snapshot, embedder)
        known = frozenset(bot.articles)
        check_articles(questions, known)
        asked = asked_twice(questions.questions, plan.remove_gold, known)
        options = {"limit": plan.limit, "unanswerable": "remove-gold" if plan.remove_gold else None}
        corpus = "current index" if folder is None else folder.resolve().name
        description = describe(questions.name, asked, options, settings, corpus, snapshot.manifest)
        out = plan.out or plan.state / "evaluate" / "runs" / questions.name
        run = (RunFolder.resume if plan.resume else RunFolder.begin)(out, description)
        with closing(run):
            done = {row.key for row in run.rows}
            todo = [one for one in asked if one.key not in done]
            progress("asking", len(run.rows), len(asked))
            for row in Asker(bot, prepared, visited).rows(asked, todo):
                run.add(row)
                progress("asking", len(run.rows), len(asked))
    return _finished(run, questions)


def _finished(run: RunFolder, questions: QuestionSet) -> Evaluated:
    summary = {"set": questions.name, "left_out": len(questions.left_out), **summarise(run.rows)}
    write_results(run.path, run.rows)
    replace_file(
        run.path / "report.html", report_html(run.rows, summary, run.description, questions.left_out)
    )
    write_summary(run.path, summary)
    return Evaluated(questions.name, run.path, summary)


def _limited(questions: QuestionSet, limit: int | None) -> QuestionSet:
    return QuestionSet(questions.name, questions.questions[:limit], questions.left_out)
