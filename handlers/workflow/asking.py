"""A decider asks the requester something, and she replies: who may, and until when. Not here: who is told."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import QuestionId, StageId
from handlers.people import PersonId
from handlers.workflow.moves import MOVES, Move, barred
from handlers.workflow.refused import Already, Refusal, StageOver, Unknown
from handlers.workflow.request import Request, StageStatus
from handlers.workflow.said import Question
from handlers.workflow.untimely import AnsweredBefore


@dataclass(frozen=True, slots=True)
class Asked:
    """The request with its new question."""

    request: Request
    question: Question


@dataclass(frozen=True, slots=True)
class Replied:
    """The request with the reply to a question of it."""

    request: Request
    question: Question


def ask(request: Request, stage_id: StageId, actor: PersonId, words: str, new: QuestionId, now: datetime) -> Asked | Refusal:
    """Ask the requester; only who may decide the stage now may, and as often as it takes."""
    stage = request.stage(stage_id)
    refused = barred(request, stage, actor, Move.ask)
    if stage is None or refused is not None:
        return refused or Unknown()
    question = Question(new, stage.id, actor, words, now)
    return Asked(replace(request, questions=(*request.questions, question)), question)


def answer(request: Request, question_id: QuestionId, actor: PersonId, words: str, now: datetime) -> Replied | Refusal:
    """Reply once, while the question's stage waits; only the requester may."""
    question = request.question(question_id)
    if question is None or actor != request.requester:
        return Unknown()
    refused = _too_late(request, question)
    if refused is not None:
        return refused
    replied = replace(question, answer=words, answered_at=now)
    return Replied(replace(request, questions=tuple(replied if one.id == replied.id else one for one in request.questions)), replied)


def _too_late(request: Request, question: Question) -> Refusal | None:
    stage = request.stage(question.stage)
    if (request.status, Move.answer) not in MOVES:
        return Already(request)
    if stage is None or stage.status is not StageStatus.open:
        return StageOver(request, stage) if stage is not None else Unknown()
    return AnsweredBefore(question) if question.answered_at is not None else None
