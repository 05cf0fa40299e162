"""Everything one unit of work may touch, over one connection. Not here: when it is committed."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from handlers.ports import Clock, Work
from storage.amendments import SqlAmendments
from storage.answers import SqlAnswers
from storage.calendars import SqlCalendars
from storage.channels import SqlChannels
from storage.conversations import SqlConversations
from storage.directory import Editions, SqlDirectory
from storage.feedback import SqlFeedbacks
from storage.grounds import SqlGrounds
from storage.inbox import SqlInbox
from storage.outbox import SqlOutbox
from storage.proposals import SqlProposals
from storage.record import SqlRecord
from storage.requests import SqlRequests
from storage.stand_ins import SqlStandIns
from storage.texts import SqlTexts
from storage.threads import SqlThreads
from storage.workspaces import SqlWorkspaces


@dataclass(frozen=True, slots=True)
class Units:
    """What the units of one process share: its clock, the name it claims cards under, and the directory as last read."""

    clock: Clock
    owner: str
    editions: Editions = field(default_factory=dict)

    def over(self, connection: Connection) -> Work:
        """Return the ports, all inside the connection's transaction."""
        return Work(
            requests=SqlRequests(connection, self.clock),
            record=SqlRecord(connection),
            outbox=SqlOutbox(connection, self.owner, self.clock),
            inbox=SqlInbox(connection, self.clock),
            answers=SqlAnswers(connection),
            directory=SqlDirectory(connection, self.editions),
            proposals=SqlProposals(connection),
            conversations=SqlConversations(connection),
            texts=SqlTexts(connection),
            threads=SqlThreads(connection, self.clock),
            feedback=SqlFeedbacks(connection),
            workspaces=SqlWorkspaces(connection),
            stand_ins=SqlStandIns(connection, self.clock),
            channels=SqlChannels(connection),
            calendars=SqlCalendars(connection),
            grounds=SqlGrounds(connection),
            amendments=SqlAmendments(connection),
        )
