"""Each work is killed in its middle: nothing is lost or half."""

from __future__ import annotations

import pytest

from tests.soak.kills import Killed, kill_evenly
from tests.soak.works import WORKS


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKS)
def test_what_is_killed_in_its_middle_loses_nothing(name: str) -> None:
    killed: Killed = kill_evenly(WORKS[name], 1)
    assert (killed.name, killed.inside) == (name, 1)
