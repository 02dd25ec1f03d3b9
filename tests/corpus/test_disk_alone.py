"""Who is exclusive_lock with a path is exclusive_lock until it leaves or is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from corpus.disk import exclusive_lock

ROOT = Path(__file__).parents[2]
ENTER = """
import sys
from pathlib import Path
from time import monotonic
from corpus.disk import exclusive_lock
print("asks", flush=True)
with exclusive_lock(Path(sys.argv[1])):
    print(monotonic(), flush=True)
    sys.stdin.readline()
"""


class Visitor:
    """A process that has asked for the lock of a path; once it holds it, it stays until it is told to go."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", ENTER, str(path)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        assert self._said() == "asks\n"

    def _said(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def came_in(self) -> float:
        return float(self._said())

    def go(self, is_killed: bool) -> None:
        if is_killed:
            self.process.kill()
        self.process.communicate()


@pytest.mark.parametrize("is_file", [False, True])
@pytest.mark.parametrize("is_killed", [False, True])
def test_the_next_one_waits(tmp_path: Path, is_file: bool, is_killed: bool) -> None:
    path = tmp_path / "lock" if is_file else tmp_path
    if is_file:
        path.touch()
    first = Visitor(path)
    first.came_in()
    second = Visitor(path)
    left = monotonic()
    first.go(is_killed)
    assert second.came_in() > left
    second.go(is_killed=False)
    assert second.process.returncode == 0


def test_an_error_inside_lets_the_next_one_in(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="inside"), exclusive_lock(tmp_path):
            raise ValueError("inside")
