import os
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("YUANWEN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("YUANWEN_STATE", str(tmp_path / "state"))


def test_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 7860, "bundled")
    assert settings.articles.name == "articles"
    assert settings.state.is_dir()


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
    ],
)
def test_a_wrong_value_is_refused_with_name_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert all(part in str(refusal.value) for part in (name, repr(value), allowed))


def test_a_misspelt_setting_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANWEN_PROT", "1")
    with pytest.raises(SettingsError, match=r"YUANWEN_PROT is no setting; there are .*YUANWEN_PORT"):
        read_settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1
