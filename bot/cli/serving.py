"""Commands that answer: the service, one question, the index behind both."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import Annotated

import typer

from bot.cli.output import answer_values, say, say_json, say_text

__all__ = ["commands", "serve"]

commands = typer.Typer()


@commands.command()
def serve(
    watch: Annotated[
        bool, typer.Option("--watch", help="Look every second for changed articles, and take them up.")
    ] = False,
    sync: Annotated[
        bool, typer.Option("--sync", help="Follow the places in sources.toml, each in its own time.")
    ] = False,
) -> None:
    """Start the service; the index is built first where there is none or it is out of date."""
    from bot.cli.settings import library_settings
    from bot.cli.startup import (
        built,
        database_warnings,
        first_desk,
        follow,
        open_bot,
        open_desk,
        open_faces,
        open_keeper,
        open_site,
        open_traces,
        open_votes,
        reloader,
        state_database,
        tidied,
        warn_of_address,
    )
    from bot.operations.logs import set_up_logging, step
    from bot.operations.metrics import Metrics
    from bot.operations.reload import CurrentBot
    from bot.operations.site import CurrentPublisher
    from bot.web.api import Reloads
    from bot.web.awaiting import await_articles
    from bot.web.server import create_app, listen, run, serve_metrics
    from corpus.library.inventory import holds_articles
    from index.models.embedder import load_embedder
    from index.models.loading import ModelThread

    settings = library_settings()
    set_up_logging(settings.log, settings.log_level)  # before any library sets it up in its own way
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is told to stop as by Ctrl-C
    warn_of_address(settings)
    tidied(settings)
    database = state_database(settings)
    site = open_site(settings, database)
    publisher = CurrentPublisher(site)
    place = settings.host, settings.port
    with listen(*place) as bound:
        if settings.index:  # a balancer sends nobody where nobody listens
            bound.close()
        elif not holds_articles(settings.articles):
            with first_desk(settings, database, site) as desk:
                await_articles(settings.articles, publisher, bound, say, desk)
        thread = ModelThread()
        with step("loading the model"):
            embedder = load_embedder(settings.model, settings.state, thread=thread)
        if not settings.index:
            with step("bringing the index up to date"):
                built(settings, embedder)
        with step("opening the index"):
            current = CurrentBot(
                open_bot(site.settings, embedder, thread, is_trusted=not settings.index)
            )  # the build has just checked it
        reloading = reloader(settings, site, current, embedder, say)
        reloading.start(watch or bool(settings.index))
        if sync:
            follow(settings, reloading.request).start()
        signal.signal(signal.SIGHUP, lambda number, frame: reloading.request())
        token, metrics, votes = settings.admin_token, Metrics(), open_votes(settings, database)
        if settings.metrics_port:
            serve_metrics(metrics, settings.host, settings.metrics_port)
        traces = open_traces(settings)
        with step("building the pages"):
            service = create_app(
                current,
                publisher.root_path,
                publisher=publisher,
                widget_origins=settings.widget_origins,
                votes=votes,
                questions_per_minute=settings.questions_per_minute,
                rate_limits=settings.rate_limits,
                reloads=Reloads(token, reloading.request, lambda: reloading.outcome) if token else None,
                desk=open_desk(settings, database, site, current, embedder, reloading.request)
                if database and not settings.index
                else None,
                site=site,
                keeper=open_keeper(settings, database, site, embedder) if database else None,
                warnings=lambda: (*reloading.warnings, *database_warnings(database)),
                metrics=metrics,
                metrics_token=settings.metrics_token,
                traces=traces,
                state=lambda: reloading.service_state,
                faces=open_faces(settings, site, database),
            )
        with suppress(KeyboardInterrupt), listen(*place) if settings.index else bound as open_socket:
            run(service, open_socket, say, settings.trusted_proxies)
        if traces:
            traces.close()


@commands.command()
def ask(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="As the API gives it.")] = False,
    because: Annotated[
        str, typer.Option(metavar="ID", help="Say instead why the answer comes from that article, or not.")
    ] = "",
) -> None:
    """Answer one question."""
    from bot.answering.question import REFUSED_QUESTION, QuestionError
    from bot.cli.settings import library_settings
    from bot.cli.startup import open_bot
    from bot.language import detect_language
    from bot.web.plain_text import answer_text
    from corpus.library.editing import find
    from index.models.embedder import load_embedder
    from index.models.loading import ModelThread

    settings = library_settings()
    thread = ModelThread()
    embedder = load_embedder(settings.model, settings.state, thread=thread)
    try:
        bot = open_bot(settings, embedder, thread)
        if because:
            find(settings.articles, because)  # a mistyped id is told
            say_text("\n".join(bot.because(question, because).lines()))
            return
        answer = bot.ask(question)
    except QuestionError as error:
        sys.exit(REFUSED_QUESTION[error.code].to(detect_language(question), limit=error.limit))
    if as_json:
        say_json(answer_values(answer), indent=2)
    else:
        say_text(answer_text(answer))


@commands.command(name="build")
def build_index() -> None:
    """Build the index of the articles, embedding only what is new."""
    from bot.cli.settings import library_settings
    from bot.cli.startup import built
    from index.models.embedder import load_embedder

    settings = library_settings()
    report = built(settings, load_embedder(settings.model, settings.state))
    state = "built" if report.is_new else "up to date"
    say(f"{state}: {report.articles} articles, {report.passages} passages, {report.embedded} texts embedded")


@commands.command()
def status() -> None:
    """Say what index there is, and whether it is that of the articles as they are."""
    from bot.cli.settings import library_settings
    from corpus.library.inventory import take_inventory
    from index.store.snapshot import current_manifest

    settings = library_settings()
    manifest = current_manifest(settings.published)
    if manifest is None:
        say_text(f"articles {settings.articles}\nindex    none in {settings.state}; run: python app.py build")
        return
    inventory = take_inventory(settings.articles, settings.state)
    published = inventory.having("published").items
    if not manifest.is_of_this_version:
        state = "built by another version; serve builds it anew, or run: python app.py build"
    elif manifest.corpus != inventory.fingerprint:
        state = "out of date; run: python app.py build"
    else:
        state = "up to date"
    say_text(
        f"articles {settings.articles} ({len(published)} published)\n"
        f"index    {manifest.fingerprint} in {settings.state}: {manifest.articles} articles,"
        f" {manifest.passages} passages, model {manifest.model}\n"
        f"state    {state}"
    )


@commands.command()
def config() -> None:
    """Print every setting with where it comes from; secrets are masked."""
    from bot.cli.settings import library_settings
    from bot.settings import set_values

    values = set_values(library_settings())
    width = max(len(value.name) for value in values)
    for name, value, source in values:
        say(f"{name:{width}}  {source:12}  {value}".rstrip())
