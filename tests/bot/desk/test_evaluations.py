from __future__ import annotations

import sys
from time import monotonic, sleep

import pytest

from bot.desk.desk import Desk
from bot.operations.evaluations import Evaluations
from tests.bot.desk.browser import Browser

DONE = """
import json, pathlib, sys
out = pathlib.Path(sys.argv[3]); out.mkdir()
(out / "run.json").write_text(json.dumps({"rows": 1, "set": sys.argv[5]}))
row = {"id": "q1", "question": "<b>几点停水?"}
(out / "results.jsonl").write_text("")
(out / "report.html").write_text("<h1>report</h1><script>alert(1)</script>")
(out / "summary.json").write_text("{}")
"""
PATH = "/desk/evaluations"
LONGEST = 120  # seconds


@pytest.fixture(autouse=True)
def evaluations(desk: Desk) -> None:
    command = (sys.executable, "-c", DONE)
    object.__setattr__(desk, "evaluations", Evaluations(desk.articles, desk.state, command))


def upload(browser: Browser, name: str = "ours.csv", content: bytes = b"question\nx\n") -> str:
    """The address of the run's page."""
    browser.get(PATH)
    browser.send(PATH, files=[("files", (name, content, "text/csv"))])
    return browser.page.url.path


def until_done(browser: Browser, address: str) -> None:
    began = monotonic()
    while 'http-equiv="refresh"' in browser.get(address).text:
        assert monotonic() - began < LONGEST
        sleep(0.05)


def test_questions_are_uploaded_asked_and_reported(publisher: Browser, desk: Desk) -> None:
    address = upload(publisher)
    assert address.startswith(f"{PATH}/20")
    until_done(publisher, address)
    assert "All 1 questions were asked." in publisher.said
    assert "These questions have not been asked before." in publisher.said
    publisher.get(f"{address}/report")
    assert publisher.page.text.startswith("<h1>report</h1>")
    policy = publisher.page.headers["content-security-policy"]
    assert (policy.startswith("default-src 'none'"), policy.endswith("sandbox")) == (True, True)
    publisher.get(PATH)
    assert "ours.csv done" in publisher.said
    last = desk.log.latest(1)[0]
    assert (last.user, last.action) == ("chief", "evaluation started")


def test_what_is_no_question_file_is_told(publisher: Browser, desk: Desk) -> None:
    for name, content, status in (
        ("a.exe", b"x", 400), ("csv", b"x", 400), ("a.csv", b"x" * 5_000_001, 413), ("a.csv.html", b"x", 400),
    ):  # fmt: skip
        upload(publisher, name, content)
        assert publisher.page.status_code == status, name
    publisher.get(PATH)
    assert publisher.send(PATH).status_code == 400
    assert not (desk.state / "evaluate").exists()


def test_a_run_that_is_none(publisher: Browser, editor: Browser) -> None:
    for run in ("none", "..", "..%2f..%2fetc", "%00"):
        assert publisher.get(f"{PATH}/{run}").status_code in (200, 404)
        assert publisher.get(f"{PATH}/{run}/report").status_code == 404
    assert editor.get(PATH).status_code == 403


def test_while_there_is_no_article_there_is_nothing_to_evaluate(publisher: Browser, desk: Desk) -> None:
    object.__setattr__(desk, "evaluations", None)
    assert publisher.get(PATH).status_code == 409
    assert "There are no articles yet" in publisher.said
