"""How long the pages of the desk take with many articles and questions: python -m tests.speed.desk.

Prints for each page the median of some loads in milliseconds, of the clock and of the processor, and fails
where one of the clock is over LIMIT: run it on a quiet machine. Articles and questions are made up; the
database is SQLite in a temporary folder.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import sqlalchemy as sa

from bot.desk.desk import Desk
from bot.operations.database import Database, database_url, open_database
from bot.operations.evaluations import Evaluations
from bot.operations.figures import Count
from bot.operations.likeness import packed
from bot.operations.questions import groups, questions
from bot.operations.site import Site
from bot.operations.votes import VoteRecord, votes
from bot.publisher import Publisher
from bot.settings import Settings
from bot.web.server import create_app
from corpus.article import Article, to_markdown
from corpus.asked import ArticleQuestion
from tests.bot.desk.browser import PASSWORD, Browser
from tests.bot.web.stub import StubBot

LIMIT = 300  # ms
LOADS = 7
VERDICTS = ("answered", "answered", "unsure", "none")
PAGES = (
    "", "articles", "articles?q=供水",
    "articles?q=zzz", "articles?page=150",
    "articles/article-5000", "sheets", "add",
    "questions", "questions?order=none", "questions?order=unsure", "questions?order=down",
    "questions?page=40", "questions/1", "questions/1/articles", "questions/1/articles?q=供水",
    "questions/1/articles/article-5000", "figures", "figures?by=week", "votes",
    "cards", "cards?q=停水", "cards/new", "pins", "synonyms", "evaluations", "pause", "settings", "users",
    "log",
)  # fmt: skip


def fill_articles(folder: Path, count: int) -> None:
    body = "市供水公司表示,检修期间请市民提前储水。\n\n" * 20
    for number in range(count):
        asked = (ArticleQuestion(f"第{number}号通知说什么?"),) if number % 10 == 0 else ()
        article = Article(
            f"article-{number}", f"第{number}号通知", f"{number}\n{body}", source="驿城晚报", asked=asked
        )
        (folder / f"article-{number}.md").write_text(to_markdown(article), encoding="utf-8")


def fill_database(database: Database, count: int) -> None:
    """So many kept wordings in a fifth as many groups, figures of half a year, a vote for each twentieth."""
    today = datetime.now()
    vector = packed(np.full(384, 1 / np.sqrt(384), np.float32))
    group_rows = [
        {"id": n + 1, "wording": f"问题{n}", "question": f"问题{n}?", "vector": vector, "state": ""}
        for n in range(count // 5)
    ]
    asked = [
        {
            "day": (today - timedelta(days=n % 30)).date().isoformat(), "wording": f"问题{n}",
            "question": f"问题{n}?", "language": "zh-Hans", "verdict": VERDICTS[n % 4], "asked": n % 7 + 1,
            "group_id": n % (count // 5) + 1,
        }
        for n in range(count)
    ]  # fmt: skip
    cast = [
        {
            **vars(VoteRecord(f"{n:016}", "down", "没有回答", f"问题{n}?", "zh-Hans", "none", 0.1, ())),
            "wording": f"问题{n}", "quotes": "[]", "voted_on": today.date().isoformat(),
        }
        for n in range(0, count, 20)
    ]  # fmt: skip
    with database.writing() as connection:
        for table, rows in ((groups, group_rows), (questions, asked), (votes, cast)):
            connection.execute(sa.insert(table), rows)


def figures(days: int) -> Iterator[tuple[Count, int]]:
    for before in range(days):
        for hour in range(24):
            moment = datetime.now().replace(hour=hour) - timedelta(days=before)
            yield from ((Count.of_answer(moment, verdict), hour + 1) for verdict in set(VERDICTS))
        yield from ((Count.of_quote(moment, f"article-{n}"), n) for n in range(100))


def measure(browser: Browser, page: str) -> tuple[float, float]:
    """Medians of the loads by the clock and by the processor, in milliseconds."""
    took, computed = [], []
    for _ in range(LOADS):
        began, began_computing = perf_counter(), process_time()
        response = browser.get(f"/desk/{page}".rstrip("/"))
        took.append(1000 * (perf_counter() - began))
        computed.append(1000 * (process_time() - began_computing))
        assert response.status_code == 200, (page, response.status_code)
    return median(took), median(computed)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=100_000)
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        fill_articles(folder, given.articles)
        database = open_database(database_url("", Path(name)))
        fill_database(database, given.questions)
        desk = Desk.over(
            database, folder, Path(name), Publisher(name="驿城晚报"), lambda: None,
            bot=StubBot(), site=Site(Settings(), database), keeps="all",
            evaluations=Evaluations(folder, Path(name)),
        )  # fmt: skip
        desk.figures.add(dict(figures(182)))
        desk.users.add("root", "administrator", PASSWORD, "test")
        browser = Browser(create_app(StubBot(), desk=desk)).signed_in("root")
        found = {page: measure(browser, page) for page in PAGES}
    print("  clock processor")
    for page, (middle, computed) in found.items():
        print(f"{middle:7.0f} {computed:9.0f}  /desk/{page}")
    slow = [page for page, (middle, _) in found.items() if middle > LIMIT]
    print(f"over {LIMIT} ms: {', '.join(slow) or 'none'}")
    return bool(slow)


if __name__ == "__main__":
    sys.exit(main())
