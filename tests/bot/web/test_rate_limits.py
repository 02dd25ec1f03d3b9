"""Nobody's share of a minute depends on what others use of theirs."""

from __future__ import annotations

import pytest

from bot.web import rate_limits
from bot.web.clients import NOBODY, client_at
from bot.web.problems import Problem
from bot.web.rate_limits import Pace, RateLimits


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def visit(limits: RateLimits, host: str, pace: Pace = "asking", cost: int = 1) -> bool:
    """Whether a visit from that address is let in."""
    try:
        limits.check(pace, client_at(host), cost)
    except Problem:
        return False
    return True


def test_every_address_and_kind_is_counted_by_itself() -> None:
    limits = RateLimits({"asking": 2, "voting": 1})
    assert [visit(limits, "192.0.2.1") for _ in range(3)] == [True, True, False]
    assert visit(limits, "192.0.2.2")
    assert [visit(limits, "192.0.2.1", "voting") for _ in range(2)] == [True, False]


def test_a_network_of_ipv6_is_one_visitor() -> None:
    limits = RateLimits({"asking": 1})
    assert visit(limits, "2001:db8:0:1::1")
    assert not visit(limits, "2001:db8:0:1:ffff::2")
    assert visit(limits, "2001:db8:0:2::1")


def test_visitors_of_a_proxy_that_listens_on_both_versions_are_told_apart() -> None:
    limits = RateLimits({"asking": 1})
    assert all(visit(limits, f"::ffff:192.0.2.{n}") for n in range(4))
    assert not visit(limits, "192.0.2.3")


@pytest.mark.parametrize("pattern", ["192.0.2.{}", "2001:db8:7:{:x}::1"])
def test_a_whole_network_may_use_what_ten_addresses_may(pattern: str) -> None:
    limits = RateLimits({"asking": 2})
    visits = [visit(limits, pattern.format(n)) for n in range(30)]
    assert visits == [True] * 20 + [False] * 10
    assert visit(limits, "198.51.100.1")
    assert visit(limits, "2001:db8:8::1")


def test_many_addresses_refuse_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "KEPT", 50)
    limits = RateLimits({"asking": 2})
    assert visit(limits, "192.0.2.1")
    for n in range(500):
        visit(limits, f"2001:db8:{n:x}::1")
        assert visit(limits, f"10.{n % 250}.{n // 250}.1")
    assert [visit(limits, "192.0.2.1") for _ in range(3)] == [True, True, False]
    assert len(limits._windows) == 50


def test_a_visit_counts_as_what_it_costs() -> None:
    limits = RateLimits({"asking": 40})
    assert [visit(limits, "192.0.2.1", cost=20) for _ in range(3)] == [True, True, False]
    small = RateLimits({"asking": 5})
    assert [visit(small, "192.0.2.1", cost=20) for _ in range(2)] == [True, False]


def test_what_was_refused_uses_nothing_up() -> None:
    limits = RateLimits({"asking": 3})
    assert [visit(limits, "192.0.2.1", cost=cost) for cost in (2, 2, 1)] == [True, False, True]


def test_who_waits_as_long_as_was_said_is_let_in() -> None:
    clock = Clock()
    limits = RateLimits({"asking": 1}, clock)
    limits.check("asking", NOBODY)
    clock.now += 20.5
    with pytest.raises(Problem) as refused:
        limits.check("asking", NOBODY)
    assert refused.value.headers == {"Retry-After": "40"}
    clock.now += 40
    limits.check("asking", NOBODY)
