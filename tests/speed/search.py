"""What a search costs without the models: python -m tests.speed.search [--words FOLDER] PASSAGES...

For each number of passages a corpus is made of the clauses of real articles (the nine unless a folder of
articles or in BEIR layout is named), its index written, and real questions are asked of it: milliseconds
of each part, of processor time and by the clock, memory, and how many of the best of an exact search are
found. Then articles are added. 1,000,000 passages take 7 GB of disk for a while.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

import numpy as np

from bot.evaluate.beir import CORPUS, QUERIES, read_beir_articles
from bot.settings import Settings
from corpus.article import Article
from corpus.library.files import read_library
from corpus.library.inventory import Inventory, Item
from index.build import build
from index.models.embedder import Vectors, load_embedder
from index.models.loading import BUNDLED
from index.query.query import Query
from index.search import CANDIDATES, Searcher
from index.store.dense import DenseIndex
from index.store.lexical import LexicalIndex
from index.store.local import LocalStore
from index.store.segment import best
from index.store.snapshot import BASE, Snapshot, load_current, publish_snapshot, wanted
from tests.speed.benchmark import machine
from tests.speed.generated import PER_ARTICLE, Generated

CLAUSES, ANCHOR_VECTORS, KNOWN = "clauses.json", "anchors.npy", "known.npz"
ASKED_QUESTIONS = "questions.json"
ASKED = 100
QUESTIONS = Path("tests/quality/questions.jsonl")
ANCHORS = 600
WARM = 3  # rounds of all questions before they are measured
COMPARED = 40  # questions that are asked of the exact search too
K = 20
NEW = Article("new", "新馆开放通知", "龘靐图书馆今天开放。读者凭证入馆。")


class KnownEmbedder:
    """Vectors that were made before, by their texts; of any other text that of the first."""

    name = "known"

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as held:
            texts, vectors = held["texts"].tolist(), held["vectors"]
        self._vectors = dict(zip(texts, vectors, strict=True))
        self._other, self.dimension = vectors[0], vectors.shape[1]

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vectors.get(text, self._other) for text in texts])

    embed_passages = embed_questions


class Recorder:
    """The model, and every question that it was asked to embed."""

    def __init__(self, embedder: Any) -> None:
        self.name, self.dimension, self.seen = embedder.name, embedder.dimension, {}
        self.embed_passages, self._questions = embedder.embed_passages, embedder.embed_questions

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        vectors = self._questions(texts)
        self.seen |= dict(zip(texts, vectors, strict=True))
        return vectors


def asked_of(words: Path) -> list[str]:
    """Real questions about what the articles tell of."""
    if (words / QUERIES).exists():
        lines = (words / QUERIES).read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines][:: max(1, len(lines) // ASKED)]
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def questions(root: Path) -> list[Query]:
    return [Query(text) for text in json.loads((root / ASKED_QUESTIONS).read_text(encoding="utf-8"))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=Path, default=Settings.model_fields["articles"].default)
    parser.add_argument(
        "--at", type=Path, help="a folder with room for it; the vectors made before are kept there"
    )
    parser.add_argument("passages", type=int, nargs="+")
    chosen = parser.parse_args()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as elsewhere:
        root = chosen.at or Path(elsewhere)
        prepared = known(root) if (root / ANCHOR_VECTORS).exists() else prepare(chosen.words, root)
        for count in chosen.passages:
            state = root / str(count)
            began, spent = perf_counter(), process_time()
            corpus = replace(prepared, n_articles=count // PER_ARTICLE)
            published(corpus, state)
            took = f"{perf_counter() - began:.0f} s, {process_time() - spent:.0f} s of processor time"
            print(
                f"\n{corpus.n_passages} passages of {corpus.n_articles} articles: written in {took}",
                flush=True,
            )
            for step in (measure, add):
                subprocess.run([sys.executable, "-m", __spec__.name, step.__name__, str(state)], check=True)
            subprocess.run(["rm", "-r", str(state)], check=True)


def prepare(words: Path, root: Path) -> Generated:
    """The clauses, and vectors of some of them and of all that is asked."""
    articles = list(read_beir_articles(words)) if (words / CORPUS).exists() else read_library(words)
    clauses = Generated.clauses_of(articles)
    embedder = Recorder(load_embedder(BUNDLED, Settings().state))
    chosen = np.random.default_rng(5).permutation(len(clauses))[:ANCHORS].tolist()
    anchors = embedder.embed_passages([clauses[n] for n in chosen])
    with tempfile.TemporaryDirectory() as small:
        build([NEW], embedder, Path(small), lambda done, total: None)
        Searcher(load_current(Path(small), embedder.name), embedder)
    asked = asked_of(words)
    embedder.embed_questions([Query(text).embedded for text in asked])
    (root / ASKED_QUESTIONS).write_text(json.dumps(asked), encoding="utf-8")
    np.savez(
        root / KNOWN, texts=np.array(list(embedder.seen)), vectors=np.array(list(embedder.seen.values()))
    )
    (root / CLAUSES).write_text(json.dumps(clauses), encoding="utf-8")
    np.save(root / ANCHOR_VECTORS, anchors)
    return Generated(clauses, anchors, 0)


def published(corpus: Generated, state: Path) -> None:
    """Publishes the corpus under `state` as a build would."""
    state.mkdir()
    inventory, embedder = corpus.inventory(), KnownEmbedder(state.parent / KNOWN)

    def write(draft: Path) -> None:
        (draft / BASE).mkdir()
        corpus.write(draft / BASE)

    manifest = replace(wanted(inventory, embedder), passages=corpus.n_passages)
    publish_snapshot(manifest, state, write)


def known(root: Path, n_articles: int = 0) -> Generated:
    clauses = json.loads((root / CLAUSES).read_text(encoding="utf-8"))
    return Generated(clauses, np.load(root / ANCHOR_VECTORS), n_articles)


def measure(state: Path) -> None:
    began = perf_counter()
    snapshot = load_current(state, KnownEmbedder.name, is_trusted=True)
    searcher = Searcher(snapshot, KnownEmbedder(state.parent / KNOWN))
    print(f"  loaded in {perf_counter() - began:.1f} s, {memory()}")
    asked = questions(state.parent)
    for _ in range(WARM):
        found = [searcher.fused(query, K) for query in asked]
    for name, part in parts(searcher, asked):
        print(f"  {name:36}{figures(part, asked)}")
    print(f"  {'all':36}{figures(lambda query: searcher.fused(query, K), asked)}")
    print(f"  {memory()}")
    exact = Searcher(
        Snapshot(snapshot.manifest, exactly(snapshot.store)), KnownEmbedder(state.parent / KNOWN)
    )
    for k in (1, 10, K):
        shares = []
        for query, hits in list(zip(asked, found, strict=True))[:: len(asked) // COMPARED]:
            right = rows(exact.fused(query, k))
            shares.append(len(right & rows(hits[:k])) / max(1, len(right)))
        print(f"  {np.mean(shares):.3f} of the {k} best of an exact search found, {len(shares)} questions")


def rows(hits: Sequence[Any]) -> set[tuple[str, int]]:
    return {(hit.article.id, hit.passage.start) for hit in hits}


def parts(searcher: Searcher, asked: Sequence[Query]) -> Iterator[tuple[str, Callable[[Query], object]]]:
    """The parts of a search, each as a function of a question."""
    store = searcher.snapshot.store
    (segment,) = store.segments
    of_passages, of_articles = store.passages.weights, store.articles.weights

    def words(query: Query) -> Any:
        return segment.words(query.terms, (of_passages(query.terms), of_articles(query.terms)), None)

    prepared = {query: (words(query).matched, segment.dense.search(searcher._centered(query), CANDIDATES)[0])
                for query in asked}  # fmt: skip
    yield "nearest passages, rescored", lambda q: segment.dense.search(searcher._centered(q), CANDIDATES)
    yield "words of passages", lambda q: segment.passages.scores(q.terms, of_passages(q.terms))
    yield "words of articles", lambda q: segment.articles.scores(q.terms, of_articles(q.terms))
    yield "both and their sum", words
    yield "best of them", lambda q: best(prepared[q][0], CANDIDATES)
    yield (
        "sentences of 100 candidates",
        lambda q: segment.nearest(searcher._centered(q), np.sort(prepared[q][1])),
    )


def exactly(store: LocalStore) -> LocalStore:
    """The same index without lists and without rounded impacts."""
    (segment,) = store.segments
    return LocalStore(
        [
            replace(
                segment,
                dense=DenseIndex(segment.dense._vectors.astype(np.float32)),
                passages=LexicalIndex(segment.passages._postings, segment.passages._lengths),
                articles=LexicalIndex(segment.articles._postings, segment.articles._lengths),
            )
        ],
        store.texts,
        store.questions,
    )


def figures(part: Callable[[Query], object], asked: Sequence[Query]) -> str:
    """Milliseconds of processor time and by the clock, median and 95th percentile."""
    spent, took = [], []
    for query in asked:
        part(query)
        began, start = perf_counter(), thread_time()
        part(query)
        spent.append(1000 * (thread_time() - start))
        took.append(1000 * (perf_counter() - began))
    cells = [f"{np.percentile(found, p):7.2f}" for found in (spent, took) for p in (50, 95)]
    return f"processor {cells[0]} {cells[1]}   clock {cells[2]} {cells[3]}  ms, p50 p95"


def memory(pid: int | str = "self") -> str:
    return f"memory {resident(pid, 'VmRSS')} MB, of it anonymous {resident(pid, 'RssAnon')} MB"


def resident(pid: int | str, field: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split(f"{field}:")[1].split()[0]) // 1024


def add(state: Path) -> None:
    """Adds an article, and another in its place, as the service's builder does."""
    corpus, embedder = (
        known(state.parent, int(state.name) // PER_ARTICLE),
        KnownEmbedder(state.parent / KNOWN),
    )
    library = corpus.inventory()
    for n in range(3):
        new = replace(NEW, id=f"new-{n}")
        before = resident("self", "RssAnon")
        with peak() as most:
            began, spent = perf_counter(), process_time()
            build(_with(library, new), embedder, state, lambda done, total: None, is_trusted=True)
            built = perf_counter() - began
            snapshot = load_current(state, embedder.name, is_trusted=True)
            if Searcher(snapshot, embedder).search(Query("龘靐图书馆"), 1)[0].article != new:
                raise SystemExit("the article that was added is not found")
            took, spent = perf_counter() - began, process_time() - spent
            snapshot.texts.close()
        more = f"{most[0] - before} MB more of anonymous memory"
        print(f"  an article added: found after {took:.1f} s, {built:.1f} s of them the build, {more};"
              f" {spent:.1f} s of processor time", flush=True)  # fmt: skip
    print("  (the first also makes the signatures of all articles, which a build from their files has)")


def _with(library: Inventory, new: Article) -> Inventory:
    last = len(library.items)
    return Inventory([*library.items, Item.of(new)], lambda n: new if n == last else library.article(n))


@contextmanager
def peak() -> Iterator[list[int]]:
    """The most megabytes of anonymous memory that this process had inside, as the only element."""
    most, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.01):
            most[0] = max(most[0], resident("self", "RssAnon"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        stop.set()
        watcher.join()


if __name__ == "__main__":
    if sys.argv[1:2] in (["measure"], ["add"]):
        {"measure": measure, "add": add}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
