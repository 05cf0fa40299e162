"""Requests whose words are sealed on their way in and opened on their way out. Not here: any other statement about requests.

A new method of SqlRequests that writes what people typed has to be sealed here; tests/storage/test_sealed_requests.py asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select

from handlers.ids import RequestId, StageId
from handlers.people import PersonId
from handlers.ports import Clock
from handlers.workflow.request import Duty, Request, Stage
from handlers.workflow.said import Question
from storage.request_rows import AnyRow
from storage.requests import SqlRequests
from storage.sealed_values import Turned, asked_place
from storage.sealing import Sealer
from storage.tables import duties, stages

_OF_STAGE = select(stages.c.request).where(stages.c.id == bindparam("one"))
_OF_DUTY = select(duties.c.request).where(duties.c.id == bindparam("one"))


class SealedRequests(SqlRequests):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, clock: Clock, sealer: Sealer) -> None:
        super().__init__(connection, clock)
        self._sealer = sealer

    def add(self, request: Request) -> None:
        super().add(replace(self._shut(request.id).request(request), duties=request.duties))  # `oblige` seals them

    def settle(self, request: Request, stage: Stage) -> bool:
        """What the form said is kept anew only where it was changed: otherwise it stays sealed as it is."""
        shut = self._shut(request.id)
        stages = tuple(shut.stage(one) for one in request.stages)
        return super().settle(shut.request(request) if stage.changes else replace(request, stages=stages), shut.stage(stage))

    def withdraw(self, request: Request) -> bool:
        return super().withdraw(self._shut(request.id).request(request))

    def stop(self, request: Request) -> bool:
        return super().stop(self._shut(request.id).request(request))

    def ask(self, request: RequestId, question: Question) -> bool:
        return super().ask(request, self._shut(request).question(question))

    def reply(self, request: RequestId, question: Question) -> bool:
        return super().reply(request, self._shut(request).question(question))

    def oblige(self, request: RequestId, duties: Sequence[Duty]) -> None:
        super().oblige(request, [self._shut(request).duty(one) for one in duties])

    def ask_also(self, stage: StageId, person: PersonId, by: PersonId | None, reason: str = "") -> bool:
        return super().ask_also(stage, person, by, self._shut_at(_OF_STAGE, stage, asked_place(stage, person), reason))

    def fulfil(self, duty: Duty) -> bool:
        return super().fulfil(self._shut_duty(duty))

    def take(self, duty: Duty, before: PersonId | None) -> bool:
        return super().take(self._shut_duty(duty), before)

    def reopen(self, duty: Duty, was: Duty) -> bool:
        return super().reopen(self._shut_duty(duty), was)

    def _shut_duty(self, duty: Duty) -> Duty:
        return Turned(lambda place, text: self._shut_at(_OF_DUTY, duty.id, place, text)).duty(duty)

    def _shut(self, request: RequestId) -> Turned:
        return Turned(self._sealer.of(request).shut)

    def _shut_at(self, whose: Any, part: str, place: str, text: str) -> str:  # noqa: ANN401  # a statement
        """Seal a text that stands at a part of a request."""
        request = self._connection.execute(whose, {"one": part}).scalar_one_or_none() if text else None
        return self._sealer.of(request).shut(place, text) if request else text

    def _whole(self, rows: Sequence[AnyRow]) -> tuple[Request, ...]:
        for row in rows:
            if getattr(row, "about", None) is not None:  # its key came with it
                self._sealer.keep(row)
        self._sealer.read([row.id for row in rows])
        return tuple(self._opened(request) for request in super()._whole(rows))

    def _opened(self, request: Request) -> Request:
        return Turned(lambda place, kept: self._sealer.opened(request.id, place, kept)).request(request)
