"""Fuzz every reader and the page parser: no input may crash it, hang it or take a gigabyte.

    python -m tests.fuzz.readers --minutes 10 --seed 1

Whole files are damaged, cut, repeated and mixed, and read in a process of their own. What does harm
is kept in the folder --keep. Pictures and what LibreOffice converts are left out: other programs read them.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.readers import ocr
from corpus.readers.document import Document, ReaderError, Reading
from corpus.readers.formats import read
from tests.corpus.printed_pages import PAGES
from tests.corpus.readers.test_formats import WHOLE
from tests.corpus.readers.test_ofd import NOTICE, ofd
from tests.corpus.readers.test_sheet import workbook

SECONDS = 10.0  # of a processor, for each megabyte begun
PATIENCE = 12  # times as long by the clock: other programs may have the processor
MEMORY = 1 << 30  # bytes more than the process has before it reads
LARGEST = 1_000_000  # bytes

Reader = Callable[[Document], Iterator[Reading]]


@dataclass(frozen=True)
class Fault:
    """What an input did, and the input."""

    what: str
    name: str
    content: bytes


def whole_files() -> dict[str, bytes]:
    """A small whole file of each format that is read, and the newspaper pages of the tests."""
    pages = {path.name: path.read_bytes() for path in PAGES}
    book = workbook(Sheet=[["title", "body"], ["停水通知", "明天停水。"]])
    return {**WHOLE, "a.xlsx": book, "a.ofd": ofd({"Pages/Page_0/Content.xml": NOTICE}), **pages}


def inputs(seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged files without end, the same for the same seed."""
    chance, files = random.Random(seed), whole_files()
    while True:
        name = chance.choice(sorted(files))
        packed = files[name].startswith(b"PK") and chance.random() < 0.7
        yield name, (_repacked if packed else _damaged)(chance, files[name], files)


def _damaged(chance: random.Random, content: bytes, files: dict[str, bytes]) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        start = chance.randint(0, len(made))
        end = min(len(made), start + chance.choice((0, 1, 4, 40, 400)))
        match chance.randrange(5):
            case 0:
                made[start:end] = chance.randbytes(chance.randint(0, 6))
            case 1:
                made[start:end] = made[start:end] * chance.choice((2, 50, 5000))
            case 2:
                other = files[chance.choice(sorted(files))]
                made[start:end] = other[chance.randint(0, len(other)) :][:400]
            case 3:
                made[start:end] = chance.choice((b"\n", b"<", b"\0", b"(", b"\xe3\x80\x80", b"9" * 30, b"-1"))
            case _:
                del made[start:end]
        del made[LARGEST:]
    return bytes(made)


def _repacked(chance: random.Random, content: bytes, files: dict[str, bytes]) -> bytes:
    """A zip file one of whose members is damaged, and packed again: the damage is past the checksum."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for member in old.namelist():
            part = old.read(member)
            new.writestr(member, _damaged(chance, part, files) if member == chosen else part)
    return made.getvalue()


class _Child:
    """A process that reads what it is sent."""

    def __init__(self, reader: Reader) -> None:
        context = multiprocessing.get_context("spawn")
        self._own, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, reader), daemon=True)
        self._process.start()
        other.close()

    def harm(self, name: str, content: bytes) -> str:
        """What the input did; "" where it was read or refused. After harm the process is of no more use."""
        allowed = SECONDS * (1 + len(content) // 1_000_001)
        try:
            self._own.send((name, content))
            if not self._own.poll(PATIENCE * allowed):
                return f"it hangs: more than {PATIENCE * allowed:.0f} seconds by the clock"
            seconds, error = self._own.recv()
        except (EOFError, OSError):
            self._process.join()
            return f"the process ended with code {self._process.exitcode}"
        return error or (f"it took {seconds:.1f} seconds of a processor" if seconds > allowed else "")

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._own.close()


def _serve(connection: Connection, reader: Reader) -> None:
    ocr.is_available = lambda: False  # a scanned page is refused: its models take a gigabyte
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    while True:
        name, content = connection.recv()
        began, error = time.process_time(), ""
        try:
            for _ in reader(Document(name, "fuzz", content)):
                pass
        except ReaderError:
            pass
        except MemoryError:
            error = "it takes more than a gigabyte"
        except Exception as caught:
            error = f"{type(caught).__name__}: {caught}"[:300]
        connection.send((time.process_time() - began, error))


def faults(given: Iterable[tuple[str, bytes]], reader: Reader = read) -> Iterator[Fault | None]:
    """For each input what it did: None where it was read or refused."""
    child = _Child(reader)
    try:
        for name, content in given:
            harm = child.harm(name, content)
            if harm:
                child.end()
                child = _Child(reader)
            yield Fault(harm, name, content) if harm else None
    finally:
        child.end()


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.fuzz.readers", description="Fuzz the readers.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="folder for inputs that do harm")
    options = parser.parse_args()
    ends, tried, found = time.monotonic() + 60 * options.minutes, 0, 0
    for tried, fault in enumerate(faults(inputs(options.seed)), 1):
        if fault:
            found += 1
            options.keep.mkdir(parents=True, exist_ok=True)
            kept = options.keep / f"{options.seed}-{tried}-{fault.name}"
            kept.write_bytes(fault.content)
            print(f"{kept}: {fault.what}", flush=True)
        if time.monotonic() > ends:
            break
    print(f"{tried} inputs, {found} did harm (seed {options.seed})")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
