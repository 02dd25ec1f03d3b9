"""How many questions a service answers when many people ask at once: python -m tests.speed.load.

    python -m tests.speed.load --clients 1 32 --beside ../former --rounds 3

Each client asks, reads the answer and asks again; no question comes twice. With `--beside` the service of
another checkout answers in turn, some seconds each, so that ratios hold on a machine that others use too.
Printed for each number of clients: answers a second, the median and the 95th percentile of the wait, and the
processor time of an answer; for each service how long a warm start takes and the memory at rest.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from shutil import copy
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, perf_counter, sleep

from tests.speed.benchmark import machine

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "tests" / "quality"
LANGUAGES = {"zh": "questions.jsonl", "en": "english.jsonl"}
WARM_UP = 4
"""Questions of each client that are not counted."""


def main() -> None:
    options = read_options()
    print(machine(), end="")
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {options.seconds} s x {options.rounds} rounds\n")
    with ExitStack() as open_ones:
        services = [
            open_ones.enter_context(served(checkout, options.settings))
            for checkout in [ROOT, *options.beside]
        ]
        for service in services:
            print(f"{service.name}: ready after {service.ready:.1f} s, {service.memory()} at rest")
        for language, clients in product(options.language, options.clients):
            measure(services, language, clients, options)


def read_options() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.speed.load")
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 32])
    parser.add_argument("--seconds", type=float, default=10, help="of one round")
    parser.add_argument("--rounds", type=int, default=3, help="of each service, in turn")
    parser.add_argument("--language", nargs="+", choices=[*LANGUAGES], default=[*LANGUAGES])
    parser.add_argument("--beside", nargs="+", type=Path, default=[], help="other checkouts")
    parser.add_argument("--settings", nargs="*", default=[], help="such as YUANWEN_RERANKER=none, for all")
    return parser.parse_args()


def measure(services: list[Service], language: str, clients: int, options: Namespace) -> None:
    """Prints a line for each service, and what the first one is of each other."""
    found = {service.name: Round() for service in services}
    questions = {service.name: distinct_questions(language) for service in services}
    for _ in range(options.rounds):
        for service in services:
            found[service.name] += asked(service, questions[service.name], clients, options.seconds)
    print(f"\n{language}, {clients} clients")
    for name, round_ in found.items():
        print(f"  {name}: {round_}")
    first, *others = found.values()
    for name, other in zip([*found][1:], others, strict=True):
        print(
            f"  of {name}: answers/s x{first.rate / other.rate:.2f}, p50 x{first.p50 / other.p50:.2f},"
            f" processor x{first.cost / other.cost:.2f}"
        )


@dataclass
class Round:
    """What came of some seconds of asking."""

    seconds: float = 0.0
    processor: float = 0.0
    waits: list[float] = field(default_factory=list)
    failed: int = 0

    def __iadd__(self, other: Round) -> Round:
        self.seconds += other.seconds
        self.processor += other.processor
        self.waits += other.waits
        self.failed += other.failed
        return self

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    @property
    def p50(self) -> float:
        return 1000 * median(self.waits)

    @property
    def cost(self) -> float:
        return 1000 * self.processor / len(self.waits)

    def __str__(self) -> str:
        p95 = 1000 * quantiles(self.waits, n=20)[-1]
        return (
            f"{self.rate:.1f} answers/s, p50 {self.p50:.0f} ms, p95 {p95:.0f} ms,"
            f" {self.cost:.1f} ms of a processor an answer, {self.failed} failed"
        )


def distinct_questions(language: str) -> Iterator[str]:
    """The beginning of one of the project's own questions and the end of another: some thousands.

    Threads may share it.
    """
    lines = (SETS / LANGUAGES[language]).read_text(encoding="utf-8").splitlines()
    own = [row["question"] for row in map(json.loads, lines) if row["language"].startswith(language)]
    pairs = [(one, other) for one, other in product(own, own) if one != other]
    random.Random(7).shuffle(pairs)
    return iter(list(dict.fromkeys(first_half(one) + second_half(other) for one, other in pairs)))


def first_half(question: str) -> str:
    """Up to the middle; of words, whole ones: "Who built the station?" -> "Who built "."""
    return question[: middle(question)]


def second_half(question: str) -> str:
    return question[middle(question) :]


def middle(question: str) -> int:
    spaces = [found.end() for found in re.finditer(" ", question)]
    return min(spaces, key=lambda place: abs(place - len(question) / 2), default=len(question) // 2)


def asked(service: Service, questions: Iterator[str], clients: int, seconds: float) -> Round:
    """What came of so many clients that ask for some seconds, each after the other's answer."""
    found = Round()
    warm = [Thread(target=ask_on, args=[service, questions, Round(), 0.0]) for _ in range(clients)]
    run_all(warm)
    before, began = service.processor_seconds(), perf_counter()
    run_all(
        [Thread(target=ask_on, args=[service, questions, found, began + seconds]) for _ in range(clients)]
    )
    found.seconds, found.processor = perf_counter() - began, service.processor_seconds() - before
    return found


def run_all(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def ask_on(service: Service, questions: Iterator[str], found: Round, ends: float) -> None:
    """One client; with `ends` in the past it asks WARM_UP questions."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=120)
    left = WARM_UP
    while perf_counter() < ends or (not ends and left):
        left -= 1
        body = json.dumps({"question": next(questions)})
        began = perf_counter()
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            found.waits.append(perf_counter() - began)
        else:
            found.failed += 1
    connection.close()


@dataclass
class Service:
    """The service of a checkout, over the nine articles."""

    name: str
    port: int
    process: subprocess.Popen[str]
    ready: float
    """Seconds from its start to its first answer, the index being there already."""

    def memory(self) -> str:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        resident, anonymous = (int(status.split(f"{name}:")[1].split()[0]) for name in ("VmRSS", "RssAnon"))
        return f"{resident / 1024:.0f} MB resident, {anonymous / 1024:.0f} MB of it anonymous"

    def processor_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(checkout: Path, settings: list[str]) -> Iterator[Service]:
    """A checkout's service: its index is built first, so that the start is a warm one."""
    with TemporaryDirectory() as state:
        articles = Path(state) / "articles"  # without the cards, which an older version takes for articles
        articles.mkdir()
        for path in (ROOT / "corpus" / "articles").glob("*.md"):
            copy(path, articles)
        environment = os.environ | {
            "PYTHONUNBUFFERED": "1",
            "YUANWEN_ARTICLES": str(articles),
            "YUANWEN_PORT": "0",
            "YUANWEN_QUESTIONS_PER_MINUTE": "1000000",
            "YUANWEN_STATE": state,
        }
        environment |= dict(setting.split("=", 1) for setting in settings)
        subprocess.run(
            [sys.executable, "app.py", "build"], cwd=checkout, env=environment, check=True, stdout=-3
        )
        began = monotonic()
        command = [sys.executable, "app.py", "serve"]
        with subprocess.Popen(
            command, cwd=checkout, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            try:
                port = int(process.stdout.readline().strip().rpartition(":")[2])
                wait_ready(port)
                ready = monotonic() - began
                sleep(3)  # it asks for the examples yet
                yield Service(commit(checkout), port, process, ready)
            finally:
                process.terminate()


def wait_ready(port: int) -> None:
    ends = monotonic() + 120
    while monotonic() < ends:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/readyz")
        if connection.getresponse().status == 200:
            return
        sleep(0.05)
    raise SystemExit("the service did not become ready in two minutes")


def commit(checkout: Path) -> str:
    command = ["git", "-C", str(checkout), "describe", "--always", "--dirty"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
