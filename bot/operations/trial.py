"""Trials of a change before it is made: a bot beside the served one is asked."""

from __future__ import annotations

import logging
import secrets
import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.question import QuestionError
from corpus.article import Article, to_markdown
from corpus.errors import Failure
from corpus.library.cards import CardFile
from corpus.library.editing import find
from corpus.library.files import article_files
from index.models.embedder import Embedder
from index.store.snapshot import Snapshot, load_current
from index.worker import build_in_subprocess

__all__ = ["ChangedAnswer", "Trial", "Trials", "Variants", "snapshot_with"]

logger = logging.getLogger(__name__)

REMEMBERED = 20
"""Trials whose result can still be looked at."""


@dataclass(frozen=True)
class ChangedAnswer:
    """A question that is answered otherwise after a change."""

    question: str
    before: Answer
    after: Answer


@dataclass
class Trial:
    """A change that is being tried; `total` questions are asked, `done` of them by now.

    `state` is "waiting", "done" or "failed".
    """

    id: str
    total: int
    done: int = 0
    state: str = "waiting"
    differences: list[ChangedAnswer] = field(default_factory=list)


@dataclass(frozen=True)
class Variants:
    """Open a bot as it would be after a change: of an article, or with these cards or synonyms.

    With an article it may take long. They raise Failure.
    """

    article: Callable[[Article], AbstractContextManager[Answerer]]
    cards: Callable[[Sequence[CardFile]], AbstractContextManager[Answerer]]
    synonyms: Callable[[Sequence[Sequence[str]]], AbstractContextManager[Answerer]]


class Trials:
    """Trials one after another, each in a thread; results are kept in memory."""

    def __init__(self, now: Answerer, variants: Variants) -> None:
        self._now, self.variants = now, variants
        self._one_at_a_time = Lock()
        self._trials: OrderedDict[str, Trial] = OrderedDict()

    def start(self, changed: AbstractContextManager[Answerer], questions: Sequence[str]) -> Trial:
        """Begin to ask the questions of the bot as it is and of the changed one."""
        trial = Trial(secrets.token_hex(8), len(questions))
        self._trials[trial.id] = trial
        while len(self._trials) > REMEMBERED:
            self._trials.popitem(last=False)
        Thread(target=self._run, args=(trial, changed, questions), name="trial", daemon=True).start()
        return trial

    def get(self, trial_id: str) -> Trial | None:
        return self._trials.get(trial_id)

    def _run(self, trial: Trial, changed: AbstractContextManager[Answerer], questions: Sequence[str]) -> None:
        try:
            with self._one_at_a_time, changed as bot:
                for question in questions:
                    self._compare(trial, bot, question)
                    trial.done += 1
            trial.state = "done"
        except Failure as error:
            logger.warning("a change could not be tried: %s", error)
            trial.state = "failed"
        except Exception:
            logger.exception("a change could not be tried")
            trial.state = "failed"

    def _compare(self, trial: Trial, changed: Answerer, question: str) -> None:
        try:
            before, after = self._now.ask(question), changed.ask(question)
        except QuestionError:  # masked, no word may be left
            return
        if _told(before) != _told(after):
            trial.differences.append(ChangedAnswer(question, before, after))


def _told(answer: Answer) -> tuple[object, ...]:
    """What a visitor sees of an answer first."""
    quote = answer.quotes[0] if answer.quotes else None
    first = (quote.article.id, quote.marks[0] if quote.marks else (quote.start, quote.end)) if quote else None
    return answer.verdict, first, tuple(card.id for card in answer.cards)


@contextmanager
def snapshot_with(article: Article, articles: Path, state: Path, embedder: Embedder) -> Iterator[Snapshot]:
    """The index as it would be with an article changed, built beside the served one; gone on leaving.

    Vectors that are cached are not computed again. Raises Failure where it cannot be built.
    """
    with TemporaryDirectory(dir=state, prefix="trial-") as folder:
        library, aside = Path(folder) / "articles", Path(folder) / "state"
        aside.mkdir()
        for path in article_files(articles):
            target = library / path.relative_to(articles)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        find(library, article.id)[0].write_text(to_markdown(article), encoding="utf-8")
        _copy_cache(state / "vectors.sqlite", aside / "vectors.sqlite")
        build_in_subprocess(library, aside, embedder)
        yield load_current(aside, embedder.name)


def _copy_cache(cache: Path, target: Path) -> None:
    if cache.is_file():
        with closing(sqlite3.connect(cache)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
