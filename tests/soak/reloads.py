"""Memory over many reloads: python -m tests.soak.reloads --reloads 100 --articles 1500 [--model fake].

After each change the service takes up, its memory is read. Fails where it is more than a tenth larger
after the last reload than after the fifth, and where files of former indexes are still open.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, to_markdown
from tests.soak.service import Service, change, served

__all__ = ["Reloaded", "reload_often", "write_articles"]

SETTLED = 5
"""Reloads after which memory is to stay as it is."""

MORE = 0.1
OPEN = 1
"""Files of an index that may still be open: the one before, until its last question is answered."""


@dataclass(frozen=True)
class Reloaded:
    """Memory in MB after each reload, and the deleted files that were open after the last one."""

    memory: Sequence[float]
    removed: Sequence[str]

    @property
    def rise(self) -> float:
        return self.memory[-1] / self.memory[SETTLED - 1] - 1

    @property
    def faults(self) -> list[str]:
        """What is not as it must be."""
        told = [f"memory rose by {self.rise:.0%}"] if self.rise > MORE else []
        return told + ([f"open: {', '.join(self.removed)}"] if len(self.removed) > OPEN else [])

    def words(self) -> str:
        return "\n".join(
            [
                f"memory after {SETTLED} reloads {self.memory[SETTLED - 1]:,.0f} MB, after"
                f" {len(self.memory)} reloads {self.memory[-1]:,.0f} MB ({self.rise:+.1%}), at most"
                f" {max(self.memory):,.0f} MB; {len(self.removed)} deleted files are open",
                *(f"NOT AS IT MUST BE: {fault}" for fault in self.faults),
            ]
        )


def write_articles(folder: Path, number: int) -> None:
    """So many articles, no two alike."""
    folder.mkdir()
    for n in range(number):
        body = "\n\n".join(f"第{n}号第{part}段:{n * 31 % 997}路口明天停水,请储水。" for part in range(3))
        article = Article(f"a-{n}", f"第{n}号停水通知", body)
        (folder / f"{article.id}.md").write_text(to_markdown(article), encoding="utf-8")


def reload_often(service: Service, reloads: int) -> Reloaded:
    """Changes an article and waits for the reload, so many times."""
    assert service.process.stdout is not None
    memory = []
    for number in range(1, reloads + 1):
        change(service.articles, number)
        for line in service.process.stdout:
            if line.startswith("reloaded:"):
                break
        else:
            raise SystemExit(f"the service has ended: {service.log.read_text()[-2000:]}")
        memory.append(service.usage().memory)
    return Reloaded(memory, service.removed())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m tests.soak.reloads", description="Memory over many reloads.")
    parser.add_argument("--reloads", type=int, default=100)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--model", choices=["bundled", "fake"], default="bundled")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_articles(root / "articles", options.articles)
        (root / "state").mkdir()
        with served(root, options.model) as service:
            found = reload_often(service, options.reloads)
    print(found.words())
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
