"""Everything one unit of work may touch, over one connection, its words sealed. Not here: when it is committed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from handlers.ports import Clock, Work
from storage.calendars import SqlCalendars
from storage.chain import Chain
from storage.conversations import SqlConversations
from storage.data_keys import SqlSeals
from storage.directory import Editions, SqlDirectory
from storage.grounds import SqlGrounds
from storage.inbox import FORGET_DOINGS, SqlInbox
from storage.keyring import Keyring
from storage.outbox import FORGET_LEASES, SqlOutbox
from storage.prepared import prepared
from storage.proposals import SqlProposals
from storage.proving import SqlChains
from storage.record import SqlRecord
from storage.sealed_amendments import SealedAmendments
from storage.sealed_answers import SealedAnswers, SealedFeedbacks
from storage.sealed_channels import SealedChannels
from storage.sealed_requests import SealedRequests
from storage.sealing import Sealer
from storage.stand_ins import SqlStandIns
from storage.texts import SqlTexts
from storage.threads import SqlThreads
from storage.workspaces import SqlWorkspaces

P = ParamSpec("P")
T = TypeVar("T")


def forget(connection: Connection) -> None:
    """Free whatever a process had taken on that is no more; only where no other may be at it."""
    for one in (FORGET_LEASES, FORGET_DOINGS):
        connection.execute(one)


@dataclass(frozen=True, slots=True)
class Units:
    """What the units of one process share: its clock, the name it claims cards under, its keys, and the directory as last read."""

    clock: Clock
    owner: str
    keyring: Keyring = field(default_factory=Keyring)
    editions: Editions = field(default_factory=dict)

    def run(self, connection: Connection, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on the ports, all inside the connection's transaction; what it recorded is written last."""
        connection = prepared(connection)
        sealer = Sealer(connection, self.keyring)
        record = SqlRecord(connection, Chain(connection, self.keyring, self.clock), sealer)
        value = unit(self._over(connection, record, sealer), *args, **kwargs)
        record.put()
        return value

    def _over(self, connection: Connection, record: SqlRecord, sealer: Sealer) -> Work:
        answers = SealedAnswers(connection, sealer)
        return Work(
            requests=SealedRequests(connection, self.clock, sealer),
            record=record,
            outbox=SqlOutbox(connection, self.owner, self.clock),
            inbox=SqlInbox(connection, self.clock, self.owner),
            answers=answers,
            directory=SqlDirectory(connection, self.editions),
            proposals=SqlProposals(connection),
            conversations=SqlConversations(connection),
            texts=SqlTexts(connection),
            threads=SqlThreads(connection, self.clock),
            feedback=SealedFeedbacks(connection, answers, sealer),
            workspaces=SqlWorkspaces(connection),
            stand_ins=SqlStandIns(connection, self.clock),
            channels=SealedChannels(connection, sealer),
            calendars=SqlCalendars(connection),
            grounds=SqlGrounds(connection),
            chains=SqlChains(connection, self.keyring),
            seals=SqlSeals(connection, self.keyring, sealer),
            amendments=SealedAmendments(connection, sealer),
        )
