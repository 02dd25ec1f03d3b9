"""A flood from a few addresses costs those, and what nobody waits for any more costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Semaphore
from time import monotonic, sleep

import httpx2
import pytest

from bot import messages
from bot.answering.bot import Answer
from bot.operations.metrics import Metrics
from bot.web.chat import sessions
from bot.web.server import create_app
from tests.bot.web.driver import Page, shown, wished
from tests.bot.web.running import running
from tests.bot.web.stub import StubBot


class HeldBot(StubBot):
    """Answers as often as it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.may = Semaphore(1)  # what is asked when the service starts
        self.begun: list[str] = []

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        self.begun.append(question)
        assert self.may.acquire(timeout=60)
        return super().ask(question, history, top)


class Flooded:
    """A service whose bot is held, and visitors from any address."""

    def __init__(self, address: str, bot: HeldBot, metrics: Metrics, pool: ThreadPoolExecutor) -> None:
        self.address, self.bot, self._metrics, self._pool = address, bot, metrics, pool
        self._clients: list[httpx2.Client] = []

    def client(self, host: str, timeout: float = 60) -> httpx2.Client:
        return httpx2.Client(base_url=self.address, headers={"X-Forwarded-For": host}, timeout=timeout)

    def ask(self, host: str, question: str) -> Future[int]:
        def asked() -> int:
            with self.client(host) as client:
                return client.post("/api/ask", json={"question": question}).status_code

        return self._pool.submit(asked)

    def resume(self, host: str, session: str, *texts: str) -> Page:
        self._clients.append(self.client(host))
        page = Page(self._clients[-1], session)  # type: ignore[arg-type]
        assert page.join(page.body("resume", wished(*texts), None)).status_code == 200
        return page

    def close(self) -> None:
        self.bot.may.release(1000)
        for client in self._clients:
            client.close()

    def waiting(self) -> int:
        found = re.search(r"^yuanwen_queue_waiting (\d+)", self._metrics.text().decode(), re.MULTILINE)
        assert found
        return int(found[1])

    def until(self, holds: Callable[[], bool]) -> None:
        ends = monotonic() + 60
        while not holds():
            assert monotonic() < ends
            sleep(0.01)


@pytest.fixture
def flooded() -> Iterator[Flooded]:
    bot, metrics = HeldBot(), Metrics()
    app = create_app(bot, metrics=metrics)
    with running(app, "127.0.0.1/32") as address, ThreadPoolExecutor(8) as pool:
        service = Flooded(address, bot, metrics, pool)
        service.until(lambda: len(bot.asked) == 1)
        bot.begun.clear()
        yield service
        service.close()


def test_a_question_waits_for_no_conversation_that_is_resumed(flooded: Flooded) -> None:
    texts = [f"第{n}个问题?" for n in range(20)]
    for n in range(3):
        flooded.resume(f"192.0.2.{n}", f"greedy{n}", *texts)
    flooded.until(lambda: flooded.waiting() == 1)
    answered = flooded.ask("203.0.113.7", "快递?")
    flooded.until(lambda: flooded.waiting() == 2)
    flooded.bot.may.release(1)
    flooded.until(lambda: "快递?" in flooded.bot.begun)
    assert flooded.bot.begun.index("快递?") == 2  # behind the two that were being answered
    flooded.bot.may.release(1000)
    assert answered.result() == 200


def test_what_nobody_reads_is_not_asked(flooded: Flooded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "UNREAD", 0.0)
    page = flooded.resume("192.0.2.1", "left", "一题?", "二题?")
    outputs = page.finished()["output"]["data"]
    assert any(messages.BUSY.to("zh-Hans") in html for html in shown(outputs[1]))
    assert flooded.bot.begun == []


def test_results_that_nobody_fetched_are_dropped(flooded: Flooded, monkeypatch: pytest.MonkeyPatch) -> None:
    left = flooded.resume("192.0.2.1", "left", "一题?", "二题?")
    monkeypatch.setattr(sessions, "UNREAD", 0.0)
    flooded.resume("192.0.2.1", "next", "三题?")
    stream = left.client.get("/gradio_api/queue/data", params={"session_hash": "left"}).text
    assert '"session_not_found":true' in stream


def test_who_closes_the_page_is_asked_for_no_more(flooded: Flooded) -> None:
    page = flooded.resume("192.0.2.1", "closing", *(f"第{n}个问题?" for n in range(20)))
    flooded.until(lambda: len(flooded.bot.begun) == 1)
    query = {"session_hash": "closing"}
    with page.client.stream("GET", "/gradio_api/queue/data", params=query) as stream:
        next(stream.iter_lines())
    assert flooded.ask("203.0.113.7", "快递?").cancel() is False
    flooded.until(lambda: "快递?" in flooded.bot.begun)
    flooded.bot.may.release(1000)
    flooded.until(lambda: len(flooded.bot.asked) == 3)
    flooded.until(lambda: flooded.waiting() == 0)
    assert flooded.bot.begun == ["第0个问题?", "快递?"]


def test_who_hangs_up_has_no_turn(flooded: Flooded) -> None:
    running_now = [flooded.ask("192.0.2.1", f"第{n}个问题?") for n in range(2)]
    flooded.until(lambda: len(flooded.bot.begun) == 2)
    with flooded.client("192.0.3.1", timeout=0.5) as client, pytest.raises(httpx2.ReadTimeout):
        client.post("/api/ask", json={"question": "没人等了?"})
    last = flooded.ask("192.0.4.1", "快递?")
    flooded.until(lambda: flooded.waiting() == 2)
    flooded.bot.may.release(1000)
    assert [one.result() for one in (*running_now, last)] == [200, 200, 200]
    assert "没人等了?" not in flooded.bot.begun
