"""What an evaluation asks: the current index, or articles that are built into one of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from bot.evaluate.beir import CORPUS, read_beir_articles, read_beir_questions
from bot.evaluate.question import QuestionSet
from bot.evaluate.question_file import read_questions
from corpus.article import Article
from corpus.library import read_library
from index.build import build
from index.embedder import Embedder
from index.snapshot import Snapshot, load_current

__all__ = ["corpus_folder", "evaluation_state", "open_corpus", "read_question_set"]


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
    """Where a folder's index and vectors lie; two folders of one name have two places."""
    path = folder.resolve()
    return state / "evaluate" / "corpora" / f"{path.name}-{hashlib.sha256(bytes(path)).hexdigest()[:8]}"


def _read(folder: Path) -> list[Article]:
    return read_beir_articles(folder) if (folder / CORPUS).is_file() else read_library(folder)
