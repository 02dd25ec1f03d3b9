import os
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings, set_values

TOKEN = "0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in list(os.environ):
        if name.startswith("YUANWEN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_environment_goes_before_the_env_file_and_that_before_toml(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "yuanwen.toml").write_text(
        'port = 1003\naccent = "#000003"\ncontact = "三"\n', encoding="utf-8"
    )
    (folder / ".env").write_text("YUANWEN_PORT=1002\nYUANWEN_ACCENT=#000002\n", encoding="utf-8")
    monkeypatch.setenv("YUANWEN_PORT", "1001")
    settings = read_settings()
    assert (settings.port, settings.accent, settings.contact) == (1001, "#000002", "三")


def test_lists_are_lists_in_toml(folder: Path) -> None:
    (folder / "yuanwen.toml").write_text(
        'widget_origins = ["https://a.example", "https://b.example"]\n'
        'trusted_proxies = ["10.0.0.0/8"]\nfetch_private = true\n',
        encoding="utf-8",
    )
    settings = read_settings()
    assert settings.widget_origins == ("https://a.example", "https://b.example")
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8"]
    assert settings.fetch_private


def test_an_env_file_may_hold_what_is_for_other_programs_and_for_compose(folder: Path) -> None:
    (folder / ".env").write_text(
        "COLOR=red\nYUANWEN_SITE=ask.example.com\nYUANWEN_PORT=1\n", encoding="utf-8"
    )
    assert read_settings().port == 1


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("yuanwen.toml", b"port = 'x'", "YUANWEN_PORT='x' in yuanwen.toml is not allowed; it takes a whole"),
        (".env", b"YUANWEN_PORT=x", "YUANWEN_PORT='x' in .env is not allowed; it takes a whole"),
        (
            "yuanwen.toml",
            b"articles = '/no/such'",
            "YUANWEN_ARTICLES='/no/such' in yuanwen.toml is not allowed",
        ),
        ("yuanwen.toml", b"prot = 1", "prot in yuanwen.toml is no setting; there are accent, admin_token,"),
        (".env", b"YUANWEN_PROT=1", "YUANWEN_PROT in .env is no setting; there are YUANWEN_ACCENT,"),
        ("yuanwen.toml", b"port = ;", "yuanwen.toml cannot be read: Invalid value (at line 1, column 8)"),
        ("yuanwen.toml", b"publisher = '\xff'", "yuanwen.toml cannot be read: 'utf-8' codec"),
        (".env", b"YUANWEN_PUBLISHER=\xff", ".env cannot be read: 'utf-8' codec"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_the_file(
    folder: Path, file: str, content: bytes, told: str
) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert str(refusal.value).startswith(told)


def test_a_secret_in_a_file_is_not_shown_where_it_is_refused(folder: Path) -> None:
    (folder / "yuanwen.toml").write_text('admin_token = "short-secret"', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"YUANWEN_ADMIN_TOKEN='\*\*\*' in yuanwen.toml is not allowed"):
        read_settings()


def test_each_setting_is_told_with_its_source_and_secrets_are_masked(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "yuanwen.toml").write_text("port = 1003\nfetch_private = true\n", encoding="utf-8")
    (folder / ".env").write_text(f"YUANWEN_ADMIN_TOKEN={TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("YUANWEN_DATABASE", "postgresql://user:word@host/name")
    monkeypatch.setenv("YUANWEN_WIDGET_ORIGINS", "https://a.example https://b.example")
    told = {name: (value, source) for name, value, source in set_values(read_settings())}
    chosen = ("PORT", "FETCH_PRIVATE", "ADMIN_TOKEN", "DATABASE", "METRICS_TOKEN", "WIDGET_ORIGINS", "LOGO")
    assert {name: told[f"YUANWEN_{name}"] for name in chosen} == {
        "PORT": ("1003", "yuanwen.toml"),
        "FETCH_PRIVATE": ("true", "yuanwen.toml"),
        "ADMIN_TOKEN": ("***", ".env"),
        "DATABASE": ("***", "environment"),
        "METRICS_TOKEN": ("", "default"),
        "WIDGET_ORIGINS": ("https://a.example https://b.example", "environment"),
        "LOGO": ("", "default"),
    }
