"""The soak in small: visitors are answered while the attacks go on, and its figures are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article, to_markdown
from tests.soak.clients import Wait
from tests.soak.service import Usage, served
from tests.soak.soak import Report, Sample, report_of, slope, soak

COUNTS = {"reloads": 3, "bursts": 9, "log_bytes": 100}


def samples(*memory: float) -> list[Sample]:
    return [Sample(60.0 * number, Usage(value, 20, 30)) for number, value in enumerate(memory)]


def waits(*seconds: float) -> list[Wait]:
    return [Wait(float(number), "ask", value, "") for number, value in enumerate(seconds)]


def report(memory: tuple[float, ...] = (500, 500), seconds: tuple[float, ...] = (1, 1)) -> Report:
    return report_of(samples(*memory), waits(*seconds), [(0.0, 0.5)], **COUNTS)


def test_a_slope_is_an_hours() -> None:
    assert slope(samples(100, 101, 102), "memory") == pytest.approx(60)
    assert slope(samples(100), "memory") == 0


def test_what_is_flat_and_quick_is_well() -> None:
    assert report().faults == []
    assert report().p95 == {"ask": (1.0, 1.0)}


def test_what_rises_after_it_has_settled_is_a_fault() -> None:
    assert report(memory=(300, 400, 500, 500, 500)).faults == []
    assert report(memory=(500, 500, 500, 550, 600)).faults == ["memory rose by 20%"]


def test_what_is_slower_than_twice_is_a_fault() -> None:
    assert report(seconds=(1, 2, 2)).faults == []
    assert report(seconds=(1, 3, 3)).faults == ["ask: p95 3.00 s, at rest 1.00 s"]


def test_a_request_that_fails_is_a_fault() -> None:
    failed = [*waits(1, 1), Wait(2.0, "ask", 1, "HTTPStatusError: 503")]
    found = report_of(samples(500, 500), failed, [(0.0, 0.5)], **COUNTS)
    assert found.faults == ["failed: ask HTTPStatusError: 503"]
    assert "NOT AS IT MUST BE: failed: ask HTTPStatusError: 503" in found.words()


@pytest.mark.slow
def test_no_visitor_fails_while_the_attacks_go_on(tmp_path: Path) -> None:
    """Two minutes of three seconds; how quick it is, is for the long run."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "state").mkdir()
    for number in range(5):
        article = Article(f"a-{number}", f"题{number}", f"火灾要报警{number}。停水请打电话{number}。")
        (tmp_path / "articles" / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")
    with served(tmp_path, "fake") as service:
        found = soak(service, minutes=2, minute=3, pause=0.2)
    assert found.failed == []
    assert found.requests > 0
    assert found.bursts > 0
    assert found.log_bytes < 20_000 * found.bursts  # a quick machine sees more of them
    told = (tmp_path / "serve.log").read_text(encoding="utf-8")
    assert "Traceback" not in told
    assert max(map(len, told.splitlines())) < 500
