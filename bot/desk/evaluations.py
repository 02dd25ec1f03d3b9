"""Evaluations at the desk: a question file, progress, the report, and what has changed since the last run."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from starlette.responses import FileResponse

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, at_least, go_to, render, user_of
from bot.operations.evaluations import EvaluationRun, Evaluations, NotNow
from bot.web.pages import Visitor
from bot.web.problems import Problem
from index.terms import to_traditional

__all__ = ["evaluation_routes"]

LARGEST = 5_000_000
"""Bytes of a question file."""

SUFFIXES = (".csv", ".jsonl")
LISTED = 50  # questions won or lost that are named

REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"

STATES = {
    "running": messages.DESK_EVALUATION_RUNNING,
    "done": messages.DESK_EVALUATION_DONE,
    "failed": messages.DESK_EVALUATION_FAILED,
}


def evaluation_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/evaluations")
    def listed(request: Request) -> Response:
        return render(request, desk, "evaluations.html", runs=_runs(desk).all(), states=STATES)

    @router.post("/desk/evaluations")
    def start(request: Request, form: DeskForm) -> Response:
        if not form.files:
            raise Problem(400, messages.DESK_NO_QUESTION_FILE)
        name, content = form.files[0]
        if not name.lower().endswith(SUFFIXES):
            raise Problem(400, messages.DESK_NO_QUESTION_FILE)
        if len(content) > LARGEST:
            raise Problem(413, messages.DESK_TOO_LARGE, limit=LARGEST // 1000)
        language: Literal["en", "zh"] = "en" if Visitor(request).language == "en" else "zh"
        try:
            run_id = _runs(desk).start(name, content, language)
        except NotNow:
            raise Problem(409, messages.DESK_EVALUATION_WAITS) from None
        desk.log.record(user_of(request).name, "evaluation started", run=run_id, file=name[:200])
        return go_to(request, f"/evaluations/{run_id}")

    @router.get("/desk/evaluations/{run_id}")
    def show(request: Request, run_id: str) -> Response:
        run = _found(desk, run_id)
        compared = _runs(desk).compared(run) if run.state == "done" else None
        return render(
            request, desk, "evaluation.html", run=run, compared=compared, listed=LISTED,
            labels=_labels(Visitor(request).language) if compared else {},
        )  # fmt: skip

    @router.get("/desk/evaluations/{run_id}/report")
    def report(run_id: str) -> Response:
        run = _found(desk, run_id)
        if run.state != "done" or not run.report.is_file():
            raise Problem(404, messages.NO_PAGE)
        headers = {"Content-Security-Policy": REPORT_POLICY, "Cache-Control": "no-store"}
        return FileResponse(run.report, media_type="text/html; charset=utf-8", headers=headers)

    return router


def _runs(desk: Desk) -> Evaluations:
    """Raises Problem (409) where there is no article to ask of yet."""
    if desk.evaluations is None:
        raise Problem(409, messages.DESK_NOTHING_TO_EVALUATE)
    return desk.evaluations


def _found(desk: Desk, run_id: str) -> EvaluationRun:
    run = _runs(desk).get(run_id)
    if run is None:
        raise Problem(404, messages.NO_PAGE)
    return run


def _labels(language: str) -> dict[str, str]:
    """What the report calls each figure."""
    from bot.evaluate.report import ReportTexts  # as heavy as the comparison, which needs it

    texts = ReportTexts.of("en" if language == "en" else "zh-Hans")
    labels = {name: words["label"] for name, words in texts.figures.items()}
    if language == "zh-Hant":
        labels = {name: to_traditional(label) for name, label in labels.items()}
    return labels
