"""What was promised of visitors' words, shown by asking: a thousand questions leave none of them anywhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.answering.bot import Bot
from bot.operations.database import FILE, database_url, open_database
from bot.operations.keeping import Keeper
from bot.operations.metrics import Metrics
from bot.web.server import create_app
from tests.bot.answering.test_bot import CALIBRATION, FIRE, SCAM
from tests.index.fake_embedder import searcher_over

ASKED = 1000
TOKEN = "0123456789abcdef"
ADDRESS = "203.0.113.77"

FIRST, SECOND = "赵钱孙李周吴郑王冯陈", "澍琛骞翀旻昉翾珺璟甯"


def name_of(number: int) -> str:
    """A name that no article holds: 赵澍0000."""
    return f"{FIRST[number % 10]}{SECOND[number // 10 % 10]}{number:04}"


@pytest.mark.slow
def test_a_thousand_questions_leave_no_word_in_log_metrics_or_state(tmp_path: Path, log: io.StringIO) -> None:
    state = tmp_path / "state"
    state.mkdir()
    database = open_database(database_url("", state))
    metrics, keeper = Metrics(), Keeper(database, "off")
    keeper.start()
    with searcher_over([SCAM, FIRE], state) as searcher:
        app = create_app(
            Bot(searcher, CALIBRATION),
            questions_per_minute=1_000_000,
            keeper=keeper,
            metrics=metrics,
            metrics_token=TOKEN,
        )
        with TestClient(app, client=(ADDRESS, 50000)) as client:
            for number in range(ASKED):
                question = f"{name_of(number)}的火灾诈骗怎么防?"
                asked = client.post("/api/ask", json={"question": question, "history": [name_of(number)]})
                assert asked.json()["question"] == question
            client.get("/", params={"question": name_of(1)})
            figures = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    keeper.stop()
    database.close()
    assert f'yuanwen_requests_total{{method="POST",route="/api/ask",status="200"}} {ASKED}.0' in figures
    assert log.getvalue().count('"route": "/api/ask"') == ASKED
    assert (state / FILE).stat().st_size > 0
    held = {str(path.relative_to(state)): path.read_bytes() for path in state.rglob("*") if path.is_file()}
    held |= {"log": log.getvalue().encode(), "metrics": figures.encode()}
    words = [*map(name_of, range(ASKED)), "怎么防", ADDRESS]
    found = {(name, word) for name, content in held.items() for word in words if word.encode() in content}
    escaped = {word for word in words if word.encode("unicode_escape") in held["log"]}
    assert (found, escaped) == (set(), set())
