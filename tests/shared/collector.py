"""An OTLP/HTTP collector of the tests' own: it keeps what it is sent."""

import gzip
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2


@dataclass(frozen=True, slots=True)
class Span:
    """What a test asks of a span."""

    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    linked: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Collector:
    """Everything that came in."""

    url: str = ""
    spans: list[Span] = field(default_factory=list[Span])
    metrics: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    figures: list[str] = field(default_factory=list[str])
    """What came in of metrics, whole, as text."""

    def of(self, trace_id: str) -> list[Span]:
        return [
            span
            for span in list(self.spans)
            if trace_id == span.trace_id or trace_id in span.linked
        ]


@contextmanager
def collecting() -> Generator[Collector]:
    """Listen on a free port."""
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            _keep(kept, self.path, body)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _keep(kept: Collector, path: str, body: bytes) -> None:
    if path == "/v1/traces":
        told = trace_service_pb2.ExportTraceServiceRequest.FromString(body)
        for part in told.resource_spans:
            service = _service(part.resource)
            for scope in part.scope_spans:
                kept.spans += [
                    Span(
                        service,
                        span.name,
                        span.trace_id.hex(),
                        span.span_id.hex(),
                        span.parent_span_id.hex(),
                        tuple(link.trace_id.hex() for link in span.links),
                        str(span),
                    )
                    for span in scope.spans
                ]
    else:
        said = metrics_service_pb2.ExportMetricsServiceRequest.FromString(body)
        kept.figures.append(str(said))
        for part in said.resource_metrics:
            for scope in part.scope_metrics:
                kept.metrics |= {
                    (_service(part.resource), metric.name) for metric in scope.metrics
                }


def _service(resource: object) -> str:
    attributes = {a.key: a.value.string_value for a in resource.attributes}  # type: ignore[attr-defined]
    return attributes["service.name"]
