"""A service in a process of its own, and what it takes of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from corpus.article import Article, from_markdown, to_markdown
from corpus.disk import replace_file

__all__ = ["TOKEN", "Service", "Usage", "change", "served"]

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "only-for-the-soak"


class Usage(NamedTuple):
    """Memory in MB, open files and threads of a process."""

    memory: float
    descriptors: int
    threads: int


class Service(NamedTuple):
    """A running service: where it answers, its process, its folders and its log."""

    address: str
    process: subprocess.Popen[str]
    articles: Path
    state: Path
    log: Path

    def usage(self) -> Usage:
        about = Path(f"/proc/{self.process.pid}/status").read_text()
        memory, threads = (int(about.split(f"{name}:")[1].split()[0]) for name in ("VmRSS", "Threads"))
        return Usage(memory / 1024, len(os.listdir(f"/proc/{self.process.pid}/fd")), threads)

    def removed(self) -> list[str]:
        """Files that the process holds open though they are deleted."""
        folder, found = f"/proc/{self.process.pid}/fd", []
        for name in os.listdir(folder):
            with suppress(FileNotFoundError):
                found.append(os.readlink(f"{folder}/{name}"))
        return [name for name in found if name.endswith(" (deleted)")]


@contextmanager
def served(root: Path, model: str = "bundled") -> Iterator[Service]:
    """The service with --watch over `root`/articles, its state in `root`/state; `model` may be "fake".

    A proxy on this machine is believed, so that its clients can come from any address.
    """
    articles, state, log = root / "articles", root / "state", root / "serve.log"
    environment = os.environ | {
        "YUANWEN_ADMIN_TOKEN": TOKEN,
        "YUANWEN_ARTICLES": str(articles),
        "YUANWEN_PORT": "0",
        "YUANWEN_STATE": str(state),
        "YUANWEN_RERANKER": "none" if model == "fake" else "bundled",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "tests.soak.service", model]
    with (
        log.open("w") as told,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=told, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address.startswith("http://"):
                raise SystemExit(f"the service does not start: {log.read_text()[-2000:]}")
            yield Service(address, process, articles, state, log)
        finally:
            process.terminate()


def change(articles: Path, number: int) -> None:
    """Another article each time, and each second one goes again."""
    article = Article(f"soak-{number % 7}", f"第{number}号通知", f"第{number}次停水通知。明天停水。")
    path = articles / f"{article.id}.md"
    if number % 2 or not path.exists():
        replace_file(path, to_markdown(article))
    else:
        former = from_markdown(path.read_text(encoding="utf-8"), article.id)
        replace_file(path, to_markdown(replace(former, status="withdrawn", withdrawal="失实")))


def serve(model: str) -> None:
    import app

    if model == "fake":
        import index.models.embedder
        from tests.index.fake_embedder import FakeEmbedder

        index.models.embedder.load_embedder = lambda *arguments, **options: FakeEmbedder()
    sys.argv = ["app.py", "serve", "--watch"]
    app.main()


if __name__ == "__main__":
    serve(sys.argv[1])
