"""What it costs to keep a library up to date while people ask: python -m tests.speed.running [ARTICLES...].

For each number of small articles (1,000, 10,000 and 100,000 unless told): the time of the first build, disk
and memory, how long after its file is written an article is found and after its withdrawal it is not, and
the longest answer that steady clients wait for meanwhile. Vectors come from a table: embedding is
not what is measured.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from time import monotonic, perf_counter, sleep

import numpy as np

from corpus.article import Article, to_markdown
from corpus.disk import replace_file
from corpus.library.inventory import take_inventory
from index.build import build
from index.models.embedder import Vectors

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 2
AT_REST = 10.0  # seconds of asking before anything changes
TIMES = 5
TOKEN = "only-for-measuring"
WORDS = [
    *("通知", "居民", "停水", "火灾", "医保", "基站", "诈骗", "办事", "大厅", "公安", "社区", "养老", "学校"),
    *("报名", "补贴", "申请", "材料", "电话", "时间", "地点", "活动", "志愿", "服务", "健康", "体检", "交通"),
]


class TableEmbedder:
    """Vectors of 384 numbers, the same for the same text, at next to no cost."""

    name, dimension = "table", 384

    def __init__(self) -> None:
        table = np.random.default_rng(7).standard_normal((4099, self.dimension), dtype=np.float32)
        table[:, -1] = 0
        self._table = table / np.linalg.norm(table, axis=1, keepdims=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        hashes = [int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) for text in texts]
        return self._table[np.array(hashes, dtype=np.uint64) % len(self._table)]

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """At right angles to every passage: its words alone find it, and no chance neighbour hides it."""
        return np.tile(np.eye(self.dimension, dtype=np.float32)[-1], (len(texts), 1))


def small_articles(count: int) -> Iterator[Article]:
    """Of some 300 characters, all different, with the words of one vocabulary of 20,000 bigrams."""
    chance = random.Random(count)
    letters = [chr(0x4E00 + n) for n in range(400)]
    for n in range(count):
        lines = []
        for _ in range(6):
            words = (chance.choice(WORDS) + "".join(chance.choices(letters, k=2)) for _ in range(9))
            lines.append(f"{''.join(words)}。第{n}号{''.join(chance.choices(WORDS, k=8))}。")
        yield Article(f"a-{n}", f"通知{n}", "\n\n".join(lines), source="晚报")


def main() -> None:
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000]:
        with tempfile.TemporaryDirectory() as root:
            measure(count, Path(root))


def measure(count: int, root: Path) -> None:
    folder, state = root / "articles", root / "state"
    folder.mkdir()
    for article in small_articles(count):
        (folder / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")
    began = perf_counter()
    report = build(take_inventory(folder, state), TableEmbedder(), state, lambda done, total: None)
    seconds = perf_counter() - began
    passages = report.passages
    print(f"\n{count} articles, {passages} passages, {report.embedded - passages} sentences")
    print(f"  first build {seconds:.1f} s, {1000 * seconds / passages:.2f} ms a passage")
    disk = {
        name: size(state, pattern) for name, pattern in (("index", "index/*/**/*"), ("vectors", "vectors*"))
    }
    print(
        "  disk a passage: " + ", ".join(f"{name} {n / passages / 1000:.1f} kB" for name, n in disk.items())
    )
    with served(folder, state) as (process, address):
        print("  nobody asks:")
        measure_changes(folder, address, process.pid, "quiet")
        clients = [Client(address) for _ in range(CLIENTS)]
        sleep(AT_REST)
        print(
            f"  {CLIENTS} clients ask without a pause: longest answer {worst(clients):.0f} ms, with changes:"
        )
        measure_changes(folder, address, process.pid, "busy")
        print(f"    longest answer {worst(clients):.0f} ms, failed requests {stopped(clients)}")
        print(f"  memory of the service {memory(process.pid)} MB")


def measure_changes(folder: Path, address: str, pid: int, name: str) -> None:
    """Adds an article and withdraws it, TIMES times, and prints how long each took effect after."""
    found, gone, spent = [], [], []
    for n in range(TIMES):
        word = f"龘靐{chr(0x9F00 + n)}{chr(0x9F10 + len(name))}"
        article = Article(f"{name}-{n}", f"新通知{word}", f"{word}馆今天开放。")
        question = f"{word}馆什么时候开放?"
        waited(lambda: is_idle(address), 1.5)
        before = processor_seconds(pid)
        write(folder, article)
        # Looked for by its page, which comes with the same swap: questions would take the processor.
        found.append(waited(lambda article=article: is_there(address, article.id)))
        if article.id not in ask(address, question):
            raise SystemExit(f"{article.id} is there and is not found")
        spent.append(processor_seconds(pid) - before)
        waited(lambda: is_idle(address), 1.5)
        write(folder, replace(article, status="withdrawn"))
        gone.append(waited(lambda article=article: not is_there(address, article.id)))
        if article.id in ask(address, question):
            raise SystemExit(f"{article.id} is withdrawn and is found")
    print(f"    an added article is found after {spread(found)} s (processor: {spread(spent)} s)")
    print(f"    a withdrawn one is not found after {spread(gone)} s")


def spread(values: Sequence[float]) -> str:
    """All of them, the least first: "1.2, 1.4, 2.0"."""
    return ", ".join(f"{value:.1f}" for value in sorted(values))


class Client:
    """Asks without a pause, and notes the longest wait."""

    def __init__(self, address: str) -> None:
        self.longest, self.failed, self.stop = 0.0, 0, threading.Event()
        self.thread = threading.Thread(target=self._ask, args=[address])
        self.thread.start()

    def _ask(self, address: str) -> None:
        chance = random.Random(id(self))
        while not self.stop.is_set():
            began = perf_counter()
            try:
                ask(address, f"{chance.choice(WORDS)}{chance.choice(WORDS)}怎么办?")
            except OSError:
                self.failed += 1
            self.longest = max(self.longest, perf_counter() - began)


def worst(clients: Sequence[Client]) -> float:
    """The longest wait of any client since this was last asked, in milliseconds."""
    found = max(client.longest for client in clients)
    for client in clients:
        client.longest = 0.0
    return 1000 * found


def stopped(clients: Sequence[Client]) -> int:
    """How many requests failed; the clients ask no more."""
    for client in clients:
        client.stop.set()
        client.thread.join()
    return sum(client.failed for client in clients)


def ask(address: str, question: str) -> set[str]:
    """The ids of the articles that are quoted or named."""
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    return {quote["article"]["id"] for quote in answer["quotes"]} | {near["id"] for near in answer["nearest"]}


def is_there(address: str, article_id: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/api/articles/{article_id}", timeout=60).close()
    except urllib.error.HTTPError:
        return False
    return True


def is_idle(address: str) -> bool:
    """Whether no build goes on."""
    request = urllib.request.Request(f"{address}/api/reload", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(json.load(response)["state"]) == "ready"


def waited(is_so: Callable[[], bool], pause: float = 0.05) -> float:
    began = monotonic()
    while not is_so():
        if monotonic() - began > 300:
            raise SystemExit("it did not happen in five minutes")
        sleep(pause)
    return monotonic() - began


def write(folder: Path, article: Article) -> None:
    replace_file(folder / f"{article.id}.md", to_markdown(article))


def size(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def processor_seconds(pid: int) -> float:
    """What a process and the children that it has waited for have computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


@contextmanager
def served(folder: Path, state: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service with --watch over the folder, and its address."""
    environment = os.environ | {
        "YUANWEN_ADMIN_TOKEN": TOKEN,
        "YUANWEN_ARTICLES": str(folder),
        "YUANWEN_PORT": "0",
        "YUANWEN_QUESTIONS_PER_MINUTE": "1000000",
        "YUANWEN_RERANKER": "none",
        "YUANWEN_STATE": str(state),
    }
    command = [sys.executable, "-m", "tests.speed.running", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.terminate()


def serve() -> None:
    import app
    import index.models.embedder

    index.models.embedder.load_embedder = lambda *arguments, **options: TableEmbedder()
    sys.argv = ["app.py", "serve", "--watch"]
    app.main()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        main()
