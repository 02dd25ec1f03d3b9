"""Reading in a process of its own, which is killed where a document costs more than it may."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Self

from corpus.article import Article
from corpus.readers.document import Document, ReaderError, Reading, Scan
from corpus.readers.formats import read

__all__ = ["ReadingLimits", "ReadingWorker"]

Read = Callable[[Document], Iterator[Reading]]


@dataclass(frozen=True)
class ReadingLimits:
    """What one document may cost: seconds of a processor, bytes of memory, characters of its articles.

    `fetched` seconds are those of a document from an address, `own` those of a file that the editor has;
    `per_megabyte` come to both. Waiting takes at most `waiting` times as long, on a machine that does much
    else.
    """

    fetched: float = 30.0
    own: float = 600.0
    per_megabyte: float = 2.0
    waiting: float = 10.0
    memory: int = 2_000_000_000
    output: int = 500_000_000

    def seconds(self, document: Document) -> float:
        base = self.fetched if document.url else self.own
        return base + self.per_megabyte * len(document.content) / 1_000_000


@dataclass(frozen=True)
class _Done:
    """All of a document was read; `error` says why if not."""

    error: str = ""


class ReadingWorker:
    """Reads documents one after another; its process starts with the first, and anew after it was ended."""

    def __init__(self, limits: ReadingLimits | None = None, read: Read = read) -> None:
        """`read` must be one that can be pickled."""
        self._limits, self._read = limits or ReadingLimits(), read
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, document: Document) -> Iterator[Reading]:
        """As `formats.read`. Raises ReaderError too where the document costs more than it may."""
        done = False
        try:
            connection = self._started()
            connection.send((document, ceil(self._limits.seconds(document))))
            yield from self._answers(connection, document)
            done = True
        except _RefusedError:
            done = True
            raise
        except (EOFError, OSError):
            raise ReaderError(self._cause(document)) from None
        finally:
            if not done:  # what may still come, where nobody wants the rest too, is not the next document's
                self._end()

    def _answers(self, connection: Connection, document: Document) -> Iterator[Reading]:
        longest = patience = self._limits.waiting * self._limits.seconds(document)
        output = 0
        while True:
            began = time.monotonic()
            if not connection.poll(max(0.0, patience)):
                raise ReaderError(f"reading it takes more than {longest:.0f} seconds")
            patience -= time.monotonic() - began
            received = connection.recv()
            if isinstance(received, _Done):
                if received.error:
                    raise _RefusedError(received.error)
                return
            output += _size(received)
            if output > self._limits.output:
                raise ReaderError(f"its articles have more than {self._limits.output:,} characters")
            yield received

    def _started(self) -> Connection:
        if self._connection is None or self._process is None or not self._process.is_alive():
            self._end()
            context = get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(theirs, self._read, self._limits.memory), daemon=True
            )
            self._process.start()
            theirs.close()
            self._connection.recv()  # until it can read: that is no document's time
        return self._connection

    def _cause(self, document: Document) -> str:
        """Why the process has ended."""
        process = self._process
        if process is not None:
            process.join(5)
            if process.exitcode == -signal.SIGXCPU:
                seconds = self._limits.seconds(document)
                return f"reading it takes more than {seconds:.0f} seconds of a processor"
        return "reading it ended the process that reads; it is damaged, or it takes too much memory"

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._connection = self._process = None


def _size(reading: Reading) -> int:
    if isinstance(reading, Scan):
        return len(reading.picture)
    return len(reading.body) if isinstance(reading, Article) else len(reading.text)


class _RefusedError(ReaderError):
    """The document cannot be read; the process that said so can read on."""


def _serve(connection: Connection, read: Read, memory: int) -> None:
    for number in (signal.SIGINT, signal.SIGHUP):  # they are meant for whoever adds
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = _mapped()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    connection.send(_Done())
    while True:
        try:
            document, seconds = connection.recv()
        except EOFError:
            return
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time()) + seconds, hard))
        try:
            connection.send(_read(connection, read, document))
        except BrokenPipeError:
            return


def _read(connection: Connection, read: Read, document: Document) -> _Done:
    try:
        for reading in read(document):
            connection.send(reading)
    except BrokenPipeError:
        raise
    except ReaderError as error:
        return _Done(str(error) or "it cannot be read")
    except MemoryError:
        return _Done("reading it takes too much memory")
    except Exception as error:  # a fault of a reader must not end the others' reading
        return _Done(f"it cannot be read: {type(error).__name__}")
    return _Done()


def _mapped() -> int:
    """Bytes of address space that this process has by now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
