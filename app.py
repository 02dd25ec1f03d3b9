"""The door: the command line, and which parts each command starts."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot import messages
from bot.answer import Bot
from bot.commands import articles
from bot.confidence import OWN, Calibration
from bot.evaluate.question import EvaluationError
from bot.feedback import Votes
from bot.printed import answer_json, answer_text, votes_json, votes_text
from bot.questions import QuestionError, detect_language
from bot.settings import Settings, SettingsError, answer_settings, read_settings
from bot.web.listening import ServiceError
from corpus.library import LibraryError, corpus_fingerprint, read_examples, read_library
from corpus.sources import SourceError
from index.build import BuildReport, build
from index.bundled import BundledModelError
from index.embedder import Embedder, load_embedder
from index.hub import ModelError, ModelThread
from index.reranker import Reranker, load_reranker
from index.search import Searcher
from index.snapshot import Snapshot, SnapshotError, current_manifest, load_current

FAILURES = (
    BundledModelError,
    EvaluationError,
    LibraryError,
    ModelError,
    ServiceError,
    SettingsError,
    SnapshotError,
    SourceError,
)


class Unanswerable(StrEnum):
    """How questions without an answer are made."""

    REMOVE_GOLD = "remove-gold"


commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
commands.add_typer(articles.commands)


@commands.callback(invoke_without_command=True)
def door(context: typer.Context) -> None:
    """Yuanwen answers questions by quoting published articles. Without a command it serves."""
    if context.invoked_subcommand is None:
        serve()


@commands.command()
def serve() -> None:
    """Start the service; the index is built first where there is none or it is out of date."""
    # Imported here: the other commands need no web server, and should not wait for one.
    from bot.web.service import create_app, listen, run

    # Before any library sets it up in its own way.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = read_settings()
    publisher = settings.published_by()
    with listen(settings.host, settings.port) as bound:
        thread = ModelThread()
        embedder = load_embedder(settings.model, settings.state, thread=thread)
        _built(settings, embedder)
        service = create_app(
            _bot(settings, embedder, thread),
            publisher.root_path,
            publisher=publisher,
            widget_origins=settings.widget_origins,
            votes=Votes(settings.votes),
            questions_per_minute=settings.questions_per_minute,
        )
        run(service, bound, on_start=typer.echo)


@commands.command()
def ask(
    question: str, as_json: Annotated[bool, typer.Option("--json", help="As the API gives it.")] = False
) -> None:
    """Answer one question."""
    settings = read_settings()
    thread = ModelThread()
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    answer = _bot(settings, embedder, thread).ask(question)
    typer.echo(answer_json(answer) if as_json else answer_text(answer))


@commands.command(name="build")
def build_index() -> None:
    """Build the index of the articles, embedding only what is new."""
    settings = read_settings()
    report = _built(settings, load_embedder(settings.model, settings.state))
    state = "built" if report.is_new else "up to date"
    typer.echo(
        f"{state}: {report.articles} articles, {report.passages} passages, {report.embedded} texts embedded"
    )


@commands.command()
def status() -> None:
    """Say what index there is, and whether it is that of the articles as they are."""
    settings = read_settings()
    manifest = current_manifest(settings.state)
    if manifest is None:
        typer.echo(
            f"articles {settings.articles}\nindex    none in {settings.state}; run: python app.py build"
        )
        return
    articles = read_library(settings.articles)
    published = [article for article in articles if article.status == "published"]
    is_current = manifest.corpus == corpus_fingerprint(articles)
    typer.echo(
        f"articles {settings.articles} ({len(published)} published)\n"
        f"index    {manifest.fingerprint} in {settings.state}: {manifest.articles} articles,"
        f" {manifest.passages} passages, model {manifest.model}\n"
        f"state    {'up to date' if is_current else 'out of date; run: python app.py build'}"
    )


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
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="A B", help="Set two runs side by side, and ask nothing."),
    ] = None,
    gate: Annotated[Path | None, typer.Option(help="A file of floors; below one the status is 1.")] = None,
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Pin them anew.")] = False,
    allow_lower: Annotated[str | None, typer.Option(metavar="REASON", help="Why a floor may sink.")] = None,
) -> None:
    """Ask many questions and say how right the answers are."""
    # Imported here: what measures is of no use to the other commands.
    from bot.evaluate import evaluation, printed
    from bot.evaluate.compare import compare as compare_runs
    from bot.evaluate.gate import gate_words

    if compare is not None:
        typer.echo(printed.comparison(compare_runs(*compare), *map(str, compare)))
        return
    if questions is None:
        raise typer.BadParameter("name a question file or folder, or two runs with --compare A B")
    if gate is None and (update_floors or allow_lower is not None):
        raise typer.BadParameter("--update-floors and --allow-lower need --gate FILE")
    settings = read_settings()
    plan = evaluation.Plan(questions, settings.state, articles, out, limit, unanswerable is not None, resume)
    thread = ModelThread()
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    reranker = load_reranker(settings.reranker, settings.state, thread)
    with _progress() as progress:
        run = evaluation.evaluate(
            plan,
            embedder,
            partial(_bot_over, settings, reranker),
            answer_settings(settings),
            _shown_in(progress),
        )
    typer.echo(printed.headline(run))
    if gate is not None:
        passed, words = gate_words(gate, run.name, run.summary, update_floors, allow_lower)
        typer.echo(words, err=not passed)
        raise typer.Exit(0 if passed else 1)


@commands.command()
def calibrate(
    questions: Annotated[Path, typer.Argument(help="A .csv or .jsonl file of questions on the articles.")],
) -> None:
    """Fit what counts as sure to questions of which it is known what is right."""
    from bot.evaluate import calibration
    from bot.evaluate.corpora import read_question_set
    from bot.evaluate.question import check_articles

    settings = read_settings()
    thread = ModelThread()
    bot = _bot(settings, load_embedder(settings.model, settings.state, thread=thread), thread)
    asked = read_question_set(questions)
    check_articles(asked, frozenset(bot.articles))
    with _progress() as progress:
        show = partial(_shown_in(progress), "asking")
        figures = calibration.calibrate(bot, asked.questions, settings.state, questions.name, show)
    for kind, found in figures.items():
        typer.echo(f"{kind}: AUROC {found['auroc']}, expected calibration error {found['ece']}")
    typer.echo(f"written to {settings.state / OWN}; delete it to go back to what is shipped")


@commands.command()
def feedback(
    as_json: Annotated[bool, typer.Option("--json", help="As a list of JSON objects.")] = False,
    delete: Annotated[str, typer.Option(metavar="ANSWER_ID|all", help="Delete one vote, or all.")] = "",
) -> None:
    """List what visitors thought of answers, the latest last."""
    votes = Votes(read_settings().votes)
    if delete:
        typer.echo(f"deleted: {votes.delete('' if delete == 'all' else delete)}")
    elif as_json:
        typer.echo(votes_json(votes.all()))
    else:
        typer.echo(votes_text(votes.all()))


def _built(settings: Settings, embedder: Embedder) -> BuildReport:
    with _progress() as progress:
        task = progress.add_task("Building the index", total=None)
        return build(
            read_library(settings.articles),
            embedder,
            settings.state,
            lambda done, total: progress.update(task, completed=done, total=total),
        )


def _bot(settings: Settings, embedder: Embedder, thread: ModelThread) -> Bot:
    reranker = load_reranker(settings.reranker, settings.state, thread)
    return _bot_over(settings, reranker, load_current(settings.state, embedder.name), embedder)


def _bot_over(settings: Settings, reranker: Reranker | None, snapshot: Snapshot, embedder: Embedder) -> Bot:
    searcher = Searcher(snapshot, embedder, reranker)
    return Bot(searcher, Calibration.of(settings.state), read_examples(settings.articles))


def _progress() -> Progress:
    """A bar on stderr, where someone watches."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _shown_in(progress: Progress) -> Callable[[str, int, int], None]:
    """Moves the bar of what is done to where it is."""
    task = progress.add_task("", total=None)
    return lambda what, done, total: progress.update(
        task, description=what.capitalize(), completed=done, total=total
    )


def main() -> None:
    """Run the command line; what went wrong becomes one sentence on stderr and status 1."""
    try:
        commands()
    except QuestionError as error:
        language = detect_language(" ".join(sys.argv[2:]))
        sys.exit(messages.REFUSED_QUESTION[error.code].to(language, limit=error.limit))
    except FAILURES as error:
        sys.exit(f"yuanwen: {error}")


if __name__ == "__main__":
    main()
