"""Kinds of settings that several fields share, each with what it allows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from bot.origin import ORIGIN

__all__ = [
    "LogFormat",
    "LogLevel",
    "Origin",
    "RoleOf",
    "collector",
    "database",
    "issuer",
    "platform_key",
    "platform_token",
    "published_index",
    "redis",
    "token",
]

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]

Origin = Annotated[str, Field(pattern=rf"^{ORIGIN}$")]

RoleOf = Annotated[str, Field(pattern=r"^(?:editor|publisher|administrator)=\S(?:.*\S)?$")]
"""A role and the value of a claim that gives it."""

LOOPBACK = r"(?:127\.0\.0\.1|\[::1\]|localhost)"


def collector() -> Any:
    """Field of the address that takes traces."""
    example = "http://127.0.0.1:4318/v1/traces"
    allowed = f"an OTLP address of an OpenTelemetry collector, like {example}; empty: there are none"
    return Field(default="", pattern=r"^(?:https?://[!-~]+)?$", description=allowed)


def database() -> Any:
    """Field of the address of a PostgreSQL database."""
    allowed = "an address like postgresql://user:password@host/name; empty: a file in the state folder"
    return Field(default="", pattern=r"^(?:postgresql://[!-~]+)?$", description=allowed)


def issuer() -> Any:
    """Field of the address of an OpenID Connect provider, as it calls itself."""
    pattern = rf"^(?:https://[^\s?#]+|http://{LOOPBACK}(?::\d+)?(?:/[^\s?#]*)?)?$"
    allowed = "the address of an OpenID Connect provider, like https://login.example.com; empty: none"
    return Field(default="", pattern=pattern, description=allowed)


def published_index() -> Any:
    """Field of the place where another process publishes the index."""
    allowed = (
        "the state folder of the process that builds the index, like /shared/state; empty: it is built here"
    )
    return Field(default="", pattern=r"^(?:/.*)?$", description=allowed)


def redis() -> Any:
    """Field of the address of a Redis server."""
    allowed = "an address like redis://host:6379; empty: each process counts requests for itself"
    return Field(default="", pattern=r"^(?:rediss?://[!-~]+)?$", description=allowed)


def token(absent: str) -> Any:
    """Field of a secret that who asks must show; `absent` says what is so without one."""
    allowed = f"16 to 200 letters, digits and signs, and no space; empty: {absent}"
    return Field(default="", pattern=r"^(?:[!-~]{16,200})?$", description=allowed)


def platform_token(path: str) -> Any:
    """Field of the token that WeChat or WeCom signs with; without one `path` is not served."""
    allowed = f"3 to 32 letters and digits, as entered at the platform; empty: there is no {path}"
    return Field(default="", pattern=r"^(?:[A-Za-z0-9]{3,32})?$", description=allowed)


def platform_key(note: str) -> Any:
    """Field of the key that WeChat or WeCom encrypts with."""
    allowed = f"the EncodingAESKey, 43 letters and digits; {note}"
    return Field(default="", pattern=r"^(?:[A-Za-z0-9]{43})?$", description=allowed)
