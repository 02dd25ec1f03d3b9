"""`sync`: the publishers' places that `sources.toml` names are asked for what is new, changed or gone."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.added import print_as_json, print_line
from bot.cli.output import say, say_json

if TYPE_CHECKING:
    from corpus.library.adding import Adder
    from corpus.sources.following import Followed
    from corpus.sources.sync import SyncReport

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def sync(
    everything: Annotated[bool, typer.Option("--all", help="Ask those too whose time has not come.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")] = False,
) -> None:
    """Take what is new or changed at the places in sources.toml; say what is gone."""
    from bot.cli.settings import library_settings
    from corpus.disk import exclusive_lock, replace_file
    from corpus.library.adding import Adder, Overrides
    from corpus.library.catalogue import Catalogue
    from corpus.readers.worker import ReadingWorker
    from corpus.sources.fetch import Fetcher, Limits
    from corpus.sources.following import read_sources
    from corpus.sources.sync import Syncing
    from corpus.sources.sync_state import SyncState

    settings = library_settings()
    places = read_sources(settings.articles)
    folder = settings.state / "sync"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        exclusive_lock(folder),
        Catalogue(settings.state, settings.articles) as catalogue,
        ReadingWorker() as worker,
    ):
        tell = print_as_json if as_json else print_line

        def adder_for(place: Followed) -> Adder:
            return Adder(
                catalogue, Overrides(place.source, section=place.section), tell=tell, read=worker.read
            )

        with SyncState(folder / "state.sqlite") as state:
            fetcher = Fetcher(Limits(allow_private=settings.fetch_private))
            reports = []
            for report in Syncing(state, fetcher, adder_for, datetime.now(UTC)).run(places, everything):
                reports.append(report)
                _say(report, as_json)
    replace_file(folder / "report.json", _as_json(reports))
    _sum_up(reports, as_json)
    if any(report.refused for report in reports):
        raise typer.Exit(1)


def _say(report: SyncReport, as_json: bool) -> None:
    if as_json:
        return
    for gone in report.gone:
        say(f"gone {gone.item} ({gone.why}); where it is to be quoted no longer:")
        for article_id in gone.ids:
            say(f"  yuanwen withdraw {article_id} --reason …")
    say(
        f"{report.place}: added {report.added}, changed {report.changed}, unchanged {report.unchanged},"
        f" gone {len(report.gone)}, refused {len(report.refused)}"
    )


def _sum_up(reports: list[SyncReport], as_json: bool) -> None:
    if as_json:
        say_json({"sync": [asdict(report) for report in reports]})
    elif not reports:
        say("no place is to be asked yet; --all asks each of them")


def _as_json(reports: list[SyncReport]) -> str:
    told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "places": [asdict(one) for one in reports]}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
