"""An evaluation: asks questions of a corpus and keeps the results in a folder."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bot.answering.bot import Bot
from bot.evaluate.asking import Asker, Asking, PreparedEmbedder, asked_twice
from bot.evaluate.beir import CORPUS, read_beir_articles, read_beir_questions
from bot.evaluate.figures import summarise
from bot.evaluate.questions import QuestionSet, check_articles, read_questions
from bot.evaluate.report import ReportLanguage, report_html
from bot.evaluate.run_folder import RunFolder, write_results, write_summary
from bot.settings import ROOT
from corpus.article import Article
from corpus.disk import replace_file
from corpus.library.files import read_library
from index.build import build
from index.models.embedder import Embedder
from index.store.snapshot import Manifest, Snapshot, load_current

__all__ = [
    "Evaluated",
    "Plan",
    "Progress",
    "corpus_folder",
    "describe",
    "evaluate",
    "evaluation_state",
    "open_corpus",
    "read_question_set",
]


def read_question_set(path: Path) -> QuestionSet:
    """The questions of a file, or of a folder in BEIR layout. Raises QuestionFileError."""
    return read_beir_questions(path) if path.is_dir() else read_questions(path)


def corpus_folder(questions: Path, articles: Path | None) -> Path | None:
    """The folder that is asked: the one named, else a BEIR folder's own; None for the current index."""
    if articles is None and (questions / CORPUS).is_file():
        return questions
    return articles


def open_corpus(
    folder: Path | None, embedder: Embedder, state: Path, progress: Callable[[int, int], None]
) -> Snapshot:
    """The current index for None, else the index of a folder of articles or of a BEIR folder's corpus.

    That index lies under `state` beside the vectors of its texts: a second run embeds none anew.
    Raises SnapshotError, LibraryError and QuestionFileError.
    """
    if folder is None:
        return load_current(state, embedder.name)
    articles = _read(folder)
    place = evaluation_state(state, folder)
    build(articles, embedder, place, progress)
    return load_current(place, embedder.name)


def evaluation_state(state: Path, folder: Path) -> Path:
    """Folder of a corpus's index and vectors; two corpora of one name have two."""
    path = folder.resolve()
    return state / "evaluate" / "corpora" / f"{path.name}-{hashlib.sha256(bytes(path)).hexdigest()[:8]}"


def _read(folder: Path) -> list[Article]:
    return read_beir_articles(folder) if (folder / CORPUS).is_file() else read_library(folder)


PACKAGES = (
    "yuanwen",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
    "numpy",
    "ir-measures",
)
ROOMS = ("bot", "index", "corpus")


def describe(
    name: str,
    asked: Sequence[Asking],
    options: Mapping[str, object],
    settings: Mapping[str, object],
    corpus: str,
    manifest: Manifest,
) -> dict[str, Any]:
    """Flat, as JSON gives it back: questions, corpus, model, settings, code and versions."""
    return {
        "set": name,
        "rows": len(asked),
        "questions_sha256": _questions_digest(asked),
        **options,
        "corpus": corpus,
        "corpus_sha256": manifest.corpus,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "index": manifest.fingerprint,
        "model": manifest.model,
        **{f"setting {key}": value for key, value in settings.items()},
        "code": _code_digest(),
        **{f"version {package}": _version(package) for package in PACKAGES},
        "version python": platform.python_version(),
    }


def _questions_digest(asked: Sequence[Asking]) -> str:
    """The sha256 of what is asked; where a question's file lies is left out."""
    digest = hashlib.sha256()
    for one in asked:
        fields = {name: value for name, value in asdict(one.question).items() if name != "where"}
        digest.update(json.dumps([fields, one.variant]).encode())
    return digest.hexdigest()


def _code_digest() -> str:
    """The first digits of the sha256 of the modules and fitted files that an answer comes from."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.*")):
            if path.suffix in (".py", ".json", ".safetensors"):
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and how much there is."""


@dataclass(frozen=True)
class Plan:
    """Plan of a run: what to ask, of what, and where results go.

    `articles` None: a BEIR folder's own corpus, or the current index. `out` None: a folder of the set's
    name under `state`. `limit`: only the first questions. `language`: that of the report.
    """

    questions: Path
    state: Path
    articles: Path | None = None
    out: Path | None = None
    limit: int | None = None
    remove_gold: bool = False
    resume: bool = False
    language: ReportLanguage = "en"


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
    return _finished(run, questions, plan.language)


def _finished(run: RunFolder, questions: QuestionSet, language: ReportLanguage) -> Evaluated:
    summary = {"set": questions.name, "left_out": len(questions.left_out), **summarise(run.rows)}
    write_results(run.path, run.rows)
    report = report_html(run.rows, summary, run.description, questions.left_out, language)
    replace_file(run.path / "report.html", report)
    write_summary(run.path, summary)
    return Evaluated(questions.name, run.path, summary)


def _limited(questions: QuestionSet, limit: int | None) -> QuestionSet:
    return QuestionSet(questions.name, questions.questions[:limit], questions.left_out)
