"""What is traced: the way of an answer and of what it kept, in words of our own; nothing where nobody collects it."""

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.measured import measured_desk
from bot.meters import Meters
from bot.terminal import Refused
from bot.tracing import nothing, spans, through
from handlers.people import Platform
from handlers.ports import Work
from tests.handlers.conftest import house as house  # noqa: PLC0414  # the fixture
from tests.house import House
from tests.samples import DANA
from tests.scenes import TEXTING

SECRET_WORDS = "May I write to Ada Finch?"


@pytest.fixture
def collected() -> tuple[Meters, InMemorySpanExporter]:
    """Meters that trace, and what was traced."""
    provider, exporter = TracerProvider(), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return Meters(through(provider.get_tracer("test"))), exporter


async def test_what_an_answer_kept_is_a_part_of_the_answer(house: House, collected: tuple[Meters, InMemorySpanExporter]) -> None:
    meters, exporter = collected
    house.desk = measured_desk(house.desk, meters, Platform.slack)

    await house.says(DANA, house.means(SECRET_WORDS, TEXTING))

    kept, answer = exporter.get_finished_spans()
    assert (answer.name, dict(answer.attributes or {})) == ("answer", {"platform": "slack"})
    assert kept.name == "keep"
    assert kept.parent is not None
    assert answer.context is not None
    assert kept.parent.span_id == answer.context.span_id
    assert "Finch" not in "".join(one.to_json() for one in (kept, answer))


async def test_what_an_error_says_is_not_traced(house: House, collected: tuple[Meters, InMemorySpanExporter]) -> None:
    meters, exporter = collected
    house.desk = measured_desk(house.desk, meters, Platform.slack)

    def breaks(_: Work) -> None:
        raise LookupError(SECRET_WORDS)

    with pytest.raises(LookupError):
        await house.desk.store.write(breaks)

    [kept] = exporter.get_finished_spans()
    assert "Finch" not in kept.to_json()


@pytest.mark.parametrize(
    "env", [{}, {"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://[::1]:4318", "OTEL_SDK_DISABLED": "true"}]
)
def test_nothing_is_traced_where_nobody_collects_it(env: dict[str, str]) -> None:
    assert spans(env, "1") is nothing


def test_without_the_kit_one_sentence_says_what_to_install() -> None:
    with pytest.raises(Refused, match="install the extra `tracing`"):
        spans({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, "1")
