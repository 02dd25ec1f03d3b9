"""What every system gets and gives: a job as a JSON file in, a result as a JSON file out.

An adapter is run by its own environment's Python, from the project's root:

    python -m tests.quality.peers.NAME JOB.json RESULT.json

so this module imports nothing but the standard library.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

__all__ = [
    "DEPTH",
    "Document",
    "Found",
    "Job",
    "Passage",
    "Prepared",
    "Ranking",
    "Result",
    "read_result",
    "serve",
    "write_job",
]

DEPTH = 50  # passages asked of each retriever: what holds ten different articles, nearly always
ARTICLES = 10  # articles of a ranking that are kept, and
TOP = 3  # passages
WARM_UP = 3  # questions that are asked once before, unmeasured


@dataclass(frozen=True)
class Document:
    """An article as all systems get it; `title` may be empty."""

    id: str
    title: str
    text: str

    @property
    def titled(self) -> str:
        """The title on a line of its own, then the text: for toolkits that know no titles."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True)
class Job:
    """What a system is to do: index the documents, answer the questions one after the other.

    `model` is a sentence-transformers folder, `precision` "float32" or "bfloat16". `length` is the
    longest passage in characters; None leaves the cutting to what the toolkit's documentation says.
    """

    model: str
    precision: str
    length: int | None
    documents: tuple[Document, ...]
    questions: tuple[str, ...]


class Passage(NamedTuple):
    """A passage's text and its article's id."""

    article: str
    text: str


@dataclass(frozen=True)
class Ranking:
    """The passages found, best first, and the words shown to the visitor; None: those of the passages."""

    passages: Sequence[Passage]
    shown: Sequence[str] | None = None


class Prepared(NamedTuple):
    """A built index. `is_fresh` is false where vectors came from a cache: its time says nothing then."""

    search: Callable[[str], Ranking]
    is_fresh: bool = True


@dataclass(frozen=True)
class Found:
    """For one question: at most ARTICLES ids in the order of their first passages, the first TOP
    passages' texts, the words shown; how long it took, and the processor time of all its threads,
    which says the same on a busy machine."""

    articles: tuple[str, ...]
    passages: tuple[str, ...]
    shown: tuple[str, ...]
    ms: float
    cpu_ms: float


@dataclass(frozen=True)
class Result:
    """`found` in the order of the job's questions. `index_seconds`: processor time of all threads;
    None for an index from a cache."""

    index_seconds: float | None
    found: tuple[Found, ...]


def write_job(job: Job, path: Path) -> None:
    path.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")


def read_job(path: Path) -> Job:
    fields = json.loads(path.read_text(encoding="utf-8"))
    documents = tuple(Document(**document) for document in fields.pop("documents"))
    return Job(documents=documents, questions=tuple(fields.pop("questions")), **fields)


def read_result(path: Path) -> Result:
    fields = json.loads(path.read_text(encoding="utf-8"))
    found = (
        Found(tuple(one["articles"]), tuple(one["passages"]), tuple(one["shown"]), one["ms"], one["cpu_ms"])
        for one in fields["found"]
    )
    return Result(fields["index_seconds"], tuple(found))


def serve(prepare: Callable[[Job], Prepared]) -> None:
    """An adapter's whole command line: does the job in argv[1], writes its result to argv[2] at the end."""
    job_path, result_path = map(Path, sys.argv[1:])
    job = read_job(job_path)
    started = process_time()
    prepared = prepare(job)
    seconds = process_time() - started
    for question in job.questions[:WARM_UP]:
        prepared.search(question)
    found = tuple(_asked(prepared.search, question) for question in job.questions)
    result = Result(round(seconds, 1) if prepared.is_fresh else None, found)
    draft = result_path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(result), ensure_ascii=False), encoding="utf-8")
    draft.replace(result_path)


def _asked(search: Callable[[str], Ranking], question: str) -> Found:
    started, cpu_started = perf_counter(), process_time()
    ranking = search(question)
    ms, cpu_ms = 1000 * (perf_counter() - started), 1000 * (process_time() - cpu_started)
    passages = tuple(passage.text for passage in ranking.passages[:TOP])
    shown = passages if ranking.shown is None else tuple(ranking.shown)
    articles = _first_seen(passage.article for passage in ranking.passages)
    return Found(articles, passages, shown, round(ms, 2), round(cpu_ms, 2))


def _first_seen(articles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(articles))[:ARTICLES]
