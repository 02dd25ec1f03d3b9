"""Figures for Prometheus: the one module that knows its client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
    start_http_server,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

__all__ = ["CONTENT_TYPE", "Metrics", "ServiceState"]

CONTENT_TYPE = CONTENT_TYPE_LATEST

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True)
class ServiceState:
    """Gauges of the service: the index that is served and its age, and the number of waiting questions."""

    articles: int = 0
    passages: int = 0
    index_seconds: float = 0.0
    waiting: int = 0
    reloads: Mapping[str, int] = field(default_factory=dict)


class Metrics:
    """Counts what happens. Labels are from fixed lists: none holds a visitor's words."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"yuanwen_{name}", text, labels, registry=registry)

        def seconds(name: str, text: str, *labels: str) -> Histogram:
            return Histogram(f"yuanwen_{name}_seconds", text, labels, registry=registry, buckets=SECONDS)

        self._requests = counter("requests", "Requests that were answered.", "method", "route", "status")
        self._request_seconds = seconds("request", "Time to an answer.", "route")
        self._answers = counter("answers", "Answers to questions, in all faces.", "verdict", "language")
        self._parts = seconds("question", "Time of a question: waiting for its turn, answering.", "part")
        self._refusals = counter("refusals", "Requests that were refused, by reason.", "reason")
        self._votes = counter("votes", "Votes on answers; lost ones too.", "vote")

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answer(self, verdict: str, language: str) -> None:
        """Count an answer."""
        self._answers.labels(verdict, language).inc()

    def part(self, part: str, seconds: float) -> None:
        """Count the seconds of a part of a question: "waiting" or "answering"."""
        self._parts.labels(part).observe(seconds)

    def refusal(self, reason: str) -> None:
        """Count a refusal; `reason` is a problem's code, or its status."""
        self._refusals.labels(reason).inc()

    def vote(self, vote: str) -> None:
        """Count a vote: "up", "down", or "lost" where it could not be kept."""
        self._votes.labels(vote).inc()

    def watch(self, state: Callable[[], ServiceState]) -> None:
        """Read the gauges from `state` at each scrape."""
        self._registry.register(_State(state))

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry)

    def serve(self, host: str, port: int) -> None:
        """Serve the figures at a port of their own, in a thread. Raises OSError where that is taken."""
        start_http_server(port, host, self._registry)


class _State(Collector):
    def __init__(self, state: Callable[[], ServiceState]) -> None:
        self._state = state

    def collect(self) -> Iterable[Metric]:
        state = self._state()
        for name, text, value in (
            ("yuanwen_index_articles", "Articles in the index.", state.articles),
            ("yuanwen_index_passages", "Passages in the index.", state.passages),
            ("yuanwen_index_age_seconds", "Time since the index was taken up.", state.index_seconds),
            ("yuanwen_queue_waiting", "Questions that wait for their turn.", state.waiting),
        ):
            yield GaugeMetricFamily(name, text, value)
        reloads = CounterMetricFamily("yuanwen_reloads", "Reloads, by what came of them.", labels=["state"])
        for name, count in state.reloads.items():
            reloads.add_metric([name], count)
        yield reloads
