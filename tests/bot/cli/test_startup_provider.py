"""The provider of single sign-on as the settings name it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.cli.startup import provider_of
from bot.desk.provider import Provider
from bot.settings import Settings, SettingsError, set_values

SET = {
    "oidc_issuer": "https://login.example.com/realms/news",
    "oidc_client_id": "desk",
    "oidc_client_secret": "kept to ourselves".replace(" ", "-"),
    "url": "https://ask.example.com/ask/",
}


def test_a_provider_is_what_the_settings_say() -> None:
    roles = {"oidc_role_claim": "groups", "oidc_roles": "editor=News desk, administrator=it=x"}
    found = provider_of(Settings(**SET, **roles))  # type: ignore[arg-type]
    assert found == Provider(
        "https://login.example.com/realms/news", "desk", "kept-to-ourselves", "https://ask.example.com/ask",
        "preferred_username", "groups", (("editor", "News desk"), ("administrator", "it=x")),
    )  # fmt: skip
    assert provider_of(Settings()) is None


@pytest.mark.parametrize("name", ["oidc_client_id", "oidc_client_secret", "url"])
def test_a_provider_that_lacks_a_part_is_told(name: str) -> None:
    with pytest.raises(SettingsError, match=f"YUANWEN_OIDC_ISSUER needs YUANWEN_{name.upper()}"):
        provider_of(Settings(**{**SET, name: ""}))  # type: ignore[arg-type]


@pytest.mark.parametrize("one", [{"oidc_role_claim": "groups"}, {"oidc_roles": "editor=news"}])
def test_a_claim_and_its_roles_go_together(one: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="go together"):
        provider_of(Settings(**SET, **one))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_issuer": "http://login.example.com"},
        {"oidc_issuer": "login.example.com"},
        {"oidc_issuer": "http://127.0.0.1.evil.example"},
        {"oidc_issuer": "https://a.example/?x=1"},
        {"oidc_roles": "god=it"},
        {"oidc_roles": "editor="},
        {"oidc_name_claim": "a b"},
    ],
    ids=str,
)
def test_what_is_not_allowed(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type]


def test_the_secret_is_masked() -> None:
    shown = {value.name: value.value for value in set_values(Settings(**SET))}  # type: ignore[arg-type]
    assert shown["YUANWEN_OIDC_CLIENT_SECRET"] == "***"
    assert "kept-to-ourselves" not in str(shown)
