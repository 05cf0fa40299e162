"""Why a move is refused, each with what the sentence needs. Not here: whether it is (moves), nor the sentence (wording)."""

from dataclasses import dataclass

from handlers.people import PersonId
from handlers.workflow.request import Duty, Request, Stage
from handlers.workflow.untimely import Untimely


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such request, stage or duty, or it is none of the presser's business: the same sentence for both."""


@dataclass(frozen=True, slots=True)
class Already:
    """The request is in a final state; nothing moves it."""

    request: Request


@dataclass(frozen=True, slots=True)
class StageOver:
    """Somebody decided the stage before; the request itself may still be pending."""

    request: Request
    stage: Stage


@dataclass(frozen=True, slots=True)
class TooEarly:
    """An earlier stage comes first."""

    request: Request
    stage: Stage


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody else decides this, or has to do it."""

    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """Nobody decides their own request."""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Whoever decided one stage does not decide another: two different people must agree."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class DutyOver:
    """The duty was done before."""

    duty: Duty


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same press came again after it had been refused: what it may do now, only a new press does."""


UNDUE = (NotYours, OwnRequest, SamePerson)  # refusals that say something about the presser: the record keeps them
Refusal = Unknown | Already | StageOver | TooEarly | NotYours | OwnRequest | SamePerson | DutyOver | Repeated | Untimely
