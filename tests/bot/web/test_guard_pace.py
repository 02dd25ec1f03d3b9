from __future__ import annotations

import pytest
from starlette.types import Scope

from bot.web import guard
from bot.web.guard import RateLimits
from bot.web.problems import Problem


def visit(paces: RateLimits, host: str, kind: guard.Pace = "asking") -> bool:
    """Whether a visit from that address is let in."""
    scope: Scope = {"type": "http", "client": (host, 40000)}
    try:
        paces.check(kind, scope)
    except Problem:
        return False
    return True


@pytest.fixture(autouse=True)
def minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute ends while a test runs."""
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)


def test_every_address_and_kind_is_counted_by_itself() -> None:
    paces = RateLimits({"asking": 2, "voting": 1})
    assert [visit(paces, "192.0.2.1") for _ in range(3)] == [True, True, False]
    assert visit(paces, "192.0.2.2")
    assert [visit(paces, "192.0.2.1", "voting") for _ in range(2)] == [True, False]


def test_a_network_of_ipv6_is_one_visitor() -> None:
    paces = RateLimits({"asking": 1})
    assert visit(paces, "2001:db8:0:1::1")
    assert not visit(paces, "2001:db8:0:1:ffff::2")
    assert visit(paces, "2001:db8:0:2::1")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "ADDRESSES", 3)
    paces = RateLimits({"asking": 2})
    assert all(visit(paces, f"192.0.2.{n}") for n in range(5))  # the last two together
    assert not visit(paces, "192.0.2.99")
    assert len(paces._storage.storage) == 4


def test_without_an_address_all_are_one() -> None:
    paces = RateLimits({"asking": 1})
    scope: Scope = {"type": "http", "client": None}
    paces.check("asking", scope)
    with pytest.raises(Problem):
        paces.check("asking", scope)
