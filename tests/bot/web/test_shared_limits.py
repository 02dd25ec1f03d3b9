"""Rate limits that several processes share, at a Redis server of Debian's, and without one that answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from bot.web import shared_limits
from bot.web.clients import Client, client_at
from bot.web.problems import Problem
from bot.web.shared_limits import SharedLimits, SharedLimitsError
from tests.deploy.programs import free_port, needs, process, wait_for_port

HERE, NEAR, FAR = (client_at(host) for host in ("192.0.2.7", "192.0.2.8", "198.51.100.7"))


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that writes nothing down."""
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with process(needs("redis-server"), *options):
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}"


async def visit(limits: SharedLimits, allowed: int, client: Client, cost: int = 1) -> bool:
    try:
        await limits.check("asking", allowed, client, cost)
    except Problem as problem:
        return problem.status != 429 or not 1 <= int(problem.headers["Retry-After"]) <= 60
    return True


def test_two_processes_share_what_an_address_may_ask(redis: str) -> None:
    async def both() -> list[bool]:
        async with aclosing(SharedLimits(redis)) as one, aclosing(SharedLimits(redis)) as other:
            found = [await visit(limits, 3, HERE) for limits in (one, other, one, other)]
            return [*found, await visit(other, 3, FAR)]

    assert asyncio.run(both()) == [True, True, True, False, True]


def test_a_network_has_ten_addresses_share_and_a_large_cost_is_let_through_once(redis: str) -> None:
    async def ask() -> list[bool]:
        async with aclosing(SharedLimits(redis)) as limits:
            hosts = [client_at(f"203.0.113.{number}") for number in range(11)]
            of_network = [await visit(limits, 1, host) for host in hosts]
            return [*of_network, await visit(limits, 5, NEAR, 8), await visit(limits, 5, NEAR)]

    assert asyncio.run(ask()) == [*[True] * 10, False, True, False]


def test_without_an_answer_all_are_let_in_and_the_server_is_left_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def ask() -> list[bool]:
        async with aclosing(SharedLimits(f"redis://127.0.0.1:{free_port()}")) as limits:
            return [await visit(limits, 1, HERE) for _ in range(3)]

    assert asyncio.run(ask()) == [True, True, True]
    [told] = [record.message for record in caplog.records]
    assert told.startswith("the shared rate limits are not counted now: ")


def test_missing_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_limits, "find_spec", lambda name: None)
    with pytest.raises(SharedLimitsError, match=r"pip install 'yuanwen\[replicas\]'"):
        SharedLimits("redis://127.0.0.1")
