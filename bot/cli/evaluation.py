"""Commands that measure how right the answers are."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import say, say_text
from bot.cli.progress import bar

__all__ = ["commands"]

commands = typer.Typer()


class Unanswerable(StrEnum):
    """How questions without an answer are made."""

    REMOVE_GOLD = "remove-gold"


class Written(StrEnum):
    """The language of a report, by its name on the command line."""

    ENGLISH = "en"
    CHINESE = "zh"


@commands.command()
def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(help="A .csv or .jsonl file, or a folder in BEIR layout.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="A folder of articles, or a BEIR folder, to ask instead of the index.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder for what comes of it.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only the first questions.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was cut off.")] = False,
    unanswerable: Annotated[
        Unanswerable | None,
        typer.Option(help="remove-gold: ask each question once more with its right articles withheld."),
    ] = None,
    language: Annotated[Written, typer.Option(help="The language of the report.")] = Written.ENGLISH,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="A B", help="Set two runs side by side, and ask nothing."),
    ] = None,
    sets: Annotated[Path | None, typer.Option(metavar="FOLDER", help="A folder of question sets.")] = None,
    leave_one_out: Annotated[
        bool,
        typer.Option(
            "--leave-one-out", help="Fit the judge to all --sets but one and try it on that, for each."
        ),
    ] = False,
    gate: Annotated[Path | None, typer.Option(help="A file of floors; below one the status is 1.")] = None,
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Pin them anew.")] = False,
    allow_lower: Annotated[str | None, typer.Option(metavar="REASON", help="Why a floor may sink.")] = None,
) -> None:
    """Ask many questions and say how right the answers are."""
    from bot.evaluate import evaluation
    from bot.evaluate.compare import compare as compare_runs
    from bot.evaluate.compare import comparison, run_summary
    from bot.evaluate.gate import gate_words, read_floors

    if compare is not None:
        say_text(comparison(compare_runs(*compare), *map(str, compare)))
        return
    if leave_one_out != (sets is not None):
        raise typer.BadParameter("--sets FOLDER and --leave-one-out go together")
    if sets is not None:
        _leave_one_out(sets)
        return
    if questions is None:
        raise typer.BadParameter("name a question file or folder, or two runs with --compare A B")
    if gate is None and (update_floors or allow_lower is not None):
        raise typer.BadParameter("--update-floors and --allow-lower need --gate FILE")
    if gate is not None and (gate.exists() or not update_floors):
        read_floors(gate)  # a malformed file is refused before anything is asked

    from bot.cli.settings import library_settings
    from bot.cli.startup import bot_over
    from bot.settings import answer_settings
    from index.models.embedder import load_embedder
    from index.models.loading import ModelThread
    from index.models.reranker import load_reranker

    settings = library_settings()
    plan = evaluation.Plan(
        questions,
        settings.state,
        articles,
        out,
        limit,
        unanswerable is not None,
        resume,
        "zh-Hans" if language is Written.CHINESE else "en",
    )
    thread = ModelThread()
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    reranker = load_reranker(settings.reranker, settings.state, thread)
    with bar() as show:
        run = evaluation.evaluate(
            plan, embedder, partial(bot_over, settings, reranker), answer_settings(settings), show
        )
    say_text(run_summary(run))
    if gate is not None:
        passed, words = gate_words(gate, run.name, run.summary, update_floors, allow_lower)
        say_text(words, err=not passed)
        raise typer.Exit(0 if passed else 1)


def _leave_one_out(sets: Path) -> None:
    from bot.cli.startup import bot_over
    from bot.evaluate import across
    from bot.settings import read_settings
    from index.models.embedder import load_embedder
    from index.models.loading import ModelThread
    from index.models.reranker import load_reranker

    settings, thread = read_settings(), ModelThread()
    found = across.read_sets(sets)
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    reranker = load_reranker(settings.reranker, settings.state, thread)
    with bar() as show:
        rows = list(
            across.ask_sets(found, embedder, partial(bot_over, settings, reranker), settings.state, show)
        )
    say_text(across.results_table(across.leave_one_out(rows)))


@commands.command()
def calibrate(
    questions: Annotated[Path, typer.Argument(help="A .csv or .jsonl file of questions on the articles.")],
) -> None:
    """Fit what counts as sure to questions of which it is known what is right."""
    from bot.answering.confidence import OWN
    from bot.cli.settings import library_settings
    from bot.cli.startup import open_bot
    from bot.evaluate import calibration
    from bot.evaluate.evaluation import read_question_set
    from bot.evaluate.questions import check_articles
    from index.models.embedder import load_embedder
    from index.models.loading import ModelThread

    settings = library_settings()
    thread = ModelThread()
    bot = open_bot(settings, load_embedder(settings.model, settings.state, thread=thread), thread)
    asked = read_question_set(questions)
    check_articles(asked, frozenset(bot.articles))
    with bar() as show:
        figures = calibration.calibrate(
            bot, asked.questions, settings.state, questions.name, partial(show, "asking")
        )
    for kind, found in figures.items():
        say(f"{kind}: AUROC {found['auroc']}, expected calibration error {found['ece']}")
    say(f"written to {settings.state / OWN}; delete it to go back to what is shipped")
