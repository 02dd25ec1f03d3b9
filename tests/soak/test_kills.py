"""Each work is killed inside: nothing is lost or half."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.kills import Killed, kill_evenly, run
from tests.soak.works import WORKS, folders


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKS)
def test_what_is_killed_inside_loses_nothing(name: str) -> None:
    killed: Killed = kill_evenly(WORKS[name], 2)
    assert (killed.name, killed.inside) == (name, 2)
    assert killed.calls > 100


@pytest.mark.slow
def test_what_is_lost_is_seen(tmp_path: Path) -> None:
    work = WORKS["votes"]
    folders(tmp_path)
    work.check(tmp_path, 1, run(work, tmp_path, 1).said)
    with pytest.raises(AssertionError):
        work.check(tmp_path, 1, ["00000001" + "00000000"])  # said to be kept, and it is not there
