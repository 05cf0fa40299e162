"""A stage's time stands still while a question to the requester waits for its answer. Pure, no clock. Not here: timers, who is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers.ids import QuestionId, StageId
from handlers.workflow.request import Request, Waits


def paused_since(request: Request, stage: StageId) -> datetime | None:
    """Return since when a question at the stage has waited without a break, whichever was the first; None where none waits."""
    start = None
    for one in sorted((one for one in request.questions if one.stage == stage), key=lambda one: one.asked_at, reverse=True):
        if one.answered_at is None or (start is not None and one.answered_at >= start):
            start = one.asked_at
    return start


def over_since(request: Request, answered: QuestionId) -> datetime | None:
    """Return since when the time stood still that this answer sets going again; None where another question still waits."""
    question = request.question(answered)
    if question is None or paused_since(request, question.stage) is not None:
        return None
    before = tuple(replace(one, answered_at=None) if one.id == answered else one for one in request.questions)
    return paused_since(replace(request, questions=before), question.stage)


def resumed(waits: Waits, since: datetime, remind: datetime | None, later: Callable[[datetime], datetime]) -> Waits:
    """Return the times of a stage that stood still since then: reminded anew, and what was still to come so much later."""

    def moved(at: datetime | None) -> datetime | None:
        return later(at) if at is not None and at > since else at

    return Waits(remind, moved(waits.escalate), moved(waits.lapse))
