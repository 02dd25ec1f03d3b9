"""A service on a port of its own, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network
from typing import Any

import uvicorn

from bot.web.server import _config, address_of, listen

__all__ = ["running"]


@contextmanager
def running(app: Any, *trusted: str) -> Iterator[str]:
    """The address of the app while it is served; `trusted` are networks of proxies that are believed."""
    with listen("127.0.0.1", 0) as bound:
        config = _config(app, [IPv4Network(network) for network in trusted])
        config.timeout_graceful_shutdown = 1
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield address_of(bound)
        finally:
            server.should_exit = True
            thread.join()
