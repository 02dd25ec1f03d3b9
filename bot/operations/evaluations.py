"""Evaluations from the desk: `evaluate` in a process of its own, one at a time."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from threading import Lock
from typing import TYPE_CHECKING, Literal

from bot.settings import ROOT
from corpus.errors import Failure
from corpus.ids import id_stem

if TYPE_CHECKING:
    from bot.evaluate.compare import Comparison

__all__ = ["EvaluationRun", "Evaluations", "NotNow", "RunState"]

logger = logging.getLogger(__name__)

RunState = Literal["running", "done", "failed"]

COMMAND = (sys.executable, str(ROOT / "app.py"), "evaluate")
NICE = 10  # visitors' questions go first

STAMP = "%Y%m%d-%H%M%S-%f"
"""A run's id is when it began."""

QUESTIONS, OUT, ERRORS = "questions", "out", "errors.txt"


class NotNow(Failure):
    """An evaluation is running; another one has to wait for it."""


@dataclass(frozen=True)
class EvaluationRun:
    """A run: `done` of `total` questions are asked, 0 of 0 while it is prepared; `problem` ended it."""

    id: str
    name: str
    state: RunState
    done: int
    total: int
    problem: str
    report: Path
    """Where the report is once it is done."""

    @property
    def began_at(self) -> str:
        """UTC as in ISO 8601."""
        return datetime.strptime(self.id, STAMP).replace(tzinfo=UTC).isoformat(timespec="seconds")


class Evaluations:
    """The runs in a folder under the state folder. What a run that was cut off had asked stays."""

    def __init__(self, articles: Path, state: Path, command: Sequence[str] = COMMAND) -> None:
        self._folder, self._command = state / "evaluate" / "desk", tuple(command)
        folders = {"YUANWEN_ARTICLES": str(articles.resolve()), "YUANWEN_STATE": str(state.resolve())}
        self._environment = {**os.environ, **folders}
        self._lock = Lock()
        self._running: tuple[str, subprocess.Popen[bytes]] | None = None

    def start(self, file_name: str, content: bytes, language: Literal["en", "zh"]) -> str:
        """Begin to ask the questions of a file; the run's id. Raises NotNow."""
        with self._lock:
            if self._is_running():
                raise NotNow("an evaluation is running")
            run_id = datetime.now(UTC).strftime(STAMP)
            name = PurePath(file_name.replace("\\", "/"))
            path = self._folder / run_id / QUESTIONS / f"{id_stem(name.stem)}{name.suffix.lower()[:6]}"
            path.parent.mkdir(parents=True)
            path.write_bytes(content)
            self._running = run_id, self._started(path, language)
        return run_id

    def all(self) -> list[EvaluationRun]:
        """Every run, the latest first."""
        folders = sorted(self._folder.glob("*/"), reverse=True) if self._folder.is_dir() else []
        return [self._read(folder) for folder in folders]

    def get(self, run_id: str) -> EvaluationRun | None:
        return next((run for run in self.all() if run.id == run_id), None)

    def compared(self, run: EvaluationRun) -> tuple[EvaluationRun, Comparison] | None:
        """The last run before it that has questions in common with it, and what has changed since."""
        from bot.evaluate.compare import compare  # brings statistics along, which nothing else here needs
        from bot.evaluate.run_folder import RunError

        for other in self.all():
            if other.id < run.id and other.state == "done":
                with suppress(RunError):
                    return other, compare(other.report.parent, run.report.parent)
        return None

    def _started(self, path: Path, language: str) -> subprocess.Popen[bytes]:
        folder = path.parent.parent
        command = [*self._command, str(path), "--out", str(folder / OUT), "--language", language]
        with (folder / ERRORS).open("wb") as errors:
            process = subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
        return process

    def _is_running(self) -> bool:
        return self._running is not None and self._running[1].poll() is None

    def _read(self, folder: Path) -> EvaluationRun:
        out, asked = folder / OUT, next((folder / QUESTIONS).glob("*"), folder)
        # Whether it runs comes first: what ends meanwhile is done, not failed.
        is_running = self._running is not None and self._running[0] == folder.name and self._is_running()
        state: RunState = (
            "running" if is_running else "done" if (out / "summary.json").is_file() else "failed"
        )
        total, problem = 0, ""
        with suppress(OSError, ValueError, KeyError, TypeError):
            total = int(json.loads((out / "run.json").read_text(encoding="utf-8"))["rows"])
        with suppress(OSError):
            if state == "failed":
                problem = _last_line(folder / ERRORS).replace(str(asked), asked.name)
        return EvaluationRun(
            folder.name, asked.name, state, _lines(out / "results.jsonl"), total, problem, out / "report.html"
        )


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def _last_line(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    return text.splitlines()[-1].removeprefix("yuanwen: ")[:1000] if text else ""
