"""The provider of single sign-on as the settings name it, and what its claims mean here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from bot.operations.users import Role, UserError

__all__ = ["Identity", "Provider"]


class Identity(NamedTuple):
    """Who has signed in at the provider; `role` None where the provider does not say."""

    name: str
    role: Role | None


@dataclass(frozen=True)
class Provider:
    """A provider and what its claims mean here.

    `url` is the service's public address. `name_claim` holds the user's name; with a `role_claim` each
    sign-in takes the highest role that `roles` gives to one of its values, and is refused without one.
    """

    issuer: str
    client_id: str
    secret: str
    url: str
    name_claim: str = "preferred_username"
    role_claim: str = ""
    roles: tuple[tuple[Role, str], ...] = ()

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """Who the claims of a checked token name. Raises UserError for somebody who may not work here."""
        name = claims.get(self.name_claim)
        if not isinstance(name, str) or not name:
            raise UserError(f"the provider states no {self.name_claim}")
        if self.name_claim == "email" and claims.get("email_verified") is not True:
            raise UserError(f"the provider has not verified the address {name!r}")
        if not self.role_claim:
            return Identity(name, None)
        stated = claims.get(self.role_claim)
        values = stated if isinstance(stated, list) else [stated]
        held = {role for role, value in self.roles if value in values}
        if not held:
            raise UserError(f"no value of {self.role_claim} gives {name!r} a role")
        return Identity(name, max(held, key=get_args(Role).index))
