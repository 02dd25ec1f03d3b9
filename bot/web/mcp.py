"""Tools for language models, by the Model Context Protocol: the one module that knows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import FastAPI
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, ContentBlock, TextContent, ToolAnnotations
from pydantic import Field
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import messages
from bot.answering.answerer import Answerer
from bot.publisher import Publisher
from bot.web import routes
from bot.web.api import article_with_body
from bot.web.plain_text import answer_text
from bot.web.problems import Problem
from bot.web.queue import AskQueue
from bot.web.schema import AnswerOut, ArticleWithBody, QuestionText

__all__ = ["Tools"]

INSTRUCTIONS = (
    "Answers questions in a publisher's own words. Quotes are to the letter: show the first marked sentence "
    "first and unchanged, the rest of the quote as its context, with their source, its correction, that it "
    "was read by machine from a scan, the last day of what is no longer valid and what has superseded it, "
    "where that is so. "
    'The verdict "unsure" means that the quotes may not answer, "none" that no article does. '
    "Where there are cards, show them before all else: they are the publisher's notices for somebody in "
    "need, with the numbers to call. Where there are choices, articles of several places or years answer: "
    "let the person choose, and ask that choice's question."
)
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

# A page of another site could have its visitor's browser ask this service, were any host name taken.
OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


class Tools:
    """`ask` and `get_article` at /mcp, without sessions: every request stands by itself."""

    def __init__(self, bot: Answerer, turns: AskQueue, publisher: Publisher) -> None:
        self._server = _server(bot, turns)
        self._security = _security(publisher)
        self._serving: ASGIApp | None = None

    def add_to(self, app: FastAPI) -> None:
        app.router.routes.append(Route(routes.TOOLS.path, self))

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        """Context in which the tools answer."""
        self._serving = self._server.streamable_http_app(
            json_response=True, stateless_http=True, transport_security=self._security
        )
        async with self._server.session_manager.run():
            yield
        self._serving = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._serving is None:
            raise Problem(503, messages.NOT_READY)
        await self._serving({**scope, "path": routes.TOOLS.path, "root_path": ""}, receive, send)


def _server(bot: Answerer, turns: AskQueue) -> MCPServer:
    server = MCPServer("yuanwen", title="Yuanwen", instructions=INSTRUCTIONS, log_level="WARNING")

    @server.tool(annotations=READS)
    async def ask(
        question: Annotated[str, Field(description="a question in Chinese or English")],
        history: Annotated[
            list[QuestionText], Field(max_length=20, description="the earlier questions, oldest first")
        ] = [],  # noqa: B006 - pydantic copies it
        top: Annotated[int, Field(ge=1, le=10, description="how many quotes at most")] = 3,
    ) -> Annotated[CallToolResult, AnswerOut]:
        """Answer a question with sentences quoted from published articles, or say that none answers."""
        try:
            answer = await turns.ask(question, history, top)
        except Problem as problem:
            raise ToolError(str(problem)) from problem
        out = AnswerOut.model_validate(answer)
        # For people, and as the protocol advises for clients that know no structured content.
        texts = (answer_text(answer), out.model_dump_json())
        content: list[ContentBlock] = [TextContent(type="text", text=text) for text in texts]
        return CallToolResult(content=content, structured_content=out.model_dump(mode="json"))

    @server.tool(annotations=READS)
    def get_article(
        article_id: Annotated[str, Field(description="the id that a quote names")],
    ) -> ArticleWithBody:
        """Read a whole article; offsets of quotes count the characters of its body."""
        try:
            return article_with_body(bot, article_id)
        except Problem as problem:
            raise ToolError(str(problem)) from problem

    return server


def _security(publisher: Publisher) -> TransportSecuritySettings:
    """Only the public address and this machine's own names are served, and only their own pages."""
    public = urlsplit(publisher.url)
    own = [*OWN_HOSTS, *(f"{host}:*" for host in OWN_HOSTS)]
    return TransportSecuritySettings(
        allowed_hosts=[*own, *([public.netloc] if publisher.url else [])],
        allowed_origins=[
            *(f"http://{host}" for host in own),
            *([f"{public.scheme}://{public.netloc}"] if publisher.url else []),
        ],
    )
