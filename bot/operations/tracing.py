"""Traces for an OpenTelemetry collector: the one module that knows its libraries, an extra of the install.

A span tells what a line of the log does: route, status, verdict, and the time of each part. None holds a
question, an address, or what an exception says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import time_ns

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

__all__ = ["Traces", "collector_at"]


def collector_at(url: str) -> SpanExporter:
    """What sends spans to a collector's OTLP address, like http://127.0.0.1:4318/v1/traces."""
    return OTLPSpanExporter(endpoint=url)


class Traces:
    """Spans of requests, and within them of the parts of a question."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._provider = TracerProvider(resource=Resource({"service.name": "yuanwen"}))
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("yuanwen")

    @contextmanager
    def request(self, headers: Mapping[str, str]) -> Iterator[Span]:
        """The span of a request while it is answered; a child of the one that its `traceparent` names."""
        with self._tracer.start_as_current_span(
            "request",
            TraceContextTextMapPropagator().extract(headers),
            SpanKind.SERVER,
            record_exception=False,  # its message may quote a visitor
            set_status_on_exception=False,
        ) as span:
            yield span

    def part(self, name: str, seconds: float) -> None:
        """A part of a question that has just ended: "waiting" or "answering"."""
        end = time_ns()
        self._tracer.start_span(name, start_time=end - round(seconds * 1e9)).end(end)

    def close(self) -> None:
        """Send what has not been sent yet."""
        self._provider.shutdown()
