"""Pages are made in turns: whoever has had least goes first, and who reads slowly holds up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from bot.web.guard import Guard


class Gate:
    """An app whose pages are made and read as soon as they may be; `begun` are their paths, in order."""

    def __init__(self) -> None:
        self.making, self.reading = asyncio.Event(), asyncio.Event()
        self.begun: list[str] = []

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.append(scope["path"])
        await self.making.wait()
        await PlainTextResponse("reached")(scope, receive, send)

    async def until(self, number: int) -> None:
        while len(self.begun) < number:
            await asyncio.sleep(0.01)


Ask = Callable[[str, str], asyncio.Task[None]]


def served(scene: Callable[[Ask, Gate], Awaitable[None]]) -> None:
    gate = Gate()
    guarded = Guard(gate.app)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        await gate.reading.wait()

    def ask(host: str, path: str) -> asyncio.Task[None]:
        scope = {
            "type": "http", "method": "GET", "path": path, "root_path": "",
            "headers": [], "query_string": b"", "client": (host, 1),
        }  # fmt: skip
        return asyncio.ensure_future(guarded(scope, receive, send))

    async def play() -> None:
        await asyncio.wait_for(scene(ask, gate), 30)  # type: ignore[arg-type]

    asyncio.run(play())


def test_a_flood_lets_others_through() -> None:
    async def scene(ask: Ask, gate: Gate) -> None:
        gate.reading.set()
        flood = [ask("192.0.2.1", "/articles") for _ in range(40)]
        await gate.until(4)
        other = ask("198.51.100.7", "/about")
        await asyncio.sleep(0)
        gate.making.set()
        await other
        assert gate.begun.index("/about") == 4
        await asyncio.gather(*flood)

    served(scene)


def test_who_reads_slowly_holds_up_nobody() -> None:
    async def scene(ask: Ask, gate: Gate) -> None:
        gate.making.set()
        slow = [ask(f"192.0.{n}.1", "/articles") for n in range(40)]
        await gate.until(40)
        gate.reading.set()
        await asyncio.gather(*slow)

    served(scene)


def test_streams_take_no_turn() -> None:
    async def scene(ask: Ask, gate: Gate) -> None:
        streams = [ask("192.0.2.1", f"/gradio_api/heartbeat/s{n}") for n in range(40)]
        await gate.until(40)
        gate.making.set()
        gate.reading.set()
        await asyncio.gather(*streams)

    served(scene)
