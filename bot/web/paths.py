"""Addresses behind a proxy that shows the service under a path of its own, such as /ask."""

from __future__ import annotations

from starlette.types import Scope

__all__ = ["own_path", "rooted"]


def rooted(scope: Scope, root: str) -> Scope:
    """The request with `root` on its path, whether the proxy took that off or left it on."""
    path = scope["path"]
    if not f"{path}/".startswith(f"{root}/"):
        path = root + path
    return {**scope, "root_path": root, "path": path}


def own_path(scope: Scope) -> str:
    """The path as the service's routes know it: "/ask/docs" -> "/docs", "/ask" -> "/"."""
    return str(scope["path"]).removeprefix(scope["root_path"]) or "/"
