"""The examples of deploy/ and compose.yaml, each checked by the program that reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
import yaml

from bot.publisher import Publisher
from bot.settings import PREFIX, Settings
from bot.web.server import create_app, listen
from tests.bot.web.running import running
from tests.bot.web.stub import StubBot

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NGINX_FOLDERS = ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")


def needs(program: str) -> str:
    """The program's path; the test is skipped where it is not installed."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{program} is missing: apt-get install {program}")
    return found


def free_port() -> int:
    with listen("127.0.0.1", 0) as bound:
        return int(bound.getsockname()[1])


@contextmanager
def process(*command: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        try:
            yield
        finally:
            started.terminate()


def answer(url: str) -> httpx2.Response:
    """What comes from the address as soon as something listens there."""
    ends = monotonic() + 30
    while True:
        try:
            return httpx2.get(url, timeout=30)
        except httpx2.ConnectError:
            assert monotonic() < ends
            sleep(0.1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The service under /ask/ of a site, by the configuration that ships, but for port, names and TLS."""
    nginx, port = needs("nginx"), free_port()
    app = create_app(StubBot(), "/ask", publisher=Publisher(url="https://www.example.com/ask"))
    with running(app) as service:
        server = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
        server = re.sub(r"listen .*;", f"listen 127.0.0.1:{port};", server)
        server = re.sub(r"\n\s+ssl_.*;.*", "", server).replace("http://127.0.0.1:7860", service)
        folders = "".join(
            f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("proxy", "client_body", "fastcgi")
        )
        folders += f"uwsgi_temp_path {tmp_path}/uwsgi; scgi_temp_path {tmp_path}/scgi;"
        config = tmp_path / "nginx.conf"
        config.write_text(
            f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\n"
            f"events {{}} http {{ access_log off; {folders}\n{server}\n}}",
            encoding="utf-8",
        )
        with process(nginx, "-c", str(config), "-e", str(tmp_path / "error.log")):
            address = f"http://127.0.0.1:{port}/ask"
            answer(f"{address}/healthz")
            yield address


def test_behind_nginx_under_a_path(site: str) -> None:
    assert httpx2.get(f"{site}/", timeout=30).status_code == 200
    found = httpx2.post(f"{site}/api/ask", json={"question": "快递安全"}, timeout=30).json()
    assert found["verdict"] == "answered"
    assert (
        "https://www.example.com/ask/articles/parcels"
        in httpx2.get(f"{site}/articles/parcels", timeout=30).text
    )
    assert httpx2.post(f"{site}/api/ask", content=b"x" * 70_000, timeout=30).status_code == 413


def test_caddy_takes_its_file() -> None:
    command = [needs("caddy"), "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_systemd_takes_its_unit(tmp_path: Path) -> None:
    command = needs("systemd-analyze")
    unit = (DEPLOY / "yuanwen.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/yuanwen/.venv/bin/python app.py serve --watch" in unit
    unit = unit.replace("/opt/yuanwen/.venv/bin/python", "/bin/true").replace("User=yuanwen\n", "")
    (tmp_path / "yuanwen.service").write_text(unit, encoding="utf-8")
    done = subprocess.run(
        [command, "verify", str(tmp_path / "yuanwen.service")], capture_output=True, text=True
    )
    assert "yuanwen.service" not in done.stderr


def test_compose_names_settings_and_files_that_there_are() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    service, proxy = compose["services"]["yuanwen"], compose["services"]["proxy"]
    named = {name.removeprefix(PREFIX).lower() for name in service["environment"]}
    assert named <= set(Settings.model_fields)
    assert all((ROOT / path.split(":")[0]).exists() for path in proxy["volumes"] if path.startswith("./"))
    networks = compose["networks"]["inner"]["ipam"]["config"]
    assert networks == [{"subnet": service["environment"]["YUANWEN_TRUSTED_PROXIES"]}]


def test_the_desk_and_add_can_write_to_the_articles_of_the_container() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["yuanwen"]
    mounts = dict(volume.split(":", 1) for volume in service["volumes"])
    assert service["environment"]["YUANWEN_ARTICLES"] == "/articles"
    assert mounts == {"./articles": "/articles", "state": "/state"}  # without ":ro"
