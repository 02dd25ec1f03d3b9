"""Starts the service, loads its pages and asks; prints every other host that is sought meanwhile."""

import sys
import threading
from typing import Any

OWN = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"127.0.0.1"}


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in OWN:
        print(event, host)
        raise OSError("no network")


# Audit events are raised by the interpreter itself, whichever library opens the socket.
sys.addaudithook(watch)

from starlette.testclient import TestClient  # noqa: E402

from bot.web.server import create_app  # noqa: E402
from tests.bot.web.driver import Page  # noqa: E402
from tests.bot.web.stub import StubBot  # noqa: E402

with TestClient(create_app(StubBot())) as client:
    Page(client).ask("快递安全")
    client.get("/docs")
for thread in threading.enumerate():
    if thread is not threading.current_thread() and not thread.daemon:
        thread.join(10)
print("loaded")
