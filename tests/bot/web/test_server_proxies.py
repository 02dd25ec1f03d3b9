"""Who a visitor is: what a trusted proxy says, and nothing that the visitor writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from bot.web.server import create_app
from tests.bot.web.running import running
from tests.bot.web.stub import StubBot


@contextmanager
def service(*trusted: str) -> Iterator[httpx2.Client]:
    """It lets an address ask twice a minute."""
    with (
        running(create_app(StubBot(), questions_per_minute=2), *trusted) as address,
        httpx2.Client(base_url=address) as client,
    ):
        yield client


def asked(client: httpx2.Client, *forwarded: str) -> list[int]:
    return [
        client.post("/api/ask", json={"question": "快递?"}, headers={"X-Forwarded-For": value}).status_code
        for value in forwarded
    ]


@pytest.mark.parametrize("trusted", [["127.0.0.1"], ["127.0.0.0/8", "10.0.0.0/8"]])
def test_what_a_visitor_writes_before_the_proxys_word_counts_for_nothing(trusted: list[str]) -> None:
    with service(*trusted) as client:
        spoofed = [f"198.51.100.{n}, 203.0.113.7" for n in range(4)]
        assert asked(client, *spoofed) == [200, 200, 429, 429]
        assert asked(client, "203.0.113.8", "::ffff:203.0.113.9") == [200, 200]


def test_a_chain_of_trusted_proxies_is_gone_back() -> None:
    with service("127.0.0.1", "10.0.0.0/8") as client:
        assert asked(client, *(f"{n}.1.1.1, 203.0.113.7, 10.0.0.3" for n in range(3))) == [200, 200, 429]


def test_without_a_proxy_the_header_counts_for_nothing() -> None:
    with service() as client:
        assert asked(client, *(f"203.0.113.{n}" for n in range(3))) == [200, 200, 429]
