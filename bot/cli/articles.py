"""Commands that add, list and edit articles."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.added import print_as_json, print_line, print_summary
from bot.cli.output import say, say_json, say_text
from bot.cli.progress import bar

if TYPE_CHECKING:
    from corpus.library.adding import Adder
    from corpus.sources.fetch import Fetcher

__all__ = ["commands"]

commands = typer.Typer()

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")]


@commands.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, patterns, addresses, or -.")
    ],
    source: Annotated[str, typer.Option(help="Who published the articles.")] = "",
    published: Day = None,
    url: Annotated[str, typer.Option(help="The article's address; for one article.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be added.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")] = False,
) -> None:
    """Add articles: newspaper pages, web pages, feeds, PDF, Word, Markdown, text, JSONL, CSV, zip."""
    from bot.cli.settings import library_settings
    from corpus.library.adding import Adder, Overrides
    from corpus.library.catalogue import Catalogue
    from corpus.readers.worker import ReadingWorker
    from corpus.sources.fetch import Fetcher, Limits

    settings = library_settings()
    stated = Overrides(source, published.date() if published else None, url)
    with Catalogue(settings.state, settings.articles) as catalogue, ReadingWorker() as worker:
        tell = print_as_json if as_json else print_line
        adder = Adder(catalogue, stated, dry_run, tell=tell, read=worker.read)
        _add_all(sources, adder, Fetcher(Limits(allow_private=settings.fetch_private)))
    print_summary(adder.report, dry_run, as_json)
    if adder.report.refused:
        raise typer.Exit(1)


def _add_all(sources: list[str], adder: Adder, fetcher: Fetcher) -> None:
    from corpus.sources.addresses import add_address
    from corpus.sources.files import SourceError, documents, files_of, is_address

    # All files are found before the first is read: a mistyped name stops everything, and nothing is added.
    files = {name: files_of(name) for name in sources if not (is_address(name) or name == "-")}
    if adder.stated.url and (len(sources) > 1 or sum(map(len, files.values())) > 1):
        raise SourceError("--url names one article's address; give one file with it")
    total = sum(map(len, files.values())) or None
    with bar() as show:
        numbers = count(1)

        def advance(name: str) -> None:
            done = next(numbers)
            show("adding", done, total and max(total, done))  # an archive counts as one file, and holds many

        for name in sources:
            if is_address(name):
                add_address(adder, fetcher, name, advance)
            else:
                adder.add_all(documents(name, files.get(name, ()), sys.stdin.buffer), advance)


@commands.command(name="list")
def list_articles(
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only those that hold these words.")] = "",
    source: Annotated[str, typer.Option(help="Only this source's.")] = "",
    section: Annotated[str, typer.Option(help="Only this section's.")] = "",
    status: Annotated[str, typer.Option(help="published or withdrawn.")] = "",
    since: Day = None,
    until: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object an article.")] = False,
) -> None:
    """List the articles: id, date, status, title."""
    from bot.cli.settings import library_settings
    from corpus.library.editing import ArticleFilter, select
    from corpus.library.files import read_library

    wanted = ArticleFilter(
        words, source, section, status, since.date() if since else None, until.date() if until else None
    )
    found = select(read_library(library_settings().articles), wanted)
    if as_json:
        say_json([asdict(article) for article in found], indent=2)
        return
    for article in found:
        published = article.published or "          "
        say(f"{article.id}  {published}  {article.status}  {article.heading}")


@commands.command()
def show(article_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print one article as its file holds it."""
    from bot.cli.settings import library_settings
    from corpus.article import to_markdown
    from corpus.library.editing import find

    text = to_markdown(find(library_settings().articles, article_id)[1])
    if sys.stdout.isatty():
        say_text(text.removesuffix("\n"))
    else:  # another program gets it to the letter
        typer.echo(text, nl=False)


@commands.command()
def remove(article_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take an article out; its text stays in the history."""
    from bot.cli.settings import library_settings
    from corpus.library import editing

    kept = editing.remove(library_settings().articles, article_id)
    say(f"removed {article_id}; its text is kept in {kept}")


@commands.command()
def withdraw(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Option(help="Why; people read it on the article's page.")],
) -> None:
    """Quote an article no longer; its page says that it is withdrawn, and why."""
    from bot.cli.settings import library_settings
    from corpus.library import editing

    article = editing.withdraw(library_settings().articles, article_id, reason, date.today())
    say(f"withdrawn {article.id}: {article.withdrawal}")


@commands.command()
def correct(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    note: Annotated[str, typer.Option(help='What people have to know; "" takes the note away.')],
) -> None:
    """Put a note of correction to an article; it goes with every quote."""
    from bot.cli.settings import library_settings
    from corpus.library import editing

    article = editing.correct(library_settings().articles, article_id, note)
    say(f"corrected {article.id}: {article.correction}")


@commands.command()
def check() -> None:
    """Say what is wrong with the articles' files, and how to mend each."""
    from bot.answering.card_check import card_problems, to_confirm
    from bot.cli.settings import library_settings
    from corpus.library.checking import ArticleFault
    from corpus.library.checking import check as problems_of
    from corpus.library.synonyms import synonym_problems

    folder = library_settings().articles
    wrong = (
        ArticleFault(path, what, "put the line right, or take it out")
        for path, what in synonym_problems(folder)
    )
    found = [*problems_of(folder), *card_problems(folder), *wrong]
    for problem in found:
        say(f"{problem.path}: {problem.what}; {problem.remedy}")
    if note := to_confirm(folder):
        say(note, err=True)
    say(f"{len(found)} problems" if found else "no problems")
    if found:
        raise typer.Exit(1)
