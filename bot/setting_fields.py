"""Kinds of settings that several fields share, each with what it allows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from bot.origin import ORIGIN

__all__ = ["LogFormat", "LogLevel", "Origin", "RoleOf", "issuer", "platform_key", "platform_token", "token"]

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]

Origin = Annotated[str, Field(pattern=rf"^{ORIGIN}$")]

RoleOf = Annotated[str, Field(pattern=r"^(?:editor|publisher|administrator)=\S(?:.*\S)?$")]
"""A role and the value of a claim that gives it."""

LOOPBACK = r"(?:127\.0\.0\.1|\[::1\]|localhost)"


def issuer() -> Any:
    """Field of the address of an OpenID Connect provider, as it calls itself."""
    pattern = rf"^(?:https://[^\s?#]+|http://{LOOPBACK}(?::\d+)?(?:/[^\s?#]*)?)?$"
    allowed = "the address of an OpenID Connect provider, like https://login.example.com; empty: none"
    return Field(default="", pattern=pattern, description=allowed)


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
