"""Logs as JSON lines, traces and metrics by OpenTelemetry.

Exported by OTLP where a collector is set; the exporters queue with a bound and drop
when it is full, so a collector that is down costs nothing but its records.
"""

import logging
import sys

import structlog
from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased
from structlog.tracebacks import ExceptionDictTransformer

_LONGEST_VALUE = 2048


def configure(service: str, log_level: str, otlp_endpoint: str | None) -> None:
    """Set up the process once, before anything is logged or traced."""
    _configure_logs(service, log_level)
    resource = Resource.create({"service.name": service})
    sampler = ParentBased(ALWAYS_ON if otlp_endpoint else ALWAYS_OFF)
    tracing = TracerProvider(sampler=sampler, resource=resource)
    if otlp_endpoint:
        spans = OTLPSpanExporter(f"{otlp_endpoint}/v1/traces", timeout=5)
        tracing.add_span_processor(BatchSpanProcessor(spans))
        numbers = OTLPMetricExporter(f"{otlp_endpoint}/v1/metrics", timeout=5)
        reader = PeriodicExportingMetricReader(numbers)
        metrics.set_meter_provider(MeterProvider([reader], resource))
    trace.set_tracer_provider(tracing)


def _configure_logs(service: str, log_level: str) -> None:
    logging.basicConfig(level=log_level, stream=sys.stdout, format="%(message)s")
    for noisy in ("httpx", "httpcore", "procrastinate", "uvicorn.access", "yoyo"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _say_service(service),
        _say_trace,
        # Without the frames' values, which may be personal or secret.
        structlog.processors.ExceptionRenderer(
            ExceptionDictTransformer(show_locals=False)
        ),
        _shorten,
    ]
    # The libraries' own records become lines of the same form.
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(),
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
        )
    )
    logging.getLogger().handlers = [handler]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[log_level]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )


def _say_service(service: str) -> structlog.types.Processor:
    def add(
        _logger: object, _method: str, event: structlog.types.EventDict
    ) -> structlog.types.EventDict:
        event["service"] = service
        return event

    return add


def _say_trace(
    _logger: object, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = f"{context.trace_id:032x}"
    return event


def _shorten(
    _logger: object, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """Bound each value, so that no input can flood the log."""
    for name, value in event.items():
        if isinstance(value, str) and len(value) > _LONGEST_VALUE:
            event[name] = value[:_LONGEST_VALUE] + "…"
    return event
