"""Why what may change a request or a permission comes too early or too late: refusals beside those of a decision (moves)."""

from dataclasses import dataclass

from handlers.workflow.request import Question, Request


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


Untimely = NotApproved | AnsweredBefore | HandedOver
