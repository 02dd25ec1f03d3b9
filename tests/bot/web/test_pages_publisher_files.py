from starlette.testclient import TestClient

from bot.publisher import Logo, Publisher, accent_of
from bot.web.server import create_app
from tests.bot.web.stub import StubBot

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>hacked()</script></svg>"


def test_logo_and_colors_are_files_of_the_service() -> None:
    publisher = Publisher(logo=Logo(SVG, "image/svg+xml"), accent=accent_of("#005bac"))
    client = TestClient(create_app(StubBot(), publisher=publisher))
    logo = client.get("/page/logo")
    assert (logo.content, logo.headers["content-type"]) == (SVG, "image/svg+xml")
    assert logo.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert logo.headers["x-content-type-options"] == "nosniff"
    colors = client.get("/page/publisher.css")
    assert colors.headers["content-type"] == "text/css; charset=utf-8"
    assert colors.text == ":root { --accent-light: #005bac; --accent-dark: #5c96ca; }\n"


def test_without_a_logo_there_is_no_such_page(client: TestClient) -> None:
    assert client.get("/page/logo").status_code == 404
