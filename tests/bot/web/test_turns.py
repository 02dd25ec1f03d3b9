"""Whoever has had least goes first, and nobody can use up the room that others wait in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.web import turns
from bot.web.clients import CLIENT, IS_GONE, Client, client_at
from bot.web.turns import BusyError, FairTurns

GREEDY, OTHER, NEIGHBOR = (client_at(host) for host in ("192.0.2.1", "198.51.100.1", "192.0.2.2"))


class Hall:
    """Turns at a clock of their own; `asked` is who was answered, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at_once: int = 1, waiting: int = 64) -> None:
        self.turns = FairTurns(at_once, waiting)
        self.asked: list[str] = []
        self.now = 0.0
        monkeypatch.setattr(turns, "monotonic", lambda: self.now)

    def turn(self, client: Client) -> AbstractAsyncContextManager[None]:
        CLIENT.set(client)
        return self.turns.turn()

    async def ask(self, client: Client, seconds: float = 1.0) -> None:
        async with self.turn(client):
            await asyncio.sleep(0)
            self.now += seconds
            self.asked.append(client.address)


def run(scene: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 10))  # type: ignore[arg-type]


def test_one_who_asks_much_waits_for_one_who_asks_little(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        many = [asyncio.create_task(hall.ask(GREEDY)) for _ in range(20)]
        await asyncio.sleep(0)
        await hall.ask(OTHER)
        assert hall.asked == ["192.0.2.1", "198.51.100.1"]
        await asyncio.gather(*many)

    run(scene)


def test_seconds_count_and_not_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        long = [asyncio.create_task(hall.ask(GREEDY, seconds=4.0)) for _ in range(3)]
        short = [asyncio.create_task(hall.ask(OTHER, seconds=1.0)) for _ in range(6)]
        await asyncio.gather(*long, *short)
        assert hall.asked[:6] == ["192.0.2.1", *["198.51.100.1"] * 4, "192.0.2.1"]

    run(scene)


def test_addresses_of_one_network_share_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        crowd = [asyncio.create_task(hall.ask(client_at(f"192.0.2.{n}"))) for n in range(10)]
        others = [asyncio.create_task(hall.ask(OTHER)) for _ in range(4)]
        await asyncio.gather(*crowd, *others)
        assert [address == OTHER.address for address in hall.asked[1:8]].count(True) >= 3

    run(scene)


def test_within_a_network_the_one_that_had_least_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        many = [asyncio.create_task(hall.ask(GREEDY)) for _ in range(5)]
        await asyncio.sleep(0)
        await hall.ask(NEIGHBOR)
        assert hall.asked == ["192.0.2.1", "192.0.2.2"]
        await asyncio.gather(*many)

    run(scene)


def test_where_the_room_is_full_the_one_with_most_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch, waiting=8)
        async with hall.turn(NEIGHBOR):
            many = [asyncio.create_task(hall.ask(GREEDY)) for _ in range(12)]
            await asyncio.sleep(0)
            others = [asyncio.create_task(hall.ask(client_at(f"198.51.{n}.1"))) for n in range(4)]
            await asyncio.sleep(0)
        await asyncio.gather(*others)
        results = await asyncio.gather(*many, return_exceptions=True)
        assert [type(result) for result in results].count(BusyError) == 4 + 4
        assert len(hall.asked) == 4 + 4

    run(scene)


def test_where_all_have_one_the_newcomer_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch, waiting=3)
        waiting = [asyncio.create_task(hall.ask(client_at(f"10.0.{n}.1"))) for n in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await hall.ask(OTHER)
        await asyncio.gather(*waiting)

    run(scene)


def test_at_the_end_nobody_is_left_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        async with hall.turn(GREEDY):
            waiting = asyncio.create_task(hall.ask(OTHER))
            await asyncio.sleep(0)
            hall.turns.send_all_away()
            with pytest.raises(BusyError):
                await waiting

    run(scene)


def test_who_leaves_before_its_turn_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        async with hall.turn(GREEDY):
            leaving = asyncio.create_task(hall.ask(OTHER))
            staying = asyncio.create_task(hall.ask(NEIGHBOR))
            await asyncio.sleep(0)
            leaving.cancel()
        leaving.cancel()  # called in the same moment
        await staying
        assert (hall.asked, hall.turns.waiting, hall.turns._free) == (["192.0.2.2"], 0, 1)
        assert not hall.turns._here
        assert not hall.turns._seconds

    run(scene)


def test_who_has_gone_has_no_turn_and_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch, waiting=3)
        gone = False

        async def leave() -> None:
            IS_GONE.set(lambda: gone)
            await hall.ask(GREEDY)

        async with hall.turn(NEIGHBOR):
            leaving = [asyncio.create_task(leave()) for _ in range(3)]
            await asyncio.sleep(0)
            gone = True
            leaving.append(asyncio.create_task(leave()))
            waiting = [asyncio.create_task(hall.ask(client_at(f"10.0.{n}.1"))) for n in range(2)]
            await asyncio.sleep(0)
            assert hall.turns.waiting == 2
        await asyncio.gather(*waiting)
        ended = await asyncio.gather(*leaving, return_exceptions=True)
        assert [type(one) for one in ended] == [BusyError] * 4
        assert hall.asked == ["10.0.0.1", "10.0.1.1"]

    run(scene)


def test_who_goes_while_it_waits_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hall = Hall(monkeypatch)
        gone = False

        async def leave() -> None:
            IS_GONE.set(lambda: gone)
            await hall.ask(OTHER)

        async with hall.turn(NEIGHBOR):
            leaving = asyncio.create_task(leave())
            staying = asyncio.create_task(hall.ask(GREEDY))
            await asyncio.sleep(0)
            gone = True
        await staying
        with pytest.raises(BusyError):
            await leaving
        assert (hall.asked, hall.turns.waiting, hall.turns._free) == (["192.0.2.1"], 0, 1)

    run(scene)
