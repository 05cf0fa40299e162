"""Everything one unit of work may touch, over one connection, its words sealed. Not here: when it is committed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from handlers.ports import Clock, Work
from storage.calendars import SqlCalendars
from storage.chain import Chain
from storage.conversations import SqlConversations
from storage.data_keys import SqlSeals
from storage.directory import Editions, SqlDirectory
from storage.grounds import SqlGrounds
from storage.inbox import SqlInbox
from storage.keyring import Keyring
from storage.outbox import SqlOutbox
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


@dataclass(frozen=True, slots=True)
class Units:
    """What the units of one process share: its clock, the name it claims cards under, its keys, and the directory as last read."""

    clock: Clock
    owner: str
    keyring: Keyring = field(default_factory=Keyring)
    editions: Editions = field(default_factory=dict)

    def run(self, connection: Connection, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on the ports, all inside the connection's transaction; what it put and recorded is written last."""
        connection = prepared(connection)
        sealer = Sealer(connection, self.keyring)
        record = SqlRecord(connection, Chain(connection, self.keyring, self.clock), sealer)
        outbox = SqlOutbox(connection, self.owner, self.clock)
        value = unit(_Ports(self, connection, record, outbox, sealer), *args, **kwargs)
        outbox.write()
        record.put()
        return value


class _Ports(Work):
    """Each made when it is first asked for: a unit needs a few of them."""

    __slots__ = ("_made_of",)
    _made_of: tuple[Units, Connection, Sealer]

    def __init__(self, units: Units, connection: Connection, record: SqlRecord, outbox: SqlOutbox, sealer: Sealer) -> None:
        object.__setattr__(self, "_made_of", (units, connection, sealer))
        object.__setattr__(self, "record", record)
        object.__setattr__(self, "outbox", outbox)

    def but(self, **ports: Any) -> Work:  # noqa: ANN401  # any of them
        return _Beside(self, ports)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # one of the ports
        if name not in _MADE:
            raise AttributeError(name)
        port = _MADE[name](*self._made_of)
        object.__setattr__(self, name, port)
        return port


class _Beside(Work):
    """The same ports, but for some."""

    __slots__ = ("_work",)
    _work: Work

    def __init__(self, work: Work, ports: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_work", work)
        for name, port in ports.items():
            object.__setattr__(self, name, port)

    def but(self, **ports: Any) -> Work:  # noqa: ANN401  # any of them
        return _Beside(self, ports)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # one of the ports
        return getattr(self._work, name)


_MADE: Mapping[str, Callable[[Units, Connection, Sealer], Any]] = {
    "requests": lambda units, connection, sealer: SealedRequests(connection, units.clock, sealer),
    "inbox": lambda units, connection, _: SqlInbox(connection, units.clock, units.owner),
    "answers": lambda _, connection, sealer: SealedAnswers(connection, sealer),
    "directory": lambda units, connection, _: SqlDirectory(connection, units.editions),
    "proposals": lambda _, connection, __: SqlProposals(connection),
    "conversations": lambda _, connection, __: SqlConversations(connection),
    "texts": lambda _, connection, __: SqlTexts(connection),
    "threads": lambda units, connection, _: SqlThreads(connection, units.clock),
    "feedback": lambda _, connection, sealer: SealedFeedbacks(connection, SealedAnswers(connection, sealer), sealer),
    "workspaces": lambda _, connection, __: SqlWorkspaces(connection),
    "stand_ins": lambda units, connection, _: SqlStandIns(connection, units.clock),
    "channels": lambda _, connection, sealer: SealedChannels(connection, sealer),
    "calendars": lambda _, connection, __: SqlCalendars(connection),
    "grounds": lambda _, connection, __: SqlGrounds(connection),
    "chains": lambda units, connection, _: SqlChains(connection, units.keyring),
    "seals": lambda units, connection, sealer: SqlSeals(connection, units.keyring, sealer),
    "amendments": lambda _, connection, sealer: SealedAmendments(connection, sealer),
}
