"""Three services over one published index behind nginx, with PostgreSQL and Redis: any of them may die."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from corpus.article import Article, to_markdown
from corpus.disk import replace_file
from corpus.library.inventory import take_inventory
from index.build import build
from tests.bot.operations.databases import postgresql
from tests.deploy.programs import free_port, needs, process, wait_for_port
from tests.index.fake_embedder import FakeEmbedder, quiet

__all__ = ["postgresql"]

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "deploy" / "nginx-replicas.conf"
SERVE = """
import sys
import index.models.embedder
from tests.index.fake_embedder import FakeEmbedder

if __name__ == "__main__":
    index.models.embedder.load_embedder = lambda *arguments, **options: FakeEmbedder()
    import app
    sys.argv = ["app.py", "serve"]
    app.main()
"""
HEALTH, STATION = Article("health", "医保", "医保在银行缴费。"), Article("station", "基站", "基站符合标准。")
NEW = Article("new", "医保新规", "医保新规今天施行。")
CLIENTS = 4


class Site:
    """A folder of articles, the builder's state folder, and the replicas by their ports."""

    def __init__(self, root: Path, database: str, redis: int) -> None:
        self.root, self.articles, self.published = root, root / "articles", root / "published"
        self.articles.mkdir()
        (root / "serve.py").write_text(SERVE)
        self.ports = [free_port() for _ in range(3)]
        self.replicas: dict[int, subprocess.Popen[bytes]] = {}
        self._environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "YUANWEN_ARTICLES": str(self.articles),
            "YUANWEN_DATABASE": database,
            "YUANWEN_INDEX": str(self.published),
            "YUANWEN_RATE_LIMITS": f"redis://127.0.0.1:{redis}",
            "YUANWEN_RERANKER": "none",
            "YUANWEN_URL": "http://127.0.0.1",
        }

    def publish(self, *articles: Article) -> None:
        """Write articles, and build the index elsewhere than where it is served."""
        for article in articles:
            self.write(article)
        build(take_inventory(self.articles, self.published), FakeEmbedder(), self.published, quiet)

    def write(self, article: Article) -> None:
        replace_file(self.articles / f"{article.id}.md", to_markdown(article))

    def start(self, port: int) -> None:
        environment = {"YUANWEN_PORT": str(port), "YUANWEN_STATE": str(self.root / f"state-{port}")}
        command = [sys.executable, str(self.root / "serve.py")]
        self.replicas[port] = subprocess.Popen(
            command, cwd=ROOT, env=self._environment | environment, stdout=subprocess.DEVNULL
        )

    def wait(self, port: int) -> None:
        wait_for_port(port)
        waited(lambda: get(port, "/readyz")[0] == 200)

    def kill(self, port: int) -> None:
        self.replicas[port].kill()
        self.replicas[port].wait()

    def end(self) -> None:
        for one in self.replicas.values():
            one.kill()
            one.wait()


@contextmanager
def nginx(site: Site) -> Iterator[int]:
    """The configuration that ships, but for ports, names and TLS; yields its port."""
    port = free_port()
    config = CONFIG.read_text(encoding="utf-8")
    ports = iter(site.ports)
    config = re.sub(r"server 10\.0\.0\.\d+:7860", lambda _: f"server 127.0.0.1:{next(ports)}", config)
    config = re.sub(r"listen .*;", f"listen 127.0.0.1:{port};", config)
    config = re.sub(r"\n\s+ssl_.*;.*", "", config)
    kinds = ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")
    folders = " ".join(f"{kind}_temp_path {site.root}/{kind};" for kind in kinds)
    path, log = site.root / "nginx.conf", site.root / "nginx.log"
    path.write_text(
        f"daemon off; pid {site.root}/pid; error_log {log};\n"
        f"events {{}} http {{ access_log off; {folders}\n{config}\n}}",
        encoding="utf-8",
    )
    with process(needs("nginx"), "-c", str(path), "-e", str(log)):
        wait_for_port(port)
        yield port


def waited(is_so: object) -> None:
    ends = monotonic() + 300
    while not is_so():  # type: ignore[operator]
        assert monotonic() < ends
        sleep(0.05)


def get(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=300)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def ask(port: int, question: str, source: str = "127.0.0.1") -> tuple[int, set[str]]:
    """The status, and the ids of the articles that are quoted or named."""
    body = json.dumps({"question": question})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300, source_address=(source, 0))
    with closing(connection):
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        told = json.loads(answer.read())
    quoted = {quote["article"]["id"] for quote in told.get("quotes", [])}
    return answer.status, quoted | {near["id"] for near in told.get("nearest", [])}


class Visitor(Thread):
    """Asks from an address of its own until it is told to stop, and keeps what went wrong."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__(daemon=True)
        self.port, self.source = port, f"127.0.0.{10 + number}"
        self.answered, self.failed, self.stop = 0, [], Event()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                status, found = ask(self.port, "医保在哪里缴费?", self.source)
                if status != 200 or "health" not in found:
                    self.failed.append((status, found))
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.failed.append(repr(error))
            self.answered += 1
            sleep(0.2)


@pytest.fixture
def site(tmp_path: Path, postgresql: str) -> Iterator[Site]:
    with ExitStack() as stack:
        redis = free_port()
        options = ("--port", str(redis), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path))
        stack.enter_context(process(needs("redis-server"), *options))
        wait_for_port(redis)
        site = Site(tmp_path, postgresql, redis)
        stack.callback(site.end)
        site.publish(HEALTH, STATION)
        for port in site.ports:
            site.start(port)
        for port in site.ports:
            site.wait(port)
        yield site


@pytest.mark.slow
def test_replicas_may_die_and_take_up_what_is_published_and_withdrawn(site: Site) -> None:
    with nginx(site) as port:
        visitors = [Visitor(port, number) for number in range(CLIENTS)]
        for visitor in visitors:
            visitor.start()
        for number, one in enumerate(site.ports):
            site.kill(one)
            before = [visitor.answered for visitor in visitors]
            waited(
                lambda before=before: all(v.answered > b + 2 for v, b in zip(visitors, before, strict=True))
            )
            if number < 2:
                site.start(one)
                site.wait(one)
        for visitor in visitors:
            visitor.stop.set()
        for visitor in visitors:
            visitor.join()
        assert [visitor.failed for visitor in visitors] == [[]] * CLIENTS
    alive = site.ports[:2]
    question = "基站符合标准吗?"
    assert ["station" in ask(one, question)[1] for one in alive] == [True, True]
    site.write(replace(STATION, status="withdrawn"))
    waited(lambda: all(get(one, "/api/articles/station")[0] == 410 for one in alive))
    assert ["station" in ask(one, question)[1] for one in alive] == [False, False]
    site.publish(NEW)
    waited(lambda: all(get(one, "/api/articles/new")[0] == 200 for one in alive))
    assert ["new" in ask(one, "医保新规是什么?")[1] for one in alive] == [True, True]
    assert not (site.root / f"state-{alive[0]}" / "index").exists()
    assert get(alive[0], "/desk")[0] == 404
