"""The answers for programs that speak OpenAI's chat API: quotes with their sources, word for word."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from hmac import compare_digest
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answering.answer import Answer
from bot.answering.question import LIMIT
from bot.publisher import Publisher
from bot.web.pages import base_address
from bot.web.plain_text import answer_text
from bot.web.problems import Problem
from bot.web.queue import AskQueue
from bot.web.routes import CHAT_COMPLETIONS, MODELS

__all__ = ["MODEL", "openai_routes"]

MODEL = "yuanwen"
"""The one model that is offered; whatever name is asked for, it answers."""

EARLIER = 20
"""Earlier questions of the conversation that are looked at."""

NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Nothing is generated, so nothing is counted."""


class TextPart(BaseModel):
    model_config = ConfigDict(extra="ignore")

    type: str
    text: str = ""


class CompletionMessage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatRequest(BaseModel):
    """The fields of a request that count; those on generation are ignored, for nothing is generated."""

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[CompletionMessage], Field(min_length=1, max_length=500)]
    stream: bool = False
    stream_options: StreamOptions | None = None

    @property
    def asked(self) -> list[str]:
        """The user's messages, the oldest first."""
        return [message.text for message in self.messages if message.role == "user"]


def openai_routes(turns: AskQueue, publisher: Publisher, token: str) -> APIRouter:
    """/v1/models and /v1/chat/completions, for whoever shows the token."""
    router = APIRouter(include_in_schema=False)

    @MODELS.on(router)
    def list_models(request: Request) -> Response:
        if not _shows(request, token):
            return _refused(401, "The API key is missing or wrong.", "invalid_api_key")
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": publisher.name or MODEL}
        return JSONResponse({"object": "list", "data": [model]})

    @CHAT_COMPLETIONS.on(router)
    async def complete(request: Request) -> Response:
        if not _shows(request, token):
            return _refused(401, "The API key is missing or wrong.", "invalid_api_key")
        try:
            asked = ChatRequest.model_validate_json(await request.body())
        except ValidationError as error:
            return _refused(400, f"The request is not understood: {_first(error)}", "invalid_request")
        if not asked.asked:
            return _refused(400, "There is no message of the role user.", "invalid_request")
        *earlier, question = asked.asked
        history = [text for text in earlier[-EARLIER:] if 0 < len(text) <= LIMIT]
        try:
            answer = await turns.ask(question, history, 3)
        except Problem as problem:
            return _refused(400 if problem.status == 422 else problem.status, str(problem), problem.code)
        text = answer_text(answer, base_address(request, publisher))
        if asked.stream:
            wants_usage = bool(asked.stream_options and asked.stream_options.include_usage)
            return StreamingResponse(_events(answer, text, wants_usage), media_type="text/event-stream")
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return JSONResponse({**_head(answer, "chat.completion"), "choices": [choice], "usage": NO_TOKENS})

    return router


def _head(answer: Answer, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{answer.answer_id}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
        "verdict": answer.verdict,
    }


def _events(answer: Answer, text: str, wants_usage: bool) -> Iterator[str]:
    """Server-sent events, a line of the text in each: it is all there before the first one goes."""
    head = _head(answer, "chat.completion.chunk")

    def event(delta: dict[str, str], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return f"data: {json.dumps({**head, 'choices': [choice]}, ensure_ascii=False)}\n\n"

    yield event({"role": "assistant", "content": ""})
    for line in text.splitlines(keepends=True):
        yield event({"content": line})
    yield event({}, "stop")
    if wants_usage:
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': NO_TOKENS})}\n\n"
    yield "data: [DONE]\n\n"


def _shows(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # In constant time: how long a refusal takes must not tell how much was right.
    is_right = compare_digest(given.strip().encode("utf-8", "surrogateescape"), token.encode())
    return scheme.lower() == "bearer" and is_right


def _refused(status: int, words: str, code: str) -> JSONResponse:
    """A refusal as OpenAI's clients read it."""
    error = {"message": words, "type": "invalid_request_error", "param": None, "code": code or None}
    headers = {"Retry-After": "5"} if status == 503 else {}
    return JSONResponse({"error": error}, status, headers)


def _first(error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    place = ".".join(map(str, first["loc"])) or "the body"
    return f"{place}: {first['msg']}"
