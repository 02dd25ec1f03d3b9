"""What is logged: a line an event, readable by programs, short, and not again and again."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from time import sleep

import pytest

from bot.operations import logs
from bot.operations.logs import Repeats, in_request, set_up_logging, step
from bot.setting_fields import LogFormat


@pytest.fixture(autouse=True)
def former() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    for name in logs.OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_of_json_names_its_request(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json")
    with in_request("abc"):
        logging.getLogger("bot.web").info("停水 %s", "told", extra={"status": 200})
    [line] = lines(capsys)
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "停水 told", "level": "info", "logger": "bot.web", "request_id": "abc", "status": 200,
    }  # fmt: skip


def test_a_line_of_text(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("text")
    logging.getLogger("bot").info("request", extra={"route": "/api/ask", "status": 200})
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "request" in said
    assert "route=/api/ask" in said


def test_of_libraries_only_warnings_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json", "debug")
    for name in ("bot", "gradio"):
        logging.getLogger(name).debug("detail")
    assert [line["logger"] for line in lines(capsys)] == ["bot"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_traceback_is_short(form: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    def deep(level: int) -> None:
        if level:
            deep(level - 1)
        raise ValueError("x" * 20_000)

    set_up_logging(form)
    try:
        deep(200)
    except ValueError:
        logging.getLogger("gradio").exception("failed")
    said = capsys.readouterr().err
    assert len(said) < 9000
    assert "failed" in said


def test_a_flood_is_a_line_and_then_a_count(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(logs, "monotonic", lambda: now)
    repeats = Repeats()

    def passes(line: int = 1, level: int = logging.ERROR) -> logging.LogRecord | None:
        record = logging.LogRecord("gradio", level, "routes.py", line, "failed", None, None)
        return record if repeats.filter(record) else None

    assert passes()
    assert [passes() for _ in range(1000)] == [None] * 1000
    assert passes(line=2)
    assert all(passes(level=logging.INFO) for _ in range(10))
    now = 61.0
    again = passes()
    assert again is not None
    assert vars(again)["repeated"] == 1000


def test_a_long_step_says_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logs, "SPOKEN", 0.05)
    set_up_logging("json")
    with step("loading the model"):
        sleep(0.13)
    said = [line["event"] for line in lines(capsys)]
    assert said[0] == "loading the model"
    assert said[1] == "still loading the model"
    assert said[-1] == "done loading the model"


def test_no_name_forges_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("text")
    try:
        raise ValueError("a\x1b[2J\u202e")
    except ValueError:
        logging.getLogger("bot").exception("%s cannot be read", "a.md\x1b]0;x\x07\r\n[info] forged")
    first, *trace = capsys.readouterr().err.splitlines()
    assert r"a.md\x1b]0;x\x07\r\n[info] forged cannot be read" in first
    assert trace[-1] == r"ValueError: a\x1b[2J\u202e"
