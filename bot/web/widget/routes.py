"""The widget's addresses: the loader, the panel that it opens, their files, and a page to try them."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.publisher import COLOR, Publisher, accent_of
from bot.web import routes
from bot.web.language import visitor_language
from bot.web.pages import COLORS, base_address, color_sheet, page, sent
from bot.web.problems import Problem
from bot.web.widget.assets import FOLDER, SHARED, Files, loader_script, refusal_script
from bot.web.widget.origins import Origins, origin_of
from bot.web.widget.panel import TITLE_LIMIT, PanelRequest, panel_config

__all__ = ["widget_routes"]

PANEL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; "
)
DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
FOR_A_WHILE = "public, max-age=600"


def widget_routes(publisher: Publisher, origins: Origins) -> APIRouter:
    """/widget.js, /widget/panel, /widget and the files of both pages."""
    router = APIRouter(include_in_schema=False)
    panel_files, demo_files = Files(FOLDER / "panel", SHARED), Files(FOLDER / "demo")
    versions = {files.version: files for files in (panel_files, demo_files)}

    @routes.WIDGET_LOADER.on(router)
    def loader(request: Request) -> Response:
        language = visitor_language(request.scope)
        site = _refused_site(request, publisher, origins)
        script = refusal_script(site, origins.rules, language) if site else loader_script(publisher, language)
        response = sent(request, script, "text/javascript")
        # No cache keeps a refusal: the next site may be another, and the settings may change.
        response.headers["Cache-Control"] = "no-store" if site else FOR_A_WHILE
        response.headers["Vary"] = "Accept-Language"
        # A site may load only what permits it (Cross-Origin-Embedder-Policy).
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    @routes.WIDGET_PANEL.on(router)
    def panel(request: Request) -> Response:
        asked = PanelRequest.of(request.query_params, origins)
        response = page(
            request,
            publisher,
            "panel.html",
            title=asked.title or publisher.name or messages.TITLE.to(visitor_language(request.scope)),
            colors=f"/widget/colors/{asked.color[1:]}.css" if asked.color else COLORS,
            files=panel_files,
            given=panel_config(asked, publisher, visitor_language(request.scope)),
        )
        response.headers["Content-Security-Policy"] = PANEL_POLICY + origins.frame_ancestors
        return response

    @routes.WIDGET_COLORS.on(router)
    def colors(color: str) -> Response:
        if not COLOR.fullmatch(f"#{color}"):
            raise Problem(404, messages.NO_PAGE)
        return Response(color_sheet(accent_of(f"#{color}")), media_type="text/css", headers=FOR_GOOD)

    @routes.WIDGET_FILE.on(router)
    def file(version: str, name: str) -> Response:
        found = versions[version].read(name) if version in versions else None
        if found is None:
            raise Problem(404, messages.NO_PAGE)
        content, media_type = found
        return Response(content, media_type=media_type, headers=FOR_GOOD)

    @routes.WIDGET.on(router)
    def demo(request: Request) -> Response:
        source = f"{base_address(request, publisher)}/widget.js"
        response = page(
            request,
            publisher,
            "widget.html",
            source=source,
            tag=f'<script async src="{source}"></script>',
            origin="{0.scheme}://{0.netloc}".format(urlsplit(source)),
            files=demo_files,
            title_limit=TITLE_LIMIT,
        )
        response.headers["Content-Security-Policy"] = DEMO_POLICY
        return response

    return router


def _refused_site(request: Request, publisher: Publisher, origins: Origins) -> str:
    """The origin of the page that asks for the loader where it may not show the widget, else "".

    It is known by the Referer, which a site can withhold: then the panel refuses to be framed.
    """
    site = origin_of(request.headers.get("referer", ""))
    own = {origin_of(base_address(request, publisher)), origin_of(publisher.url)}
    if not site or site in own or origins.allow(site):
        return ""
    # Behind a proxy the service may not know its own name; the browser does.
    return "" if request.headers.get("sec-fetch-site") == "same-origin" else site
