"""Report of `add` and `sync`: a line for each article, and a summary."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.cli.output import say, say_json

if TYPE_CHECKING:
    from corpus.library.adding import Added, Report
    from corpus.readers.document import Note

__all__ = ["print_as_json", "print_line", "print_summary"]


def print_line(about: Added | Note) -> None:
    """A line for each article: outcome, id, day, title, source; what is doubtful or refused on stderr."""
    from corpus.readers.document import Note

    if isinstance(about, Note):
        lead = "refused" if about.refused else "look at"
        say(f"{lead} {about.name}: {about.text}", err=True)
        return
    day = str(about.published or "no date")
    parts = (f"{about.outcome:9}", about.id, f"{day:10}", about.title, f"({about.source or 'no source'})")
    say("  ".join(parts))


def print_as_json(about: Added | Note) -> None:
    """{"article": {…}}, {"doubt": {"name": …, "text": …}} or {"refused": {…}}, one a line."""
    from corpus.readers.document import Note

    kind = "article" if not isinstance(about, Note) else "refused" if about.refused else "doubt"
    fields = {name: value for name, value in asdict(about).items() if name != "refused"}
    say_json({kind: fields})


def print_summary(report: Report, dry_run: bool, as_json: bool) -> None:
    """The counts of a run, as a sentence or as {"summary": {…}}."""
    refused, doubts = len(report.refused), len(report.doubts)
    if as_json:
        counts = {
            "added": report.added, "changed": report.changed, "unchanged": report.unchanged,
            "refused": refused, "doubts": doubts, "dry_run": dry_run,
        }  # fmt: skip
        say_json({"summary": counts})
        return
    say(
        f"{'would be ' if dry_run else ''}added {report.added}, changed {report.changed},"
        f" unchanged {report.unchanged}, refused {refused}"
    )
