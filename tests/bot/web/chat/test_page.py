import re
from html import escape

import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.language import Language
from bot.publisher import Publisher
from bot.web.chat.page import PageContext, render_page


@pytest.mark.parametrize(
    ("header", "language"), [("zh-CN", "zh-Hans"), ("zh-HK", "zh-Hant"), ("en-GB", "en")]
)
def test_the_page_is_in_the_visitors_language(client: TestClient, header: str, language: Language) -> None:
    html = client.get("/", headers={"accept-language": header}).text
    assert f'<html lang="{language}"' in html
    assert f"<title>{messages.TITLE.to(language)}</title>" in html
    assert escape(messages.PROMISE.to(language)) in html
    assert messages.CLOSE_ARTICLE.to(language) in html
    assert 'control_page_title="false"' in html


@pytest.mark.parametrize("address", ["/", "/docs"])
def test_only_scripts_with_the_pages_nonce_run(client: TestClient, address: str) -> None:
    first, second = client.get(address), client.get(address)
    nonces = set()
    for response in (first, second):
        policy = response.headers["content-security-policy"]
        [nonce] = re.findall(r"script-src 'self' 'nonce-([\w-]+)'", policy)
        tags = re.findall(r"<script[^>]*>", response.text)
        assert tags
        assert all(tag.startswith(f'<script nonce="{nonce}"') for tag in tags)
        nonces.add(nonce)
    assert len(nonces) == 2


def test_the_page_names_no_other_host(client: TestClient) -> None:
    named = set(re.findall(r"https?://[^\s\"'<>\\]+", client.get("/").text))
    assert {address for address in named if not address.startswith("http://testserver")} == set()


@pytest.mark.parametrize("address", ["/", "/page/chat.css", "/api/articles/parcels"])
def test_what_is_sent_is_compressed_where_the_browser_takes_it(client: TestClient, address: str) -> None:
    plain = client.get(address, headers={"accept-encoding": "identity"})
    small = client.get(address, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 2


def test_gradios_own_files_are_kept_by_the_browser(client: TestClient) -> None:
    [script] = re.findall(r'src="\./(assets/index-[\w-]+\.js)"', client.get("/").text)
    kept = client.get(f"/{script}", headers={"accept-encoding": "br"}).headers
    assert kept["cache-control"] == "public, max-age=31536000, immutable"
    assert kept["content-encoding"] == "br"
    assert "immutable" not in client.get("/assets/nothing.js").headers.get("cache-control", "")


@pytest.mark.parametrize(
    "name", ["chat.css", "conversation.css", "early.js", "chat.js", "chat_asking.js", "icon.svg"]
)
def test_the_pages_own_files_are_served(client: TestClient, name: str) -> None:
    assert f"./page/{name}" in client.get("/").text
    assert client.get(f"/page/{name}").status_code == 200


def test_everything_that_is_to_be_replaced_in_gradios_page_is_there(client: TestClient) -> None:
    """Fails when a new Gradio writes its page in another way."""
    html = client.get("/").text
    for pattern in ('property="og:', 'name="twitter:', "gradio.app", "githubusercontent", 'rel="manifest"'):
        assert pattern not in html
    assert html.count('<header id="masthead"') == html.count("<title>") == 1
    assert (
        render_page("<html lang='en'>", PageContext("en", False, Publisher(), "", ())) == "<html lang='en'>"
    )
