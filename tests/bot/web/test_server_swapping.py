"""Eight clients ask while 200 articles come and go: no request fails, every answer is of one edition."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2
import pytest

from bot.answering.bot import Bot
from bot.answering.confidence import Calibration
from bot.operations.reload import CurrentBot, Reloader
from bot.web.server import create_app
from corpus.article import Article, to_markdown
from corpus.disk import replace_file
from corpus.library.inventory import take_inventory
from index.build import build
from index.search import Searcher
from index.store.snapshot import Snapshot, load_current
from tests.bot.web.running import running
from tests.index.fake_embedder import FakeEmbedder, quiet

pytestmark = pytest.mark.slow  # two hundred reloads under load

CLIENTS, ARTICLES, ROUNDS = 8, 200, 4
QUESTIONS = ("火灾怎么办?", "诈骗电话怎么防?", "医保怎么交?", "基站安全吗?")
SUBJECTS = ("火灾", "诈骗", "医保", "基站")


@dataclass
class Edition:
    """What one bot may quote, and when it was the one to answer; an end at infinity is still to come."""

    bodies: dict[str, str]
    begins: float
    ends: float = float("inf")


@dataclass
class Given:
    """An answer, when it was asked for and when it was there."""

    asked: float
    there: float
    answer: dict[str, Any]


@dataclass
class Asking:
    """Clients that ask until they are told to stop."""

    address: str
    stop: threading.Event = field(default_factory=threading.Event)
    given: list[Given] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def ask_on(self, client: httpx2.Client, first: int) -> None:
        for number in count(first):
            if self.stop.is_set():
                return
            asked = monotonic()
            response = client.post(f"{self.address}/api/ask", json={"question": QUESTIONS[number % 4]})
            if response.status_code == 200:
                self.given.append(Given(asked, monotonic(), response.json()))
            else:
                self.refused.append(response.text)


def article(number: int, round_: int) -> Article:
    subject = SUBJECTS[number % 4]
    return Article(
        f"a-{number}", f"{subject}{number}", f"第{round_}版讲{subject}。请看第{number}号{subject}通知。"
    )


def write(folder: Path, *articles: Article) -> None:
    for one in articles:
        replace_file(folder / f"{one.id}.md", to_markdown(one))


def test_two_hundred_articles_come_and_go(tmp_path: Path) -> None:
    folder, state = tmp_path / "articles", tmp_path / "state"
    folder.mkdir()
    write(folder, *(article(n, 0) for n in range(20)))
    embedder, calibration = FakeEmbedder(), Calibration.load()
    build(take_inventory(folder, state), embedder, state, quiet)
    current = CurrentBot(Bot(Searcher(load_current(state, "fake"), embedder), calibration))
    editions = [Edition(bodies_of(current.bot), monotonic())]

    def onto(snapshot: Snapshot, bot: Bot) -> Bot:
        moved = bot.onto(snapshot, calibration, ())
        # From here on the new one may answer, though the former one does for a moment more.
        editions.append(Edition(bodies_of(moved), monotonic()))
        return moved

    reloader = Reloader(current, onto, folder, state, embedder, lambda said: None)
    with (
        running(create_app(current, questions_per_minute=1_000_000)) as address,
        httpx2.Client(timeout=60) as client,
        ThreadPoolExecutor(CLIENTS) as pool,
    ):
        asking = Asking(address)
        clients = [pool.submit(asking.ask_on, client, first) for first in range(CLIENTS)]
        for round_ in range(1, ROUNDS + 1):
            come_and_go(folder, round_)
            former = len(editions)
            reloader.reload()
            assert reloader.outcome.state == "ready"
            for edition in editions[:former]:
                edition.ends = min(edition.ends, monotonic())
            seen = len(asking.given)
            while len(asking.given) < seen + CLIENTS:  # each has asked the new edition too
                assert not asking.refused
                threading.Event().wait(0.01)
        asking.stop.set()
        for done in clients:
            done.result()

    assert asking.refused == []
    # The first edition; and in each round one without what is withdrawn, then the new one.
    assert len(editions) == 1 + 2 * ROUNDS
    for given in asking.given:
        assert any(is_from(given.answer, edition) for edition in during(editions, given)), given.answer
    quoted = {quote["text"][1] for given in asking.given for quote in given.answer["quotes"]}
    assert len(quoted) == ROUNDS + 1  # each round was quoted: "第0版…" to "第4版…"


def come_and_go(folder: Path, round_: int) -> None:
    """A share of ARTICLES: new ones, changed ones, and of the former ones half withdrawn, half removed."""
    share = ARTICLES // ROUNDS
    first = 20 + (round_ - 1) * share
    write(folder, *(article(n, round_) for n in range(first, first + share)))
    write(folder, *(article(n, round_) for n in range(10)))
    gone = range(max(10, first - share), first)
    write(folder, *(replace(article(n, round_ - 1), status="withdrawn") for n in gone[::2]))
    for n in gone[1::2]:
        (folder / f"a-{n}.md").unlink()


def bodies_of(bot: Bot) -> dict[str, str]:
    return {article_id: one.body for article_id, one in bot.articles.items()}


def during(editions: list[Edition], given: Given) -> list[Edition]:
    return [edition for edition in editions if edition.begins <= given.there and edition.ends >= given.asked]


def is_from(answer: dict[str, Any], edition: Edition) -> bool:
    """Whether each quote stands to the letter, and each article is, in one edition."""
    quotes = answer["quotes"]
    ids = [quote["article"]["id"] for quote in quotes] + [near["id"] for near in answer["nearest"]]
    return all(article_id in edition.bodies for article_id in ids) and all(
        edition.bodies[quote["article"]["id"]][quote["start"] : quote["end"]] == quote["text"]
        for quote in quotes
    )
