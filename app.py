"""The door: the command line, and which parts each command starts."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot import messages
from bot.answer import Bot
from bot.confidence import Calibration
from bot.feedback import Votes
from bot.printed import answer_json, answer_text, votes_json, votes_text
from bot.questions import QuestionError, detect_language
from bot.settings import Settings, SettingsError, read_settings
from bot.web.listening import ServiceError
from corpus.library import LibraryError, corpus_fingerprint, read_examples, read_library
from index.build import BuildReport, build
from index.bundled import BundledModelError
from index.embedder import Embedder, ModelError, load_embedder
from index.search import Searcher
from index.snapshot import SnapshotError, current_manifest, load_current

FAILURES = (BundledModelError, LibraryError, ModelError, ServiceError, SettingsError, SnapshotError)

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


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
        embedder = load_embedder(settings.model, settings.state)
        _built(settings, embedder)
        service = create_app(
            _bot(settings, embedder),
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
    answer = _bot(settings, load_embedder(settings.model, settings.state)).ask(question)
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
    published = [article for article in read_library(settings.articles) if article.status == "published"]
    is_current = manifest.corpus == corpus_fingerprint(published)
    typer.echo(
        f"articles {settings.articles} ({len(published)} published)\n"
        f"index    {manifest.fingerprint} in {settings.state}: {manifest.articles} articles,"
        f" {manifest.passages} passages, model {manifest.model}\n"
        f"state    {'up to date' if is_current else 'out of date; run: python app.py build'}"
    )


@commands.command(name="list")
def list_articles() -> None:
    """List the articles: id, date, status, title."""
    for article in read_library(read_settings().articles):
        published = article.published or "          "
        typer.echo(f"{article.id}  {published}  {article.status}  {article.heading}")


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
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Building the index", total=None)
        return build(
            read_library(settings.articles),
            embedder,
            settings.state,
            lambda done, total: progress.update(task, completed=done, total=total),
        )


def _bot(settings: Settings, embedder: Embedder) -> Bot:
    searcher = Searcher(load_current(settings.state, embedder.name), embedder)
    return Bot(searcher, Calibration.load(), read_examples(settings.articles))


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
