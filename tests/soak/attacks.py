"""What strangers may try, each a bounded burst against a service on this machine."""

from __future__ import annotations

import multiprocessing
import random
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.synchronize import Event
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from tests.bot.web.driver import Page, wished

__all__ = ["ATTACKS", "Attackers", "Target"]

PATHS = (
    "/file=/etc/passwd", "/gradio_api/file=/etc/passwd", "/gradio_api/upload", "/config", "/monitoring",
    "/assets/%2e%2e/%2e%2e/etc/passwd", "/articles/%00", "/proxy=http://x/",
)  # fmt: skip

LIGATURE = "\ufdfa"  # eighteen characters once it is written out


class Target(NamedTuple):
    """A service on this machine, and its folder of articles."""

    address: str
    articles: Path
    chance: random.Random
    lasts: float = 10.0
    """Seconds of an attack that goes on for a while."""

    def client(self, host: str = "198.51.100.7") -> httpx.Client:
        assert urlsplit(self.address).hostname == "127.0.0.1"
        return httpx.Client(base_url=self.address, headers={"X-Forwarded-For": host}, timeout=30)


def resumes(target: Target) -> None:
    """66 conversations of 20 long questions from one address, and nobody reads the answers."""
    with target.client() as http:
        page = Page(http, f"a{target.chance.randrange(10**9)}")  # type: ignore[arg-type]
        texts = ["基" * 490 + str(number) for number in range(20)]
        for _ in range(66):
            page.join(page.body("resume", wished(*texts), None))


def unknown_streams(target: Target) -> None:
    with target.client() as http:
        for number in range(100):
            http.get("/gradio_api/queue/data", params={"session_hash": f"unknown{number}"})


def odd_events(target: Target) -> None:
    with target.client() as http:
        for number in (99, -1, 10**9, True, None, "1"):
            event = {"data": [None], "fn_index": number, "session_hash": "abc", "event_data": None}
            http.post("/gradio_api/queue/join", json=event)
        for name, value in (("x-gradio-server", "http://x:abc"), ("x-forwarded-host", "[::")):
            http.get("/", headers={name: value})


def half_requests(target: Target) -> None:
    """200 connections with half a head, 50 with half a body, held for a while."""
    parts = urlsplit(target.address)
    head = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
    opened = []
    for number in range(250):
        with suppress(OSError):
            connection = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10)
            connection.sendall(head if number < 200 else head + b"\r\n{")
            opened.append(connection)
    sleep(target.lasts)
    for connection in opened:
        connection.close()


def examples(target: Target) -> None:
    with target.client() as http, ThreadPoolExecutor(30) as pool:
        languages = ("zh-Hans", "zh-Hant", "en") * 10
        list(pool.map(lambda one: http.get("/api/examples", params={"language": one}).status_code, languages))


def many_addresses(target: Target) -> None:
    """Requests from 300 networks of one provider."""
    with target.client() as http:
        for number in range(300):
            http.get("/api/articles", headers={"X-Forwarded-For": f"2001:db8:7:{number:x}::1"})


def costly_questions(target: Target) -> None:
    with target.client("198.51.100.9") as http:
        for question in (LIGATURE * 500, "?" * 499 + "a", "为什么" * 166, "a " * 250, "。" * 499 + "火"):
            http.post("/api/ask", json={"question": question, "history": [question] * 20, "top": 10})


def bodies(target: Target) -> None:
    deep = b'{"question": ' + b"[" * 30_000
    kinds = {"content-type": "application/json"}
    with target.client() as http:
        for content in (b"x" * 70_000, deep, b"\xff" * 100, b"", b"[]", b'{"question": 7}', b"{" * 60_000):
            for path in ("/api/ask", "/api/feedback", "/mcp", "/gradio_api/queue/join"):
                http.post(path, content=content, headers=kinds)


def floods(target: Target) -> None:
    """As many questions and votes as one network can send, from eight addresses of it."""
    ends = monotonic() + target.lasts

    def flood(number: int) -> None:
        with target.client(f"198.51.101.{number}") as http:
            while monotonic() < ends:
                http.post("/api/ask", json={"question": f"第{number}个问题怎么办?"})
                http.post("/api/feedback", json={"answer_id": "A" * 16, "vote": "up"})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(flood, range(8)))


def paths(target: Target) -> None:
    with target.client() as http:
        for path in PATHS:
            http.get(path)
            http.post(path, json={})


def hostile_article(target: Target) -> None:
    """A file that no parser should see, in the folder for a while."""
    path = target.articles / "deep.md"
    path.write_text("---\ntitle: " + "[" * 50_000 + "\n---\n\nbody\n", encoding="utf-8")
    sleep(target.lasts / 2)
    path.unlink()


ATTACKS: tuple[Callable[[Target], None], ...] = (
    resumes, unknown_streams, odd_events, half_requests, examples, many_addresses, costly_questions, bodies,
    floods, paths, hostile_article,
)  # fmt: skip


class Attackers:
    """Each attack again and again with `pause` seconds between, while not resting.

    In a process of their own, so that visitors are not slowed by their threads.
    """

    def __init__(self, target: Target, pause: float = 20.0) -> None:
        context = multiprocessing.get_context("spawn")
        self.rests, self._stop = context.Event(), context.Event()
        self._bursts = context.Value("i", 0)
        self._process = context.Process(
            target=_attack, args=(target, pause, self.rests, self._stop, self._bursts), daemon=True
        )

    @property
    def bursts(self) -> int:
        """Attacks that have ended."""
        return int(self._bursts.value)

    def start(self) -> None:
        self._process.start()

    def end(self) -> None:
        self._stop.set()
        self._process.join()


def _attack(target: Target, pause: float, rests: Event, stop: Event, bursts: Any) -> None:
    def go_on(attack: Callable[[Target], None]) -> None:
        while not stop.is_set():
            if not rests.is_set():
                with suppress(httpx.HTTPError, OSError, AssertionError):  # being refused is what is wanted
                    attack(target)
                with bursts.get_lock():
                    bursts.value += 1
            stop.wait(pause * random.uniform(0.7, 1.3))

    with ThreadPoolExecutor(len(ATTACKS)) as pool:
        list(pool.map(go_on, ATTACKS))
