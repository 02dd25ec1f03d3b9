"""Every address is declared once: what the service answers is in the table, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount

from bot.operations.metrics import Metrics
from bot.operations.reload import ReloadResult
from bot.web.api import Reloads
from bot.web.faces import Faces
from bot.web.problems import Problem
from bot.web.routes import GRADIO, OURS, Route, open_route
from bot.web.server import create_app
from bot.web.wechat.routes import Channel
from tests.bot.web.stub import StubBot

OTHERS = {"/docs/oauth2-redirect"}
"""What FastAPI registers besides, and nobody reaches."""


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/articles", "/articles"),
        ("/articles/fire", "/articles/{article_id}"),
        ("/gradio_api/heartbeat/abc", "/gradio_api/heartbeat/{session}"),
        ("/widget/files/ab12/shared/base.js", "/widget/files/{version}/{name:path}"),
        ("/desk/articles/fire/2024.md", "/desk/{page}"),
    ],
)
def test_the_route_of_an_address(path: str, route: str) -> None:
    assert open_route("GET", path).path == route


@pytest.mark.parametrize(
    ("path", "status"),
    [("/articles/a/b", 404), ("/page/a/b", 404), ("/desk/a/b/c/d/e", 404), ("/gradio_api/upload", 404),
     ("/", 405), ("/healthz", 405), ("/articles/a", 405)],
)  # fmt: skip
def test_what_is_not_declared_is_refused(path: str, status: int) -> None:
    with pytest.raises(Problem) as refused:
        open_route("POST", path)
    assert refused.value.status == status


def test_no_address_is_declared_twice() -> None:
    declared = [(route.method, route.path) for route in (*OURS, *GRADIO)]
    assert len(declared) == len(set(declared))


def registered(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from registered(inner.routes)
        elif not isinstance(route, Mount):
            path: str = route.path  # type: ignore[attr-defined]
            yield from product(getattr(route, "methods", None) or {"POST"}, [path])


@pytest.fixture(scope="module")
def whole() -> FastAPI:
    """With all that a setting may open but the desk, whose pages are one area."""
    reloads = Reloads("t" * 16, lambda: None, lambda: ReloadResult("ready", 1, 1))
    channels = tuple(Channel(path, "token") for path in ("/wechat", "/wecom"))
    faces = Faces(openai_token="t" * 16, channels=channels)
    return create_app(StubBot(), reloads=reloads, metrics=Metrics(), metrics_token="t" * 16, faces=faces)


def test_what_the_service_answers_is_declared(whole: FastAPI) -> None:
    answered = {pair for pair in registered(whole.routes) if pair[0] != "HEAD" and pair[1] not in OTHERS}
    areas = {"/desk", "/desk/sign-in", "/desk/{page}", "/page/{file}", "/static-offline-docs/{file}"}
    declared = {(route.method, route.path) for route in OURS if route.path not in areas}
    of_pages = {("GET", "/page/logo"), ("GET", "/page/publisher.css")}
    assert answered == declared | of_pages


def test_what_costs_work_has_a_pace() -> None:
    """All that is open without one is of a fixed size, kept ready, signed, or behind the desk's door."""
    free = {route.path for route in (*OURS, *GRADIO) if route.pace is None}
    assert free == {
        "/assets/{file}", "/desk", "/desk/{page}", "/docs", "/healthz", "/openapi.json", "/page/{file}",
        "/readyz", "/static-offline-docs/{file}", "/static/js/iframeResizer.contentWindow.min.js",
        "/theme.css", "/wechat", "/wecom", "/widget", "/widget.js", "/widget/colors/{color}.css",
        "/widget/files/{version}/{name:path}", "/widget/panel",
    }  # fmt: skip


def test_a_part_may_be_no_more_than_its_pattern() -> None:
    route = Route("GET", "/a.b/{x}", parts="[0-9]+")
    assert [route.fits(path) for path in ("/a.b/12", "/aab/12", "/a.b/", "/a.b/1/2", "/a.b/x")] == [
        True, False, False, False, False,
    ]  # fmt: skip
