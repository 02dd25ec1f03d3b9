import json
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.publisher import Publisher
from bot.web.server import create_app
from tests.bot.web.stub import StubBot

SITE = "https://www.example.com"
PANEL_LIMIT = 30_000  # bytes, gzip, of everything that the panel loads before the first question


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(
        StubBot(),
        "/ask",
        publisher=Publisher(name="市民报", url="https://city.example/ask"),
        widget_origins=[SITE, "https://*.example.org"],
    )
    with TestClient(app, headers={"accept-language": "zh-CN"}) as client:
        yield client


def given(html: str) -> dict[str, object]:
    [block] = re.findall(r'<script type="application/json" id="given">(.*?)</script>', html)
    return json.loads(block)


class TestLoader:
    def test_speaks_the_visitors_language_and_may_be_kept_a_while(self, client: TestClient) -> None:
        response = client.get("/ask/widget.js", headers={"accept-language": "zh-HK"})
        assert '"language": "zh-Hant"' in response.text
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.headers["cache-control"] == "public, max-age=600"
        assert "Accept-Language" in response.headers["vary"]
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"

    @pytest.mark.parametrize(
        "referer",
        ["", "about:blank", f"{SITE}/page", "https://a.example.org/?q", "https://city.example/ask/widget"],
    )
    def test_a_site_that_may_show_it_gets_the_loader(self, client: TestClient, referer: str) -> None:
        response = client.get("/ask/widget.js", headers={"referer": referer})
        assert "makeWidget" in response.text

    def test_another_site_gets_no_button_and_is_told_what_to_set(self, client: TestClient) -> None:
        response = client.get("/ask/widget.js", headers={"referer": "https://other.example:8443/page"})
        assert response.text == (
            'console.error("yuanwen: 这个网站（https://other.example:8443）不在允许显示提问按钮的网站之列。'
            '请在服务的设置里加上：YUANWEN_WIDGET_ORIGINS=\\"https://www.example.com https://*.example.org '
            'https://other.example:8443\\"");\n'
        )
        assert response.headers["cache-control"] == "no-store"

    def test_the_services_own_page_gets_the_loader_by_whatever_name_it_is_called(
        self, client: TestClient
    ) -> None:
        headers = {"referer": "https://inside.example/ask/widget", "sec-fetch-site": "same-origin"}
        assert "makeWidget" in client.get("/ask/widget.js", headers=headers).text


class TestPanel:
    def test_may_be_framed_where_the_settings_say(self, client: TestClient) -> None:
        policy = client.get("/ask/widget/panel").headers["content-security-policy"]
        assert policy.endswith("; frame-ancestors 'self' https://www.example.com https://*.example.org")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy

    def test_other_pages_may_not(self, client: TestClient) -> None:
        for path in ("/ask/", "/ask/widget", "/ask/articles/parcels", "/ask/api/articles"):
            assert client.get(path).headers["content-security-policy"].endswith("frame-ancestors 'self'")

    def test_is_told_of_a_site_that_is_let_in_alone(self, client: TestClient) -> None:
        for site, told in ((SITE, SITE), ("https://a.example.org", "https://a.example.org"), ("null", "")):
            html = client.get("/ask/widget/panel", params={"site": site}).text
            assert given(html)["site"] == told

    def test_what_its_address_says_is_text(self, client: TestClient) -> None:
        evil = '</script><img src=x onerror="alert(1)">'
        html = client.get("/ask/widget/panel", params={"title": evil, "question": evil}).text
        assert given(html)["question"] == evil
        assert "<img" not in html
        assert f"<h1>{evil}</h1>".replace("<img", "") not in html

    def test_has_the_publishers_name_and_color_unless_the_site_says_otherwise(
        self, client: TestClient
    ) -> None:
        html = client.get("/ask/widget/panel").text
        assert "<h1>市民报</h1>" in html
        assert '"/ask/page/publisher.css"' in html
        html = client.get("/ask/widget/panel", params={"title": "问一问", "color": "#0a7d3c"}).text
        assert "<h1>问一问</h1>" in html
        assert '"/ask/widget/colors/0a7d3c.css"' in html

    def test_takes_at_most_30_kb_with_everything(self, client: TestClient) -> None:
        page = client.get("/ask/widget/panel", params={"color": "#0a7d3c"})
        loaded = [page]
        loaded += [client.get(path) for path in set(re.findall(r'(?:href|src)="([^"]+)"', page.text))]
        loaded.append(client.get("/ask/api/examples"))
        assert len(loaded) == 24
        assert all(response.status_code == 200 for response in loaded)
        sizes = [int(response.headers["content-length"]) for response in loaded]
        assert 5_000 < sum(sizes) <= PANEL_LIMIT


class TestFiles:
    def test_may_be_kept_for_good_under_their_version(self, client: TestClient) -> None:
        [path] = set(
            re.findall(r'"(/ask/widget/files/\w+/panel\.css)"', client.get("/ask/widget/panel").text)
        )
        response = client.get(path)
        assert response.headers["content-type"] == "text/css; charset=utf-8"
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"

    @pytest.mark.parametrize(
        "path",
        [
            "files/000000000000/panel.js",
            "files/000000000000/../panel.js",
            "files/x/%2e%2e/panel.js",
            "colors/red.css",
            "colors/0a7d3c7.css",
            "panel/",
            "types.d.ts",
        ],
    )
    def test_others_are_not_there(self, client: TestClient, path: str) -> None:
        response = client.get(f"/ask/widget/{path}")
        assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")

    def test_a_color_is_given_in_shades_that_can_be_read(self, client: TestClient) -> None:
        response = client.get("/ask/widget/colors/ffcc00.css")
        assert response.text == ":root { --accent-light: #806600; --accent-dark: #ffcc00; }\n"


class TestDemo:
    def test_has_the_tag_with_the_public_address(self, client: TestClient) -> None:
        html = client.get("/ask/widget").text
        assert "&lt;script async src=&#34;https://city.example/ask/widget.js&#34;&gt;&lt;/script&gt;" in html
        assert "script-src https://city.example;\nframe-src https://city.example;" in html
