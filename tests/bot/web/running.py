"""A service on a port of its own, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from bot.web.server import address_of, listen

__all__ = ["running"]


@contextmanager
def running(app: Any) -> Iterator[str]:
    """The address of the app while it is served."""
    with listen("127.0.0.1", 0) as bound:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield address_of(bound)
        finally:
            server.should_exit = True
            thread.join()
