"""Errors as problem details for programs (RFC 9457, application/problem+json)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from bot import messages
from bot.language import Language, detect_language
from bot.messages import Message
from bot.web.language import browser_language
from bot.web.request_log import REQUEST

__all__ = ["Problem", "add_problem_handlers", "respond"]


class Problem(Exception):  # noqa: N818
    """A refused request: its status, and the message for its sender.

    `code` makes the type a URN of our own, else it is about:blank. `question` is the visitor's, if
    known: its language is answered in. `errors` are the wrong fields, each {"pointer": "#/top",
    "detail": "..."} as in RFC 9457, 3. `values` fill the message's placeholders.
    """

    def __init__(
        self,
        status: int,
        message: Message,
        code: str = "",
        question: object = "",
        errors: Sequence[dict[str, str]] = (),
        headers: dict[str, str] | None = None,
        **values: object,
    ) -> None:
        super().__init__(message.to("en", **values))
        self.status = status
        self.message = message
        self.code = code
        self.question = question if isinstance(question, str) else ""
        self.errors = errors
        self.headers = headers or {}
        self.values = values


def respond(problem: Problem, request: Request) -> JSONResponse:
    """The response, in the language of Accept-Language, or the question's where that is not sent."""
    if facts := REQUEST.get(None):
        facts.refusal = problem.code or str(problem.status)
    language = _language(request, problem.question)
    body: dict[str, object] = {
        "type": f"urn:yuanwen:problem:{problem.code}" if problem.code else "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.message.to(language, **problem.values),
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    headers = {**problem.headers, "Content-Language": language}
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")


def _language(request: Request, question: object) -> Language:
    accepted = request.headers.get("accept-language", "*")
    spoken = browser_language(accepted)
    if accepted.strip() != "*" or not isinstance(question, str):
        return spoken
    return detect_language(question, otherwise=spoken)


def add_problem_handlers(app: FastAPI) -> None:
    """Answer the exceptions of routes with problem+json."""

    @app.exception_handler(Problem)
    def on_problem(request: Request, error: Problem) -> JSONResponse:
        return respond(error, request)

    @app.exception_handler(HTTPException)
    def on_http_error(request: Request, error: HTTPException) -> JSONResponse:
        message = messages.NO_PAGE if error.status_code == 404 else messages.BODY_REFUSED
        return respond(Problem(error.status_code, message), request)

    @app.exception_handler(RequestValidationError)
    def on_wrong_fields(request: Request, error: RequestValidationError) -> JSONResponse:
        return respond(_wrong_fields(error, _language(request, _question(error))), request)


# Pydantic's faults of a field in our words; its own are in English alone.
FAULTS = {
    "missing": messages.FIELD_MISSING,
    "extra_forbidden": messages.FIELD_UNKNOWN,
    "string_type": messages.FIELD_NO_TEXT,
    "string_too_long": messages.FIELD_TOO_LONG,
    "too_long": messages.FIELD_TOO_LONG,
    "greater_than_equal": messages.FIELD_TOO_SMALL,
    "less_than_equal": messages.FIELD_TOO_LARGE,
    "literal_error": messages.FIELD_NO_CHOICE,
}


def _wrong_fields(error: RequestValidationError, language: Language) -> Problem:
    faults = error.errors()
    question = _question(error)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Problem(422, messages.BODY_NO_JSON, code="invalid-json", question=question)
    paths = ["/".join(map(str, fault["loc"][1:])) for fault in faults]
    return Problem(
        422,
        messages.BODY_WRONG,
        code="wrong-fields",
        question=question,
        errors=[
            {"pointer": f"#/{path}", "detail": _fault_words(fault, language)}
            for path, fault in zip(paths, faults, strict=True)
        ],
        fields=", ".join(dict.fromkeys(path.partition("/")[0] for path in paths)) or "JSON",
    )


def _question(error: RequestValidationError) -> object:
    return error.body.get("question") if isinstance(error.body, dict) else ""


def _fault_words(fault: Mapping[str, Any], language: Language) -> str:
    given = fault.get("ctx", {})
    limits = (given[name] for name in ("max_length", "ge", "le", "expected") if name in given)
    message = FAULTS.get(fault["type"], messages.FIELD_WRONG)
    return message.to(language, limit=next(limits, ""))
