import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from bot.web.guard import Guard
from bot.web.widget.origins import Origins, Sharing

SITE, OTHER = "https://www.example.com", "https://evil-example.com"


@pytest.fixture(params=["", "/ask"])
def client(request: pytest.FixtureRequest) -> TestClient:
    """The guard before an app that says that it was reached, shared with one site."""
    guard = Guard(PlainTextResponse("reached"), root_path=request.param)
    return TestClient(Sharing(guard, Origins([SITE]), request.param), root_path="")


def preflight(client: TestClient, origin: str, path: str = "/api/ask") -> httpx.Response:
    asked = {"origin": origin, "access-control-request-method": "POST"}
    return client.options(path, headers=asked | {"access-control-request-headers": "content-type"})


def test_a_site_that_may_show_the_widget_may_ask(client: TestClient) -> None:
    response = preflight(client, SITE)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == SITE
    assert response.headers["access-control-allow-methods"] == "GET, POST"
    assert "access-control-allow-credentials" not in response.headers
    response = client.post("/api/ask", json={}, headers={"origin": SITE})
    assert response.text == "reached"
    assert response.headers["access-control-allow-origin"] == SITE
    assert response.headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", [OTHER, "null", "https://www.example.com.evil.com", ""])
def test_another_may_not(client: TestClient, origin: str) -> None:
    response = preflight(client, origin)
    assert response.status_code == 405
    assert "access-control-allow-origin" not in response.headers
    response = client.get("/api/articles", headers={"origin": origin})
    assert "access-control-allow-origin" not in response.headers


def test_only_the_api_is_shared(client: TestClient) -> None:
    for path in ("/", "/gradio_api/queue/data", "/articles"):
        assert "access-control-allow-origin" not in client.get(path, headers={"origin": SITE}).headers
    assert preflight(client, SITE, "/gradio_api/queue/join").status_code == 405
