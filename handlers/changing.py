"""What a person can press besides deciding: other terms, a question, its reply, correcting, revoking, a student. Not here: its spelling."""

from dataclasses import dataclass

from handlers.ids import QuestionId, RequestId, StageId


@dataclass(frozen=True, slots=True)
class ApproveChanged:
    """Agree to the request at this stage, on other terms than were asked for: fewer days, another choice, a condition."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class AskMore:
    """Ask the requester something, without deciding."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class AnswerMore:
    """Reply to what a decider asked."""

    question: QuestionId


@dataclass(frozen=True, slots=True)
class Revoke:
    """End somebody's permission early, with a reason."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Renew:
    """Ask for the same again, a permission or what lapsed; it is decided afresh."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct one's own request while nobody has decided."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Take a student who has left out of a permission that names several."""

    request: RequestId


Amending = Correct | TakeOut  # what is changed without anybody deciding
# What changes a request before, or a permission after, its decision.
Changing = ApproveChanged | AskMore | AnswerMore | Revoke | Renew | Amending
