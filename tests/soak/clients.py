"""Visitors who behave: each asks, votes and reads at a person's pace, and notes how long it waited."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic, perf_counter
from typing import NamedTuple

import httpx

from tests.bot.web.driver import Page, wished

__all__ = ["Client", "Wait"]

QUESTIONS = (
    "基站辐射安全吗?", "火灾怎么办?", "医保怎么交?", "怎样防范电信诈骗?", "停水了找谁?", "社区有哪些活动?",
    "Is base-station radiation safe?", "实名收寄率要达到多少?", "志愿者怎么报名?", "办事大厅几点开门?",
)  # fmt: skip


class Wait(NamedTuple):
    """A request: when it began, what it was and how many seconds it took; `trouble` says why it failed."""

    began: float
    kind: str
    seconds: float
    trouble: str


@dataclass
class Client:
    """One visitor from an address of its own, who pauses `pause` seconds between two requests."""

    address: str
    number: int
    pause: float = 2.0
    waits: list[Wait] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    stop: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.number)
        self._thread = Thread(target=self._visit, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Ends the visit."""
        self.stop.set()
        self._thread.join()

    def _visit(self) -> None:
        headers = {"X-Forwarded-For": f"203.{self.number}.113.7", "Accept-Language": "zh-CN"}
        hooks = {"response": [self._count]}
        with httpx.Client(base_url=self.address, headers=headers, timeout=120, event_hooks=hooks) as http:
            ways: list[tuple[str, Callable[[httpx.Client], object]]] = [
                ("ask", self._ask), ("ask", self._ask), ("chat", self._chat), ("page", self._read),
            ]  # fmt: skip
            while not self.stop.wait(self.pause * self._chance.uniform(0.5, 1.5)):
                kind, way = self._chance.choice(ways)
                self._timed(kind, lambda way=way: way(http))

    def _count(self, response: httpx.Response) -> None:
        self.statuses[response.status_code] += 1

    def _timed(self, kind: str, way: Callable[[], object]) -> None:
        at, began, trouble = monotonic(), perf_counter(), ""
        try:
            way()
        except (httpx.HTTPError, AssertionError, ValueError) as error:
            trouble = f"{type(error).__name__}: {error}"[:300]
        self.waits.append(Wait(at, kind, perf_counter() - began, trouble))

    def _ask(self, http: httpx.Client) -> None:
        answer = http.post("/api/ask", json={"question": self._chance.choice(QUESTIONS)}).raise_for_status()
        if self._chance.random() < 0.2:
            vote = {"answer_id": answer.json()["answer_id"], "vote": "up"}
            http.post("/api/feedback", json=vote).raise_for_status()

    def _chat(self, http: httpx.Client) -> None:
        page = Page(http, f"s{self.number}x{self._chance.randrange(10**9)}")  # type: ignore[arg-type]
        page.run("ask", wished(self._chance.choice(QUESTIONS)), None)

    def _read(self, http: httpx.Client) -> None:
        path = self._chance.choice(("/articles", "/api/articles", "/sitemap.xml", "/readyz", "/"))
        http.get(path).raise_for_status()
