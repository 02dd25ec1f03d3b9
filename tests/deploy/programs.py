"""Programs that stand around the service, started for a test."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest

from bot.web.server import listen

__all__ = ["free_port", "needs", "process", "wait_for_port"]


def needs(program: str) -> str:
    """The program's path; the test is skipped where it is not installed."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{program} is missing: apt-get install {program}")
    return found


def free_port() -> int:
    with listen("127.0.0.1", 0) as bound:
        return int(bound.getsockname()[1])


@contextmanager
def process(*command: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        try:
            yield
        finally:
            started.terminate()


def wait_for_port(port: int) -> None:
    """Wait until somebody listens there."""
    ends = monotonic() + 300
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            assert monotonic() < ends
            sleep(0.05)
