"""Why what may change a request or a permission comes too early or too late: refusals beside those of a decision (moves)."""

from dataclasses import dataclass

from handlers.workflow.request import Request, Stage
from handlers.workflow.said import Question


@dataclass(frozen=True, slots=True)
class NotApproved:
    """There is no permission yet that could be revoked or renewed."""

    request: Request


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """The requester replied to the question before."""

    question: Question


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A report is with others, and cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody has decided a stage: what was asked for stays as it is."""

    request: Request
    stage: Stage


@dataclass(frozen=True, slots=True)
class CorrectedSince:
    """The request was corrected after whoever pressed had it before them: nothing is decided unread."""

    request: Request
    stage: Stage
    seen: int  # corrections that were on the card


@dataclass(frozen=True, slots=True)
class WithAnother:
    """Whoever pressed could decide it until it went to somebody else."""

    stage: Stage


Untimely = NotApproved | AnsweredBefore | HandedOver | Begun | CorrectedSince | WithAnother
