"""Yuanwen beside four toolkits, on the same articles, questions, model and machine:

    python -m tests.quality.peers [DATA_FOLDER ...] [--only yuanwen] [--state FOLDER]

A DATA_FOLDER holds a question set in BEIR layout; the project's own questions are always asked. Each
toolkit gets an environment of its own under the state folder (some 1.5 GB each). A result is kept by
what it was made of, so a killed run goes on where it was and `--only yuanwen`, after a change,
measures Yuanwen alone: all rows that have a result are printed, as Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bot.settings import Settings
from index.models.bundled import bundled_model
from index.models.loading import native_precision
from tests.quality.peers.contract import Job
from tests.quality.peers.metrics import figures
from tests.quality.peers.report import Row, quality_table, rest_table
from tests.quality.peers.running import Place, run, size_mb
from tests.quality.peers.sets import QuestionSet, read_beir, read_own
from tests.quality.peers.systems import SYSTEMS, System


def main() -> int:
    options = read_options()
    sets = [read_own(), *(read_beir(folder, options.limit) for folder in options.folders)]
    folder, precision = str(bundled_model(Settings().state)), native_precision()

    def place(system: System, asked: QuestionSet) -> Place:
        questions = tuple(question.text for question in asked.questions)
        job = Job(folder, precision, system.length, asked.documents, questions)
        return Place(options.state / asked.name, system, job)

    failed = []
    places = {(system, asked.name): place(system, asked) for asked in sets for system in SYSTEMS}
    for (system, name), one in places.items():
        if options.only and system.key not in options.only:
            continue
        if options.again or not one.result.is_file():
            print(f"{system.key} on {name} …", file=sys.stderr, flush=True)
            if not run(one, options.state):
                failed.append(f"{system.key} on {name}")
    model = f"the bundled model, Yuanwen's in 8 bits, the others' in {precision}"
    print(f"{days(places.values())}; {machine()}; {model}\n")
    print_tables(sets, [row(system, sets, places, options.state) for system in SYSTEMS])
    for name in failed:
        print(f"failed: {name}", file=sys.stderr)
    return 1 if failed else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.peers")
    keys = [system.key for system in SYSTEMS]
    parser.add_argument("folders", nargs="*", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--only", nargs="+", choices=keys, help="measure these systems alone")
    parser.add_argument("--again", action="store_true", help="measure also what has a result")
    parser.add_argument("--limit", type=int, help="ask about so many questions of each folder")
    parser.add_argument("--state", type=Path, default=Settings().state / "peers")
    return parser.parse_args()


def row(
    system: System, sets: Sequence[QuestionSet], places: dict[tuple[System, str], Place], state: Path
) -> Row:
    found = {asked.name: (asked, places[system, asked.name].read()) for asked in sets}
    measured = {name: figures(asked.questions, result) for name, (asked, result) in found.items() if result}
    version = f" ({system.packages[0]} {system.version})" if system.packages else ""
    return Row(system.label + version, size_mb(system, state), measured)


def print_tables(sets: Sequence[QuestionSet], rows: Sequence[Row]) -> None:
    for asked in sets:
        print(f"- {asked.name}: {len(asked.documents)} articles, {len(asked.questions)} questions")
    known = [one for one in rows if one.figures]
    print("\n" + quality_table(known, [asked.name for asked in sets]))
    for asked in sets:
        print("\n" + rest_table(known, asked.name))


def days(places: Iterable[Place]) -> str:
    """The days on which the results were measured."""
    results = [place.result for place in places]
    found = {str(date.fromtimestamp(path.stat().st_mtime)) for path in results if path.is_file()}
    return ", ".join(sorted(found))


def machine() -> str:
    """Processor, cores and Python."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = names[0] if names else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
