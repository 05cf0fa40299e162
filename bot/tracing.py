"""Spans of what the process does, for a collector that the environment names. Not here: what is counted (meters.py).

A span's name and attributes are words of our own: no person, no student, nothing that somebody typed.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from bot.terminal import Refused

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

COLLECTOR = "OTEL_EXPORTER_OTLP_ENDPOINT"  # https://opentelemetry.io/docs/specs/otel/protocol/exporter/
OFF = "OTEL_SDK_DISABLED"
Span = Callable[[str, Mapping[str, str]], AbstractContextManager[object]]


def nothing(name: str, attributes: Mapping[str, str]) -> AbstractContextManager[object]:  # noqa: ARG001  # as every span
    """Trace nothing."""
    return nullcontext()


def spans(env: Mapping[str, str], version: str) -> Span:
    """Return how spans are made: sent to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, else not at all.

    The kit reads its other OTEL_ settings itself. Raises Refused where the kit is not installed.
    """
    if not env.get(COLLECTOR, "").strip() or env.get(OFF, "").strip().lower() == "true":
        return nothing
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  # an extra
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise Refused(f"{COLLECTOR} is set, and what sends traces is not installed: install the extra `tracing`, or unset it.") from None
    provider = TracerProvider(resource=Resource.create({"service.name": "hallpass", "service.version": version}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return through(provider.get_tracer("hallpass"))


def through(tracer: "Tracer") -> Span:
    """Return how this tracer makes spans; an error's words, which may be a person's, never go into one."""

    def span(name: str, attributes: Mapping[str, str]) -> AbstractContextManager[object]:
        return tracer.start_as_current_span(name, attributes=attributes, record_exception=False, set_status_on_exception=False)

    return span
