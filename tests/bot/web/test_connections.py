"""Connections that send or read too slowly are cut, and no address has all of them."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from ipaddress import ip_network
from threading import Thread
from time import monotonic, sleep

import httpx2
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.web import connections, guard
from bot.web.connections import Connections, limited_protocol, raise_descriptors
from bot.web.guard import Guard

LOOPBACK = (ip_network("127.0.0.0/8"),)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Says much to a visitor who may not read it."""
    await PlainTextResponse("x" * 50_000_000 if scope["path"] == "/articles" else "reached")(
        scope, receive, send
    )


@pytest.fixture
def limits() -> Connections:
    return Connections(most=40, trusted=())


@pytest.fixture
def address(limits: Connections, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(connections, "HEAD_WITHIN", 0.5)
    monkeypatch.setattr(connections, "READ_WITHIN", 0.5)
    monkeypatch.setattr(guard, "BODY_WITHIN", 0.5)
    config = uvicorn.Config(Guard(app), log_level="critical", lifespan="off", http=limited_protocol(limits))  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            sleep(0.01)
        yield bound.getsockname()[:2]
        server.should_exit = True
        thread.join()


def is_cut(connection: socket.socket, within: float = 5.0) -> bool:
    connection.settimeout(within)
    try:
        while connection.recv(100_000):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


@pytest.mark.parametrize("head", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"\r\n", b"POST /api/ask HT"])
def test_half_a_head_is_cut(address: tuple[str, int], head: bytes) -> None:
    with closing(socket.create_connection(address)) as connection:
        connection.sendall(head)
        began = monotonic()
        assert is_cut(connection)
        assert monotonic() - began < 3


def test_a_byte_now_and_then_keeps_nothing_open(address: tuple[str, int]) -> None:
    with closing(socket.create_connection(address)) as connection:
        began = monotonic()
        with suppress(ConnectionError):
            for byte in b"GET /" + b"a" * 100:
                connection.sendall(bytes([byte]))
                sleep(0.1)
        assert monotonic() - began < 5


def test_half_a_second_head_is_cut_too(address: tuple[str, int]) -> None:
    with closing(socket.create_connection(address)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost:")
        assert is_cut(connection)


def test_half_a_body_is_answered_and_cut(address: tuple[str, int]) -> None:
    with closing(socket.create_connection(address)) as connection:
        about = b"Host: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n"
        connection.sendall(b"POST /api/ask HTTP/1.1\r\n" + about + b'\r\n{"')
        assert connection.recv(100).startswith(b"HTTP/1.1 408")
        assert is_cut(connection)


def test_who_reads_nothing_is_cut(address: tuple[str, int], limits: Connections) -> None:
    with closing(socket.create_connection(address)) as connection:
        connection.sendall(b"GET /articles HTTP/1.1\r\nHost: x\r\n\r\n")
        ends = monotonic() + 10
        while limits._whole or monotonic() < ends - 9.5:
            assert monotonic() < ends
            sleep(0.05)


def test_one_network_leaves_three_quarters_to_others(address: tuple[str, int], limits: Connections) -> None:
    with ExitStack() as stack:
        held = [stack.enter_context(closing(socket.create_connection(address))) for _ in range(30)]
        sleep(0.2)
        assert limits._networks["127.0.0.0/24"] == 10
        assert sum(is_cut(connection, 0.01) for connection in held) == 20
        other = socket.create_connection(address, source_address=("127.0.1.1", 0))
        with closing(other):
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert other.recv(100).startswith(b"HTTP/1.1 200")
    with httpx2.Client(base_url="http://{}:{}".format(*address)) as client:
        assert client.get("/healthz").status_code == 200


def test_a_trusted_proxy_has_as_many_as_there_may_be() -> None:
    counted = Connections(most=40, trusted=LOOPBACK)
    assert [counted.open("127.0.0.1") for _ in range(41)] == [True] * 40 + [False]


def test_what_is_closed_is_counted_no_more() -> None:
    counted = Connections(most=8)
    assert [counted.open("192.0.2.1") for _ in range(3)] == [True, True, False]
    for _ in range(3):
        counted.close("192.0.2.1")
    assert (counted.open("192.0.2.1"), counted._whole, len(counted._networks)) == (True, 1, 1)


def test_descriptors_are_raised_as_far_as_the_process_may() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        assert raise_descriptors() == resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 256
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
