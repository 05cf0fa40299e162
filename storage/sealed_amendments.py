"""Amendments whose words are sealed on their way in; requests open them with themselves. Not here: their statements."""

from sqlalchemy import Connection

from handlers.workflow.request import Request, Stage
from storage.amendments import SqlAmendments
from storage.sealed_values import Turned
from storage.sealing import Sealer


class SealedAmendments(SqlAmendments):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def correct(self, request: Request) -> bool:
        return super().correct(Turned(self._sealer.of(request.id).shut).request(request))

    def take_out(self, request: Request) -> bool:
        return super().take_out(Turned(self._sealer.of(request.id).shut).request(request))

    def reassign(self, request: Request, stage: Stage) -> bool:
        return super().reassign(request, Turned(self._sealer.of(request.id).shut).stage(stage))
