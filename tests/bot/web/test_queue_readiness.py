from collections.abc import Sequence
from threading import Event

from starlette.testclient import TestClient

from bot import messages
from bot.answering.bot import Answer
from bot.web.queue import Readiness
from bot.web.server import create_app
from tests.bot.web.stub import StubBot


class LateBot(StubBot):
    """Answers once it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_first = Event()
        self.release = Event()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        self.asked_first.set()
        assert self.release.wait(10)
        return super().ask(question, history, top)


def test_the_service_is_ready_from_the_bots_first_answer_on() -> None:
    bot = LateBot()
    with TestClient(create_app(bot)) as client:
        assert bot.asked_first.wait(10)
        response = client.get("/readyz")
        assert (response.status_code, response.json()["detail"]) == (503, messages.NOT_READY.to("zh-Hans"))
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["errors"][0]["detail"] == "it has answered no question since the start"
        assert client.get("/healthz").status_code == 200
        bot.release.set()
        # The answer to this is the bot's second: the first one is out by then.
        client.post("/api/ask", json={"question": "快递"})
        assert client.get("/readyz").json() == {"status": "ready"}


def test_a_bot_that_fails_is_asked_again_until_it_answers_once() -> None:
    class FailingBot(StubBot):
        failures = 2

        def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
            self.failures -= 1
            if self.failures >= 0:
                raise RuntimeError("no index yet")
            return super().ask(question, history, top)

    bot = FailingBot()
    readiness = Readiness(bot)
    failed = "it could not answer its first question (RuntimeError; see the log)"
    assert readiness.missing() == [{"pointer": "#/bot", "detail": failed}]
    assert [readiness.is_ready() for _ in range(3)] == [False, True, True]
    assert readiness.missing() == []
    assert len(bot.asked) == 1


def test_what_an_operator_should_look_at_is_told() -> None:
    warned = ["articles-empty"]
    with TestClient(create_app(StubBot(), warnings=lambda: warned)) as client:
        client.post("/api/ask", json={"question": "快递"})
        assert client.get("/readyz").json() == {"status": "ready", "warnings": ["articles-empty"]}
        warned.clear()
        assert client.get("/readyz").json() == {"status": "ready"}
