"""The settings: one frozen object, read once from the environment, `.env` and `yuanwen.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot import setting_fields as kinds
from bot.origin import URL
from bot.publisher import ACCENT, COLOR, LOGO_LIMIT, Logo, LogoError, Publisher, accent_of, read_logo
from corpus.errors import Failure
from index.models.loading import BUNDLED, NO_RERANKER

__all__ = [
    "PREFIX",
    "KeepQuestions",
    "SetValue",
    "Settings",
    "SettingsError",
    "answer_settings",
    "read_settings",
    "set_values",
]

PREFIX = "YUANWEN_"
ENV_FILE, TOML_FILE = ".env", "yuanwen.toml"
"""Read in the folder where the command is run."""

FOR_COMPOSE = {"site", "backend"}
"""What compose.yaml takes from the same `.env`; no settings of the service."""

ROOT = Path(__file__).resolve().parent.parent

SECRET = (
    "admin_token",
    "database",
    "metrics_token",
    "oidc_client_secret",
    "openai_token",
    "rate_limits",
    "wechat_token",
    "wechat_aes_key",
    "wecom_token",
    "wecom_aes_key",
)

NAME_LIMIT = 60
CONTACT_LIMIT = 200

Network = IPv4Network | IPv6Network

KeepQuestions = Literal["off", "shared", "all"]


class SettingsError(Failure, ValueError):
    """A setting has a value that is not allowed; the message names both and what is allowed."""


class Settings(BaseSettings):
    """What can be set, as YUANWEN_HOST and so on. Each description says what is allowed.

    The environment goes before `.env`, that before `yuanwen.toml`.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        env_ignore_empty=True,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        dotenv_filtering="only_existing",
        toml_file=TOML_FILE,
    )

    host: str = Field(
        default="127.0.0.1", min_length=1, description="a host name or an address of this machine"
    )
    port: int = Field(
        default=7860, ge=0, le=65535, description="a whole number from 0 (any free port) to 65535"
    )
    state: Path = Field(default=ROOT / "var", description="a folder that can be written")
    articles: Path = Field(default=ROOT / "corpus" / "articles", description="a folder of articles (*.md)")
    model: str = Field(
        default=BUNDLED,
        min_length=1,
        description=f'"{BUNDLED}", or a sentence-transformers folder or hub name',
    )
    reranker: str = Field(
        default=BUNDLED,
        min_length=1,
        description=f'"{BUNDLED}", "{NO_RERANKER}", or the folder or hub name of a cross-encoder',
    )
    fetch_private: bool = Field(
        default=False,
        description="true or false: whether `add` may fetch addresses of this machine and its network",
    )
    publisher: str = Field(
        default="", max_length=NAME_LIMIT, description=f"a name of at most {NAME_LIMIT} characters"
    )
    logo: Path | None = Field(
        default=None, description=f"an SVG, PNG, JPEG or WebP file of at most {LOGO_LIMIT // 1000} kB"
    )
    accent: str = Field(default=ACCENT, pattern=rf"^{COLOR.pattern}$", description="a color like #9c2a1f")
    contact: str = Field(
        default="",
        max_length=CONTACT_LIMIT,
        description=f"a phone number, an address or a sentence of at most {CONTACT_LIMIT} characters",
    )
    url: str = Field(
        default="",
        pattern=rf"^(?:{URL})?$",
        description="the public address of the service, like https://ask.example.com",
    )
    widget_origins: Annotated[tuple[kinds.Origin, ...], NoDecode] = Field(
        default=(),
        description="origins like https://www.example.com or https://*.example.com, parted by spaces",
    )
    questions_per_minute: int = Field(
        default=300, ge=1, le=1_000_000, description="how many one address may ask, 1 to 1000000"
    )

    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(IPv4Network("127.0.0.1"), IPv6Network("::1")),
        description="addresses and networks of proxies, like 172.16.0.0/12, parted by commas; or none",
    )

    index: str = kinds.published_index()
    rate_limits: str = kinds.redis()

    admin_token: str = kinds.token("nobody may reload by HTTP")

    database: str = kinds.database()

    oidc_issuer: str = kinds.issuer()
    oidc_client_id: str = Field(
        default="", pattern=r"^[!-~]{0,200}$", description="the desk's client id at the provider"
    )
    oidc_client_secret: str = Field(
        default="", pattern=r"^[!-~]{0,500}$", description="the desk's client secret at the provider"
    )
    oidc_name_claim: str = Field(
        default="preferred_username", pattern=r"^\S{1,100}$", description="the claim with a user's name"
    )
    oidc_role_claim: str = Field(
        default="",
        pattern=r"^\S{0,100}$",
        description="the claim that gives roles; empty: none does",
    )
    oidc_roles: Annotated[tuple[kinds.RoleOf, ...], NoDecode] = Field(
        default=(), description="roles by values of that claim, like editor=news, publisher=chiefs"
    )

    keep_questions: KeepQuestions = Field(default="off", description="off, shared or all")
    keep_questions_days: int = Field(
        default=90, ge=1, le=3650, description="for how many days questions are kept, 1 to 3650"
    )

    log: kinds.LogFormat = Field(default="text", description="text or json")
    log_level: kinds.LogLevel = Field(default="info", description="debug, info, warning or error")
    metrics_token: str = kinds.token("there is no /metrics")
    metrics_port: int = Field(
        default=0, ge=0, le=65535, description="a port for Prometheus alone, without a token; 0: none"
    )

    traces: str = kinds.collector()

    openai_token: str = kinds.token("there is no /v1")

    wechat_token: str = kinds.platform_token("/wechat")
    wechat_app_id: str = Field(
        default="", pattern=r"^[\w-]{0,64}$", description="the official account's AppID, for encryption"
    )
    wechat_aes_key: str = kinds.platform_key("empty: messages are not encrypted")
    wecom_token: str = kinds.platform_token("/wecom")
    wecom_corp_id: str = Field(
        default="", pattern=r"^[\w-]{0,64}$", description="the corporation's id (CorpID)"
    )
    wecom_aes_key: str = kinds.platform_key("needed with YUANWEN_WECOM_TOKEN")

    @field_validator("widget_origins", mode="before")
    @classmethod
    def _part(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return () if value == "none" else tuple(value.replace(",", " ").split())

    @field_validator("trusted_proxies")
    @classmethod
    def _not_all(cls, value: tuple[Network, ...]) -> tuple[Network, ...]:
        # Whoever is trusted names the visitor's address: all of them would be the visitor himself.
        if any(network.prefixlen == 0 for network in value):
            raise ValueError("a network of all addresses")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def published(self) -> Path:
        """The folder whose index is served: the state folder, or another process's."""
        return Path(self.index) if self.index else self.state

    def published_by(self, logo: Logo | None = None) -> Publisher:
        """The publisher; the logo is read where there is a file of one. Raises SettingsError."""
        try:
            logo = read_logo(self.logo) if self.logo else logo
        except LogoError:
            raise _refusal("logo", self.logo) from None
        return Publisher(self.publisher, logo, accent_of(self.accent), self.contact, self.url.rstrip("/"))


class SetValue(NamedTuple):
    """One setting as `yuanwen config` shows it: a secret is "***"."""

    name: str
    value: str
    source: str


def read_settings() -> Settings:
    """The settings of this process.

    Raises SettingsError for a value that is not allowed, a state folder that cannot be written, a
    folder of articles that is not there, a name that is no setting, and a file that cannot be read.
    The logo is checked where it is read.
    """
    sources = list(_sources())
    _refuse_unknown(sources)
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise _refusal(name, first["input"], _source_of(name, sources)) from None
    if not settings.articles.is_dir():
        raise _refusal("articles", settings.articles, _source_of("articles", sources))
    try:
        settings.state.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise _refusal("state", settings.state, _source_of("state", sources)) from None
    if not os.access(settings.state, os.W_OK | os.X_OK):
        raise _refusal("state", settings.state, _source_of("state", sources))
    return settings


def set_values(settings: Settings) -> list[SetValue]:
    """Every setting with where it comes from: "environment", ".env", "yuanwen.toml" or "default"."""
    sources = list(_sources())
    return [
        SetValue(PREFIX + name.upper(), _shown(name, value), _source_of(name, sources))
        for name, value in settings.model_dump().items()
    ]


def answer_settings(settings: Settings) -> dict[str, object]:
    """Those that an answer depends on beside the articles: an evaluation records them."""
    return settings.model_dump(mode="json", include={"model", "reranker"})


class _Source(NamedTuple):
    name: str
    values: Mapping[str, object]


def _sources() -> Iterator[_Source]:
    """Where settings stand, the first one counts. Raises SettingsError for a file that cannot be read."""
    yield _Source("environment", EnvSettingsSource(Settings)())
    try:
        dotenv = DotEnvSettingsSource(Settings, dotenv_filtering="match_prefix")()
        yield _Source(ENV_FILE, {name: dotenv[name] for name in dotenv if name not in FOR_COMPOSE})
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{ENV_FILE} cannot be read: {error}") from None
    try:
        yield _Source(TOML_FILE, TomlConfigSettingsSource(Settings)())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{TOML_FILE} cannot be read: {error}") from None


def _source_of(name: str, sources: list[_Source]) -> str:
    return next((source.name for source in sources if name in source.values), "default")


def _shown(name: str, value: object) -> str:
    if name in SECRET and value:
        return "***"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _refusal(name: str, value: object, source: str = "environment") -> SettingsError:
    allowed = Settings.model_fields[name].description
    value = "***" if name in SECRET else value
    where = f" in {source}" if source in (ENV_FILE, TOML_FILE) else ""
    return SettingsError(f"{PREFIX}{name.upper()}={str(value)!r}{where} is not allowed; it takes {allowed}")


def _refuse_unknown(sources: list[_Source]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"{name} is no setting; there are {', '.join(sorted(known))}")
    for source in sources:
        unknown = sorted(source.values.keys() - Settings.model_fields.keys())
        if unknown and source.name == TOML_FILE:
            there = ", ".join(sorted(Settings.model_fields))
            raise SettingsError(f"{unknown[0]} in {TOML_FILE} is no setting; there are {there}")
        if unknown:
            name = PREFIX + unknown[0].upper()
            raise SettingsError(
                f"{name} in {source.name} is no setting; there are {', '.join(sorted(known))}"
            )
