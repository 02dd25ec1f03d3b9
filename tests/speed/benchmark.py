"""Build rate, one question's latency and the service's memory: python -m tests.speed.benchmark.

Each speed is a ratio against the bare encoder, measured in the same run on the same texts.
"""

from __future__ import annotations

import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, sleep

from bot.settings import Settings
from corpus.article import Article
from corpus.library.files import read_library
from corpus.passages import passages
from index.build import build
from index.models.embedder import Embedder, SentenceTransformerEmbedder, load_embedder
from index.models.loading import native_precision
from index.terms import to_simplified

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = 300
QUESTIONS = 1000
WARM_UP = 20


def main() -> None:
    print(machine())
    nine = read_library(Settings().articles)
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        embedder, bare = load_embedder("bundled", state), BareEncoder(state)
        measure_build(many_articles(nine), embedder, bare, state / "many")
        for reranker in ("none", "bundled"):
            measure_service(nine, bare, state, reranker)


def machine() -> str:
    processor = Path("/proc/cpuinfo").read_text()
    model = (
        processor.split("model name")[1].split("\n")[0].strip("\t :") if "model name" in processor else "?"
    )
    names = ("onnxruntime", "torch", "sentence-transformers", "faiss-cpu", "gradio", "fastapi")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}\n"


def many_articles(nine: list[Article]) -> list[Article]:
    """ARTICLES different articles: each of the nine again and again, its sentences numbered."""
    return [
        replace(nine[n % 9], id=f"a{n}", body=nine[n % 9].body.replace("。", f"({n})。"))
        for n in range(ARTICLES)
    ]


def measure_build(articles: list[Article], embedder: Embedder, bare: BareEncoder, state: Path) -> None:
    cut = [passage for article in articles for passage in passages(article)]
    texts = [to_simplified(passage.titled) for passage in cut]
    texts += [to_simplified(sentence) for passage in cut for sentence in passage.sentence_texts]
    sample = sorted(texts, key=len)[::4]  # the bare encoder on every fourth text: the same mix of lengths
    bare_rate = len(sample) / timed(lambda: bare.encode_document(sample, batch_size=32))
    seconds = timed(lambda: build(articles, embedder, state, silent))
    rate = len(texts) / seconds
    print(f"build, {ARTICLES} articles: {len(cut)} passages and their sentences, {len(texts)} texts")
    print(f"  {rate:.1f} texts/s ({len(cut) / seconds:.1f} passages/s), bare encoder {bare_rate:.1f}")
    print(f"  ratio {rate / bare_rate:.2f} (wanted: at least .85)")
    print(f"  nothing changed: {build(articles, embedder, state, silent).embedded} texts embedded")
    changed = [replace(articles[0], body=articles[0].body.replace("。", "!")), *articles[1:]]
    own = sum(1 + len(passage.sentences) for passage in passages(changed[0]))
    embedded = build(changed, embedder, state, silent).embedded
    print(f"  one article changed: {embedded} texts embedded, it has {own}")


def measure_service(nine: list[Article], bare: BareEncoder, state: Path, reranker: str) -> None:
    with free_socket() as taken:
        port = taken.getsockname()[1]
    environment = os.environ | {
        "YUANWEN_PORT": str(port),
        "YUANWEN_STATE": str(state),
        "YUANWEN_RERANKER": reranker,
        "YUANWEN_QUESTIONS_PER_MINUTE": "1000000",
    }
    service = subprocess.Popen(
        [sys.executable, "app.py", "serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )
    try:
        started = timed(lambda: wait_ready(port))
        at_rest = memory_mb(service.pid)
        asked = questions(nine)
        for question in asked[:WARM_UP]:
            ask(port, question)
            bare.encode_query(question)
        pairs = [
            (timed(lambda q=question: ask(port, q)), timed(lambda q=question: bare.encode_query(q)))
            for question in asked[WARM_UP:]
        ]
        through_api, encoder = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
        slowest = 1000 * statistics.quantiles([pair[0] for pair in pairs], n=20)[-1]
        print(f"\nservice, nine articles, re-ranker {reranker}: ready after {started:.1f} s")
        print(
            f"  one question through POST /api/ask: median {through_api:.1f} ms, 95 % within {slowest:.1f} ms"
        )
        print(f"  bare encoder on the same questions: median {encoder:.1f} ms")
        print(f"  ratio {through_api / encoder:.2f} (wanted: at most 1.5 without a re-ranker)")
        print(
            f"  memory at rest {at_rest:.0f} MB, after {len(asked)} questions {memory_mb(service.pid):.0f} MB"
        )
        for question in asked:
            ask(port, question)
        print(f"  after {2 * len(asked)} questions {memory_mb(service.pid):.0f} MB")
    finally:
        service.terminate()
        service.wait(timeout=30)


def questions(nine: list[Article]) -> list[str]:
    """QUESTIONS different ones, of 10 to 22 characters, from the articles' own words."""
    text = "".join(article.body for article in nine).replace("\n", "")
    return [f"{text[n % 3000 : n % 3000 + 8 + n % 12]}是什么?" for n in range(0, 7 * QUESTIONS, 7)]


class BareEncoder:
    """The bundled model as sentence-transformers computes it, in the one thread where it is fastest."""

    def __init__(self, state: Path) -> None:
        embedder = load_embedder("bundled", state, native_precision())
        assert isinstance(embedder, SentenceTransformerEmbedder)
        self._model, self._thread = embedder._model, embedder._thread

    def encode_query(self, question: str) -> None:
        self._thread.run(self._model.encode_query, question)

    def encode_document(self, texts: list[str], batch_size: int) -> None:
        self._thread.run(self._model.encode_document, texts, batch_size=batch_size)


def timed(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started


def ask(port: int, question: str) -> None:
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/ask", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        response.read()


def wait_ready(port: int) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).close()
            return
        except OSError:
            sleep(0.1)
    raise SystemExit("the service did not become ready in a minute")


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def free_socket() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


if __name__ == "__main__":
    main()
