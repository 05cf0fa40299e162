"""What a person can do, in: say, press, submit, look. Not here: how a press is spelled, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from handlers.changing import Changing
from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.keeping import Keeping
from handlers.people import PersonId, StandInId


@dataclass(frozen=True, slots=True)
class Request:
    """Open (or send) the form which the answer's clause prescribes."""

    answer: AnswerId


EVERYTHING = "*"  # no process is called so


@dataclass(frozen=True, slots=True)
class Begin:
    """Open (or send) the form of a process without having asked a question; of EVERYTHING: what one may start."""

    process: str


@dataclass(frozen=True, slots=True)
class Approve:
    """Agree to the request at this stage."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class Deny:
    """Refuse the request at this stage, with a reason."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take one's own request back."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Done:
    """Say that a duty is done, with its evidence where one is asked for."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class Letter:
    """Read the draft of the letter that a duty asks for."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class Answer:
    """Reply to the bot's one question with the choice at this position."""

    answer: AnswerId
    choice: int


@dataclass(frozen=True, slots=True)
class Helpful:
    """Say that the answer helped."""

    answer: AnswerId


@dataclass(frozen=True, slots=True)
class Unhelpful:
    """Say that the answer did not help, and perhaps what was wrong."""

    answer: AnswerId


@dataclass(frozen=True, slots=True)
class Delegate:
    """Ask somebody else to decide this stage too."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give this stage to somebody else, who decides it from then on."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class NameStandIn:
    """Name who stands in for this person, who is the one who presses."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class EndStandIn:
    """Let nobody stand in any more."""

    stand_in: StandInId


@dataclass(frozen=True, slots=True)
class Take:
    """Say that one works on a duty that several could do."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Work on a duty that somebody else has taken."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give a duty that one has to a colleague."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class Reopen:
    """Say that a duty is not done after all, with a reason."""

    duty: DutyId


Passing = Delegate | Reassign | NameStandIn | EndStandIn | Take | TakeOver | HandOver | Reopen  # what is passed from one to another
Opener = Request | Begin  # what opens the form of a process
Action = Opener | Approve | Deny | Withdraw | Done | Letter | Answer | Helpful | Unhelpful | Passing | Changing | Keeping


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a thread; `delivery` is the platform's id of the event, the same when it comes twice.

    Where a platform has no threads, the words belong to those before only if no longer a silence than `lasts` is between them.
    `claim` begins the name under which this process takes it on to say the answer, in the transaction that keeps it.
    """

    text: str
    thread: str
    delivery: str
    lasts: timedelta | None = None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed."""

    action: Action
    delivery: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form was sent: field name to what stands in it."""

    action: Action
    values: Mapping[str, str]
    delivery: str


class View(StrEnum):
    """What a person can look up about requests."""

    mine = "mine"  # my requests and what I still have to do
    inbox = "inbox"  # what waits for me
    records = "records"  # everything, for those who keep the records
