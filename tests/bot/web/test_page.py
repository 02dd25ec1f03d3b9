import re
from html import escape

import pytest
from starlette.testclient import TestClient

from bot import messages
from bot.questions import Language
from bot.web.page import dressed


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


def test_the_page_is_not_sent_compressed(client: TestClient) -> None:
    response = client.get("/", headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in response.headers
    assert int(response.headers["content-length"]) == len(response.content)


@pytest.mark.parametrize("name", ["chat.css", "chat.js", "icon.svg"])
def test_the_pages_own_files_are_served(client: TestClient, name: str) -> None:
    assert f"./page/{name}" in client.get("/").text
    assert client.get(f"/page/{name}").status_code == 200


def test_everything_that_is_to_be_replaced_in_gradios_page_is_there(client: TestClient) -> None:
    """Fails when a new Gradio writes its page in another way."""
    html = client.get("/").text
    for pattern in ('property="og:', 'name="twitter:', "gradio.app", "githubusercontent", 'rel="manifest"'):
        assert pattern not in html
    assert html.count('<header id="masthead"') == html.count("<title>") == 1
    assert dressed("<html lang='en'>", "en") == "<html lang='en'>"
