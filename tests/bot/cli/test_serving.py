"""The service as it is started, with the fake embedder: it looks for changes, and takes a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from corpus.article import Article, to_markdown
from corpus.disk import replace_file

ROOT = Path(__file__).parents[3]
SERVE = """
import sys
import index.models.embedder
from tests.index.fake_embedder import FakeEmbedder

if __name__ == "__main__":
    index.models.embedder.load_embedder = lambda *arguments, **options: FakeEmbedder()
    import app
    sys.argv = ["app.py", "serve", *sys.argv[1:]]
    app.main()
"""
TOKEN = "correct-horse-battery"
FIRE = Article("fire", "防火灾", "火灾要报警。")


@contextmanager
def serving(root: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and its address once it answers."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "YUANWEN_ADMIN_TOKEN": TOKEN,
        "YUANWEN_ARTICLES": str(root / "articles"),
        "YUANWEN_PORT": "0",
        "YUANWEN_RERANKER": "none",
        "YUANWEN_STATE": str(root / "state"),
    }
    (root / "serve.py").write_text(SERVE)
    command = [sys.executable, str(root / "serve.py"), *options]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, line(process)
        finally:
            process.terminate()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder, FIRE)
    return folder


def write(folder: Path, article: Article) -> None:
    replace_file(folder / f"{article.id}.md", to_markdown(article))


@pytest.mark.slow
def test_watch(tmp_path: Path, folder: Path) -> None:
    with serving(tmp_path, "--watch") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        write(folder, Article("scam", "防诈骗", "诈骗电话不要接。"))
        assert line(process) == "reloaded: 2 articles, 2 passages"
        assert httpx.get(f"{address}/api/articles/scam").json()["body"] == "诈骗电话不要接。"


@pytest.mark.slow
def test_a_signal_and_the_token(tmp_path: Path, folder: Path) -> None:
    with serving(tmp_path) as (process, address):
        write(folder, Article("scam", "防诈骗", "诈骗电话不要接。"))
        process.send_signal(signal.SIGHUP)
        assert line(process) == "reloaded: 2 articles, 2 passages"
        (folder / "scam.md").unlink()
        shown = {"Authorization": f"Bearer {TOKEN}"}
        assert httpx.post(f"{address}/api/reload", headers=shown).json()["state"] == "reloading"
        assert line(process) == "reloaded: 1 articles, 1 passages"
        assert httpx.get(f"{address}/api/reload", headers=shown).json() == {
            "state": "ready", "articles": 1, "passages": 1, "problem": "",
        }  # fmt: skip
        assert httpx.get(f"{address}/api/articles/scam").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_service_that_is_told_to_stop_ends_with_status_0(
    tmp_path: Path, folder: Path, number: signal.Signals
) -> None:
    with serving(tmp_path) as (process, address):
        assert httpx.get(f"{address}/healthz").json() == {"status": "alive"}
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
