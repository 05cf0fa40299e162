"""What is counted and timed, under the names that Prometheus knows. Not here: where it is measured.

No label is a person, a student or anybody's words: each takes a few values of our own, so that there is an end to them.
"""

import math
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector

from bot.tracing import Span, nothing
from handlers.kept import Backlog

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
NOWHERE = "none"  # the platform of a card that has no way to its reader


class Meters:
    """One process's own registry: nothing is shared, so that two of them can stand side by side."""

    def __init__(self, span: Span = nothing) -> None:
        """Declare everything; what has no labels is there from the beginning. `span` is how the same is traced."""
        self.span = span
        self.registry = own = CollectorRegistry()
        self.questions = Counter("hallpass_questions", "Answers given, each question once.", ("verdict", "platform"), registry=own)
        self.decisions = Counter("hallpass_decisions", "What was done to requests and kept.", ("move",), registry=own)
        self.deliveries = Counter("hallpass_deliveries", "Attempts to deliver a card.", ("outcome", "platform"), registry=own)
        self.answering = Histogram(
            "hallpass_question_seconds", "From the words to the kept answer.", ("platform",), buckets=QUICK, registry=own
        )
        self.writing = Histogram("hallpass_database_write_seconds", "From a unit of work to its commit.", buckets=QUICK, registry=own)
        self.requests = Counter("hallpass_http_requests", "Requests answered.", ("route", "status"), registry=own)
        self.serving = Histogram(
            "hallpass_http_request_seconds", "To the answer; it acknowledges an event.", ("route",), buckets=QUICK, registry=own
        )
        self._cards = Gauge("hallpass_outbox_cards", "Cards that have not left; the same for every replica.", ("state",), registry=own)
        self._oldest = Gauge("hallpass_outbox_oldest_due_seconds", "How long the oldest due card has been due.", registry=own)
        Info("hallpass_build", "The version that runs.", registry=own).info({"version": version("hallpass")})
        ProcessCollector(registry=own)

    def waits(self, backlog: Backlog | None) -> None:
        """Show what waits in the outbox; None where the database does not say."""
        for state in ("due", "later", "dead"):
            self._cards.labels(state).set(getattr(backlog, state) if backlog else math.nan)
        self._oldest.set(backlog.oldest if backlog else math.nan)
