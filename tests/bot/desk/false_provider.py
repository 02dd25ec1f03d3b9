"""An OpenID Connect provider that signs everybody in as it is told, and lies where it is told to."""

from __future__ import annotations

import base64
import hashlib
import json
from time import time
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "desk", "a secret of the client"
KEY, STRANGER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


class FalseProvider:
    """`claims` go into each token in place of the right ones; `metadata` into what it says of itself.

    `algorithm` is that of the signature: "RS256" as it says, "stranger" by another key, "HS256" or "none".
    """

    def __init__(self) -> None:
        self.address = ""
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.has_token = True
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._describe),
                Route("/jwks", self._keys),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _describe(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/jwks",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.metadata,
            }
        )

    async def _keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = self._codes.pop(str(form["code"]), None)
        verified = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(verified).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token: dict[str, object] = {"access_token": "x", "token_type": "Bearer", "expires_in": 60}
        if self.has_token:
            token["id_token"] = self._signed(asked)
        return JSONResponse(token)

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(time())
        claims = {
            "iss": self.address, "aud": asked["client_id"], "sub": "1", "nonce": asked["nonce"],
            "iat": now, "exp": now + 60, **self.claims,
        }  # fmt: skip
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts)
                + "."
            )
        if self.algorithm == "HS256":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        key = STRANGER if self.algorithm == "stranger" else KEY
        return jwt.encode({"alg": "RS256"}, claims, key)
