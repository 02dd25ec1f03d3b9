import os
from pathlib import Path

import pytest

from bot.publisher import Accent, Logo, Publisher
from bot.settings import Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("YUANWEN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


def test_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 7860, "bundled")
    assert settings.articles.name == "articles"
    assert settings.state.is_dir()
    assert settings.published_by() == Publisher()
    assert settings.widget_origins == ()


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YUANWEN_PORT", "8080")
    monkeypatch.setenv("YUANWEN_ARTICLES", str(tmp_path))
    assert (read_settings().port, read_settings().articles) == (8080, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("YUANWEN_PORT", "abc", "from 0 (any free port) to 65535"),
        ("YUANWEN_PORT", "70000", "from 0 (any free port) to 65535"),
        ("YUANWEN_ARTICLES", "/no/such/folder", "a folder of articles"),
        ("YUANWEN_STATE", "/dev/null/state", "a folder that can be written"),
        ("YUANWEN_PUBLISHER", "报" * 61, "a name of at most 60 characters"),
        ("YUANWEN_ACCENT", "red", "a color like #9c2a1f"),
        ("YUANWEN_ACCENT", "#12345", "a color like #9c2a1f"),
        ("YUANWEN_ACCENT", "#123456;}", "a color like #9c2a1f"),
        ("YUANWEN_CONTACT", "1" * 201, "a sentence of at most 200 characters"),
        ("YUANWEN_URL", "ask.example.com", "the public address of the service, like https://ask.example.com"),
        ("YUANWEN_URL", "https://ask.example.com/?a=1", "the public address"),
        ("YUANWEN_URL", "https://user@ask.example.com", "the public address"),
        ("YUANWEN_URL", "javascript:alert(1)", "the public address"),
        ("YUANWEN_WIDGET_ORIGINS", "https://*", "origins like"),
        ("YUANWEN_TRUSTED_PROXIES", "*", "addresses and networks of proxies"),
        ("YUANWEN_TRUSTED_PROXIES", "0.0.0.0/0", "addresses and networks of proxies"),
        ("YUANWEN_TRUSTED_PROXIES", "127.0.0.1, ::/0", "addresses and networks of proxies"),
        ("YUANWEN_TRUSTED_PROXIES", "10.0.0.1/8", "addresses and networks of proxies"),
        ("YUANWEN_TRUSTED_PROXIES", "proxy.example", "addresses and networks of proxies"),
        ("YUANWEN_WIDGET_ORIGINS", "https://*.com", "origins like"),
        ("YUANWEN_WIDGET_ORIGINS", "https://www.example.com/", "origins like"),
        ("YUANWEN_WIDGET_ORIGINS", "https://a.example;script-src", "origins like"),
    ],
)
def test_a_wrong_value_is_refused_with_name_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert all(part in str(refusal.value) for part in (name, repr(value), allowed))


def test_one_wrong_origin_among_others_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANWEN_WIDGET_ORIGINS", "https://a.example *")
    with pytest.raises(SettingsError, match=r"YUANWEN_WIDGET_ORIGINS='\*' is not allowed"):
        read_settings()


def test_origins_are_parted_by_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANWEN_WIDGET_ORIGINS", " https://*.example.com\nhttp://127.0.0.1:8000 ")
    assert read_settings().widget_origins == ("https://*.example.com", "http://127.0.0.1:8000")


def test_the_publisher_comes_from_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "logo").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    for name, value in {
        "PUBLISHER": "驻马店日报",
        "LOGO": str(tmp_path / "logo"),
        "ACCENT": "#FFFFFF",
        "CONTACT": "0396-123456",
        "URL": "https://city.example/ask/",
    }.items():
        monkeypatch.setenv(f"YUANWEN_{name}", value)
    assert read_settings().published_by() == Publisher(
        "驻马店日报",
        Logo(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        Accent(light="#696969", dark="#ffffff"),
        "0396-123456",
        "https://city.example/ask",
    )


@pytest.mark.parametrize(
    "content", [None, b"", b"<html><svg></svg></html>", b"\x89PNG\r\n\x1a\n" + bytes(200_000)]
)
def test_what_is_no_logo_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("YUANWEN_LOGO", str(path))
    with pytest.raises(SettingsError, match=r"YUANWEN_LOGO='.*' is not allowed; it takes an SVG, PNG"):
        read_settings().published_by()


def test_a_misspelt_setting_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANWEN_PROT", "1")
    with pytest.raises(SettingsError, match=r"YUANWEN_PROT is no setting; there are .*YUANWEN_PORT"):
        read_settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1


def test_a_token_that_is_refused_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANWEN_ADMIN_TOKEN", "short-secret")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "short-secret" not in str(refused.value)
    assert "YUANWEN_ADMIN_TOKEN='***' is not allowed; it takes 16 to 200" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "networks"),
    [("10.0.0.5, fc00::/7", ["10.0.0.5/32", "fc00::/7"]), ("none", []), ("", ["127.0.0.1/32", "::1/128"])],
)
def test_trusted_proxies(monkeypatch: pytest.MonkeyPatch, value: str, networks: list[str]) -> None:
    monkeypatch.setenv("YUANWEN_TRUSTED_PROXIES", value)
    assert [str(network) for network in read_settings().trusted_proxies] == networks
