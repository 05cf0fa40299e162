"""A decider asks the requester something without deciding, and she replies: kept, told, recorded. Not here: who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.decide import readable
from handlers.ids import QuestionId, StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.fields import Fault, Misfilled, check
from handlers.policy.forms import Asked as Input
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.telling import redraw, tell
from handlers.timing import go_on
from handlers.wording.change_forms import QUESTION, REPLY
from handlers.wording.leaving import Leaves
from handlers.workflow.asking import Asked, Replied, answer, ask
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Question


@dataclass(frozen=True, slots=True)
class MayAsk:
    """A question may be put: the form can open."""

    request: Request
    stage: StageId


@dataclass(frozen=True, slots=True)
class MayReply:
    """The question waits for its reply: the form can open."""

    question: Question


def press_ask(work: Work, packs: Packs, stage_id: StageId, actor: Person, now: datetime) -> MayAsk | Refusal:
    """Say whether the actor may ask at this stage now."""
    request = readable(work, packs, stage_id, actor)
    asked = ask(request, stage_id, actor.id, "", QuestionId(""), now) if request is not None else Unknown()
    return MayAsk(asked.request, stage_id) if isinstance(asked, Asked) else asked


def press_answer(work: Work, packs: Packs, question_id: QuestionId, actor: Person, now: datetime) -> MayReply | Refusal:
    """Say whether the actor may reply to this question now."""
    request = _of(work, packs, question_id, actor)
    replied = answer(request, question_id, actor.id, "", now) if request is not None else Unknown()
    return MayReply(replied.question) if isinstance(replied, Replied) else replied


def submit_ask(
    work: Work, packs: Packs, stage_id: StageId, values: Mapping[str, str], actor: Person, *, new: QuestionId, delivery: str, now: datetime
) -> Asked | Misfilled | Refusal:
    """Keep the question, bring it to the requester, and show it on every card about the request."""
    if (before := work.inbox.result(delivery)) is not None:
        return _earlier(work, QuestionId(before), actor)
    request, filled = readable(work, packs, stage_id, actor), check([QUESTION], values)
    asked = ask(request, stage_id, actor.id, _words(filled, QUESTION), new, now) if request is not None else Unknown()
    if not isinstance(asked, Asked):
        return asked
    if isinstance(filled, tuple):
        return Misfilled(filled)
    work.requests.hold(asked.request.id)
    if (before := work.inbox.result(delivery)) is not None:  # the same form at the same moment, and it was first
        return _earlier(work, QuestionId(before), actor)
    if not work.requests.ask(asked.request.id, asked.question):
        return _beaten(work, packs, stage_id, actor, now)
    work.inbox.first(delivery, new)  # what was not kept is not noted: coming again it is refused in the same words
    _record(work, asked.request, asked.question, actor, "asked", now)
    redraw(work, asked.request, f"asked:{new}")
    tell(work, asked.request, Leaves.asked, new, [asked.request.requester])
    return asked


def submit_answer(
    work: Work, packs: Packs, question_id: QuestionId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Replied | Misfilled | Refusal:
    """Keep the reply, bring it to everybody who may decide, and show it on every card about the request."""
    request, filled, attempted = _of(work, packs, question_id, actor), check([REPLY], values), attempt("answer_more", question_id, actor)
    question = request.question(question_id) if request is not None else None
    if request is not None and question is not None and came_before(work, delivery, attempted):
        return Replied(request, question)
    replied = answer(request, question_id, actor.id, _words(filled, REPLY), now) if request is not None else Unknown()
    if not isinstance(replied, Replied):
        return replied
    if isinstance(filled, tuple):
        return Misfilled(filled)
    if not work.requests.reply(replied.request.id, replied.question):
        return _answered_before(work, packs, question_id, actor, delivery, now)
    work.inbox.first(delivery, attempted)
    kept = work.requests.get(replied.request.id)  # with what was answered at the same moment
    if kept is not None:
        go_on(work, packs.get(kept.district), kept, question_id, now)
    _hand_over(work, replied, actor, now)
    return replied


def _hand_over(work: Work, replied: Replied, actor: Person, now: datetime) -> None:
    request, question = replied.request, replied.question
    stage = request.stage(question.stage)
    _record(work, request, question, actor, "answered", now)
    redraw(work, request, f"answered:{question.id}")
    tell(work, request, Leaves.answered, question.id, stage.people if stage is not None else ())


def _of(work: Work, packs: Packs, question_id: QuestionId, actor: Person) -> Request | None:
    """Return the question's request with today's people, None across districts."""
    request = work.requests.of_question(question_id)
    if request is None or request.district != actor.district:
        return None
    return today(request, packs.get(request.district), named(work, request.district, [request]))


def _words(filled: Mapping[str, str] | tuple[Fault, ...], asked: Input) -> str:
    return "" if isinstance(filled, tuple) else filled[asked.name]


def _earlier(work: Work, question_id: QuestionId, actor: Person) -> Asked | Refusal:
    """Return what the same form came to when it was sent before."""
    request = work.requests.of_question(question_id)
    question = request.question(question_id) if request is not None else None
    if request is None or question is None or question.asked_by != actor.id:
        return Unknown()
    return Asked(request, question)


def _beaten(work: Work, packs: Packs, stage_id: StageId, actor: Person, now: datetime) -> Refusal:
    """Read again after somebody decided between reading and writing, so that the sentence says what happened."""
    refusal = press_ask(work, packs, stage_id, actor, now)
    return Unknown() if isinstance(refusal, MayAsk) else refusal


def _answered_before(work: Work, packs: Packs, question_id: QuestionId, actor: Person, delivery: str, now: datetime) -> Replied | Refusal:
    """Somebody decided, or the same form at the same moment was first: read again, so that the sentence says what happened."""
    request = _of(work, packs, question_id, actor)
    question = request.question(question_id) if request is not None else None
    if request is not None and question is not None and came_before(work, delivery, attempt("answer_more", question_id, actor)):
        return Replied(request, question)
    refusal = press_answer(work, packs, question_id, actor, now)
    return Unknown() if isinstance(refusal, MayReply) else refusal


def _record(work: Work, request: Request, question: Question, actor: Person, what: str, now: datetime) -> None:
    """The words stay on the cards: they may name a student, and the record is kept for good."""
    at, about = request.status, question.stage if what == "asked" else ""
    work.record.add(Happening(request.id, request.district, now, actor.id, what, at, at, "", request.fingerprint, about))
