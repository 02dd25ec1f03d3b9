import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from bot.web.server import address_of, create_app, listen, run
from tests.bot.web.driver import Page
from tests.bot.web.stub import StubBot

START_AND_LOAD = Path(__file__).with_name("start_and_load.py")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell that starts the tests in the background lets them ignore interrupts."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.usefixtures("interruptible")
def test_the_address_is_told_once_the_service_answers_and_it_stops_when_interrupted() -> None:
    def on_start(address: str) -> None:
        told.append(address)
        threading.Thread(target=visit, args=[address]).start()

    def visit(address: str) -> None:
        told.append(str(httpx2.get(f"{address}/healthz").json()["status"]))
        signal.raise_signal(signal.SIGINT)

    told: list[str] = []
    with listen("127.0.0.1", 0) as bound:
        address = address_of(bound)
        with pytest.raises(KeyboardInterrupt):
            run(create_app(StubBot()), bound, on_start)
    assert told == [address, "alive"]


@pytest.mark.usefixtures("interruptible")
def test_it_stops_without_a_word_though_pages_are_open(capsys: pytest.CaptureFixture[str]) -> None:
    def on_start(address: str) -> None:
        threading.Thread(target=keep_open, args=[address], daemon=True).start()

    def keep_open(address: str) -> None:
        page_of = httpx2.stream("GET", f"{address}/gradio_api/heartbeat/abcdefgh12", timeout=30)
        with suppress(httpx2.HTTPError), page_of as page:
            for part in page.iter_text():
                if not told:
                    signal.raise_signal(signal.SIGINT)
                told.append(part)

    told: list[str] = []
    with listen("127.0.0.1", 0) as bound, pytest.raises(KeyboardInterrupt):
        run(create_app(StubBot()), bound, on_start)
    assert told
    assert capsys.readouterr().err == ""


@pytest.fixture(scope="module")
def proxied() -> TestClient:
    return TestClient(create_app(StubBot(), root_path="/ask"))


class TestBehindAProxy:
    """A proxy shows the service under /ask, and leaves that on the address or takes it off."""

    @pytest.mark.parametrize("prefix", ["", "/ask"])
    def test_every_face_is_reached(self, proxied: TestClient, prefix: str) -> None:
        assert proxied.post(f"{prefix}/api/ask", json={"question": "快递"}).status_code == 200
        assert proxied.get(f"{prefix}/page/chat.css").status_code == 200
        assert proxied.get(f"{prefix}/theme.css").status_code == 200
        assert "/ask/openapi.json" in proxied.get(f"{prefix}/docs").text

    @pytest.mark.parametrize("prefix", ["", "/ask"])
    def test_the_page_knows_its_address(self, proxied: TestClient, prefix: str) -> None:
        headers = {"x-forwarded-host": "city.example", "x-forwarded-proto": "https"}
        html = proxied.get(f"{prefix}/", headers=headers).text
        assert '"root":"https://city.example/ask"' in html

    def test_what_is_shut_stays_shut(self, proxied: TestClient) -> None:
        assert proxied.get("/ask/config").status_code == 404
        assert proxied.get("/ask/gradio_api/file=/etc/passwd").status_code == 404

    def test_the_page_works(self) -> None:
        with TestClient(create_app(StubBot(), root_path="/ask")) as client:
            assert len(Page(client).ask("快递安全")) == 5


@pytest.mark.slow
def test_no_other_host_is_sought_at_start_or_page_load() -> None:
    environment = {"PATH": "", "PYTHONPATH": ".", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, START_AND_LOAD], env=environment, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "loaded\n"), done.stderr
