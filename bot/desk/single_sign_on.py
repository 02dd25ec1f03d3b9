"""Signing in at the publisher's own provider by OpenID Connect, where one is set."""

from __future__ import annotations

import logging

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter, Request, Response
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool

from bot import messages
from bot.desk.desk import Desk
from bot.desk.door import COMING_BACK, SINGLE_SIGN_ON
from bot.desk.pages import DeskRoute, go_to
from bot.desk.provider import Identity, Provider
from bot.operations.users import UserError
from bot.web.problems import Problem

__all__ = ["ProviderClient", "single_sign_on_routes"]

logger = logging.getLogger(__name__)

ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
"""Signatures that only the provider can make: neither "none", nor those by a secret that both know."""

PATIENCE = 10  # seconds for each answer of the provider


class ProviderClient:
    """Authorization code flow with PKCE, state and nonce; what must be kept meanwhile is in the session."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._client = OAuth().register(
            "desk",
            client_id=provider.client_id,
            client_secret=provider.secret,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "timeout": PATIENCE,
            },
        )

    async def leave(self, request: Request) -> Response:
        """On to the provider. Raises httpx2.HTTPError, ValueError."""
        await self._check_provider()
        back: Response = await self._client.authorize_redirect(request, f"{self._provider.url}{COMING_BACK}")
        return back

    async def come_back(self, request: Request) -> Identity:
        """Who has come back from the provider.

        Raises AuthlibBaseError and JoseError for what the provider or somebody else has forged, UserError
        for somebody who may not work here, httpx2.HTTPError and ValueError where it cannot be asked.
        """
        await self._check_provider()
        token = await self._client.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "value": self._provider.issuer},
                "aud": {"essential": True, "value": self._provider.client_id},
            },
        )
        if "userinfo" not in token:
            raise UserError("the provider has sent no token that says who it is")
        return self._provider.identity(token["userinfo"])

    async def _check_provider(self) -> None:
        """Read what the provider says of itself, and hold it to its name and to signatures of its own."""
        metadata = await self._client.load_server_metadata()
        if metadata.get("issuer") != self._provider.issuer:
            stated = metadata.get("issuer")
            self._client.server_metadata.clear()  # to be read anew, once somebody has put it right
            raise ValueError(f"the provider calls itself {stated!r}, not {self._provider.issuer!r}")
        stated = metadata.get("id_token_signing_alg_values_supported", ())
        metadata["id_token_signing_alg_values_supported"] = sorted(ALGORITHMS.intersection(stated))


def single_sign_on_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)
    client = ProviderClient(desk.provider) if desk.provider else None

    def _client() -> ProviderClient:
        if client is None:
            raise Problem(404, messages.NO_PAGE)
        return client

    @router.get(SINGLE_SIGN_ON)
    async def leave(request: Request) -> Response:
        try:
            return await _client().leave(request)
        except (httpx2.HTTPError, ValueError, RuntimeError) as error:
            raise _unreachable(error) from None

    @router.get(COMING_BACK)
    async def come_back(request: Request) -> Response:
        try:
            identity = await _client().come_back(request)
            key = await run_in_threadpool(desk.users.sign_in_by_provider, identity.name, identity.role)
        except (AuthlibBaseError, JoseError, UserError) as error:
            logger.warning("a single sign-on is refused: %s", error)
            raise Problem(403, messages.DESK_NOT_SIGNED_ON) from None
        except (httpx2.HTTPError, ValueError, RuntimeError) as error:
            raise _unreachable(error) from None
        request.session.clear()
        request.session["key"] = key
        return go_to(request, "")

    return router


def _unreachable(error: Exception) -> Problem:
    logger.error("the provider of single sign-on cannot be used: %s", error)
    return Problem(503, messages.DESK_NO_PROVIDER)
