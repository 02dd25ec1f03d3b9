"""Logging: a line for each event, as text or JSON, and never a visitor's words."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import structlog
from structlog.typing import EventDict

from bot.setting_fields import LogFormat, LogLevel
from corpus.visible import visible, visible_text

__all__ = ["Repeats", "in_request", "set_up_logging", "step"]

OWN = ("bot", "corpus", "index")

FRAMES = 8
"""Frames of a traceback that are shown: the last ones. Gradio's have a hundred."""

PERIOD = 60.0
"""Seconds in which the same line is said once."""

MANY = 1000
"""Different lines that are told apart."""

SPOKEN = 3.0
"""Seconds after which a long step says that it goes on."""


def set_up_logging(form: LogFormat = "text", level: LogLevel = "info") -> None:
    """Logs to stderr: what this program says from `level` on, of libraries what is a warning."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_short_traceback,
        _in_one_line,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    handler.addFilter(Repeats())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OWN:
        logging.getLogger(name).setLevel(level.upper())


def _with_short_traceback(logger: Any, method: str, event: EventDict) -> EventDict:
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        frames = traceback.format_tb(error.__traceback__)[-FRAMES:]
        event["exception"] = "".join([*frames, *traceback.format_exception_only(error)])[-4000:].rstrip()
    return event


def _in_one_line(logger: Any, method: str, event: EventDict) -> EventDict:
    """No name of a file or host forges a line; a traceback keeps its own."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = visible_text(value) if name == "exception" else visible(value)
    return event


class Repeats(logging.Filter):
    """Lets a warning or error through once a minute, and then says how many were like it.

    Alike are those of one place with one kind of error: what a visitor sends makes no flood. What is
    told of each request is no warning, and passes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[tuple[object, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        error = record.exc_info[0] if record.exc_info else None
        key = (record.name, record.levelno, record.pathname, record.lineno, error)
        ends, left_out = self._seen.get(key, (0.0, 0))
        now = monotonic()
        if now < ends:
            self._seen[key] = ends, left_out + 1
            return False
        if len(self._seen) >= MANY:
            self._seen.clear()
        self._seen[key] = now + PERIOD, 0
        if left_out:
            record.repeated = left_out
        return True


@contextmanager
def in_request(request_id: str) -> Iterator[None]:
    """Every line that is logged inside names the request."""
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        yield


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says in the log what is done, every few seconds that it goes on, and how long it took."""
    logger = logging.getLogger(__name__)
    began, over = monotonic(), Event()

    def speak() -> None:
        while not over.wait(SPOKEN):
            logger.info("still %s", what, extra={"seconds": round(monotonic() - began, 1)})

    logger.info("%s", what)
    speaking = Thread(target=speak, name="step", daemon=True)
    speaking.start()
    try:
        yield
    finally:
        over.set()
        speaking.join()
    logger.info("done %s", what, extra={"seconds": round(monotonic() - began, 1)})
