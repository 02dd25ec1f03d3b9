"""The examples of deploy/ and compose.yaml, each checked by the program that reads it."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest
import yaml

from bot.operations.metrics import Metrics, ServiceState
from bot.publisher import Publisher
from bot.settings import PREFIX, Settings
from bot.web.server import create_app
from tests.bot.web.running import running
from tests.bot.web.stub import StubBot
from tests.deploy.programs import free_port, needs, process

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NGINX_FOLDERS = ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")


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
    with running(app, "127.0.0.1/32") as service:
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


def test_compose_keeps_the_state_in_postgresql_and_the_image_has_its_driver() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    service, database = services["yuanwen"], services["database"]
    address = service["environment"]["YUANWEN_DATABASE"]
    address = re.sub(r"\$\{POSTGRES_PASSWORD:\?[^}]*\}", "word", address)
    assert address == "postgresql://yuanwen:word@database/yuanwen"
    assert Settings(database=address).database == address
    assert database["environment"]["POSTGRES_USER"] == "yuanwen"
    assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "--requirement deploy/requirements.lock" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "\npsycopg-binary==" in (ROOT / "deploy" / "requirements.lock").read_text(encoding="utf-8")


def test_each_figure_on_the_board_is_one_that_the_service_tells() -> None:
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    metrics = Metrics()
    metrics.request("GET", "/", 200, 0.1)
    metrics.answer("answered", "en")
    metrics.part("waiting", 0.1)
    metrics.refusal("busy")
    metrics.vote("up")
    metrics.watch(lambda: ServiceState(reloads={"ready": 1}))
    told = set(re.findall(r"^(\w+)[{ ]", metrics.text().decode(), re.MULTILINE))
    named = set(re.findall(r"\b(?:yuanwen|process)_\w+", asked))
    assert named - told == set()
    assert {name for name in told if name.startswith("yuanwen_") and not name.endswith(UNSHOWN)} == {
        name for name in named if name.startswith("yuanwen_")
    }


UNSHOWN = ("_created", "_count", "_sum")


def chart() -> list[dict[str, Any]]:
    """The chart's documents, its values filled in as Helm does: the templates hold nothing but values.

    Helm itself is not asked: no package of Debian, npm or PyPI is it, and this suite compiles no Go.
    """
    values = yaml.safe_load((DEPLOY / "helm" / "values.yaml").read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in sorted((DEPLOY / "helm" / "templates").iterdir())]
    text = re.sub(r"\{\{ \.Release\.Name \}\}", "ask", "\n---\n".join(texts))
    text = re.sub(
        r"\{\{ \.Values\.(\w+) \| quote \}\}", lambda found: json.dumps(str(values[found[1]])), text
    )
    text = re.sub(r"\{\{ \.Values\.(\w+) \}\}", lambda found: str(values[found[1]]), text)
    assert "{{" not in text
    return [document for document in yaml.safe_load_all(text) if document]


def of_kind(kind: str) -> dict[str, Any]:
    """The chart's documents of a kind by their names."""
    return {one["metadata"]["name"]: one for one in chart() if one["kind"] == kind}


def test_the_chart_runs_a_builder_and_two_replicas_without_root_over_postgresql() -> None:
    kinds = {document["kind"] for document in chart()}
    assert kinds == {"Deployment", "Ingress", "PodDisruptionBudget", "Service"}
    deployments, services = of_kind("Deployment"), of_kind("Service")
    assert {name: one["spec"]["replicas"] for name, one in deployments.items()} == {
        "ask": 2,
        "ask-builder": 1,
    }
    for name, one in deployments.items():
        deployment = one["spec"]
        pod = deployment["template"]["spec"]
        [container] = pod["containers"]
        assert deployment["selector"]["matchLabels"] == deployment["template"]["metadata"]["labels"]
        assert services[name]["spec"]["selector"] == deployment["selector"]["matchLabels"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert {mount["name"] for mount in container["volumeMounts"]} == {v["name"] for v in pod["volumes"]}
        named = settings_of(one)
        assert set(named) <= set(Settings.model_fields)
        settings = Settings(url=named["url"], metrics_port=int(named["metrics_port"]))
        assert settings.url == "https://ask.example.com"


def settings_of(deployment: dict[str, Any]) -> dict[str, str]:
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    return {one["name"].removeprefix(PREFIX).lower(): one["value"] for one in container["env"]}


def test_the_replicas_read_the_index_that_the_builder_writes_and_the_desk_is_the_builder_s() -> None:
    replica, builder = (of_kind("Deployment")[name] for name in ("ask", "ask-builder"))
    assert settings_of(replica)["index"] == settings_of(builder)["state"] == "/shared/state"
    [reading], [writing] = (one["spec"]["template"]["spec"]["containers"] for one in (replica, builder))
    assert {mount["name"]: mount.get("readOnly", False) for mount in reading["volumeMounts"]} == {
        "articles": True, "index": True, "state": False, "tmp": False,
    }  # fmt: skip
    assert writing["args"][2:] == ["serve", "--watch"]
    [rule] = of_kind("Ingress")["ask"]["spec"]["rules"]
    paths = {one["path"]: one["backend"]["service"]["name"] for one in rule["http"]["paths"]}
    assert paths == {"/desk": "ask-builder", "/": "ask"}


def test_the_chart_is_of_this_version() -> None:
    named = yaml.safe_load((DEPLOY / "helm" / "Chart.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert named["appVersion"] == project["version"]
