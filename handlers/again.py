"""The card on which a button stood, as it has to look now: for whoever opened its form and sends nothing. Not here: drawing it."""

from datetime import datetime

from handlers.actions import Approve, Delegate, Deny, Done, Passing, Take, TakeOver, Withdraw
from handlers.cards import Card
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Changing, Correct, Renew, Revoke
from handlers.ids import DutyId, QuestionId, RequestId, StageId
from handlers.naming import named
from handlers.people import Person
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.wording import asking, duties, requests
from handlers.workflow.correcting import pressed
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request

About = Approve | Deny | Withdraw | Done | Passing | Changing  # whatever is about a request


def card(work: Work, packs: Packs, action: About, actor: Person, now: datetime) -> Card | None:
    """Return the card as the actor may see it, None where it is none of hers or no longer there."""
    match action:
        case Approve(stage) | Deny(stage) | Delegate(stage) | ApproveChanged(stage) | AskMore(stage):
            return _stage(work, packs, pressed(stage)[0], actor, now)
        case Withdraw(request) | Renew(request) | Revoke(request) | Correct(request):
            return _request(work, packs, request, actor, now)
        case Done(duty) | Take(duty) | TakeOver(duty):
            return _duty(work, packs, duty, actor, now)
        case AnswerMore(question):
            return _question(work, packs, question, actor, now)
        case _:
            return None  # whoever stands in is not on a card of a request


def _stage(work: Work, packs: Packs, stage_id: StageId, actor: Person, now: datetime) -> Card | None:
    request = _seen(work, packs, work.requests.of_stage(stage_id), actor, now)
    stage = request.stage(stage_id) if request else None
    if request is None or stage is None or actor.id not in stage.people:
        return None
    return requests.to_decide(request, stage, packs.get(request.district), named(work, request.district, [request]), actor.id)


def _request(work: Work, packs: Packs, request_id: RequestId, actor: Person, now: datetime) -> Card | None:
    request = _seen(work, packs, work.requests.get(request_id), actor, now)
    if request is None:
        return None
    pack, known = packs.get(request.district), named(work, request.district, [request])
    if request.requester == actor.id:
        return requests.to_follow(request, pack, known)
    decided = [stage for stage in request.stages if actor.id in stage.people]
    return requests.to_decide(request, decided[-1], pack, known, actor.id) if decided else None


def _duty(work: Work, packs: Packs, duty_id: DutyId, actor: Person, now: datetime) -> Card | None:
    request = _seen(work, packs, work.requests.of_duty(duty_id), actor, now)
    duty = request.duty(duty_id) if request else None
    if request is None or duty is None or actor.id not in duty.owners:
        return None
    return duties.to_do(request, duty, packs.get(request.district), named(work, request.district, [request]))


def _question(work: Work, packs: Packs, question_id: QuestionId, actor: Person, now: datetime) -> Card | None:
    request = _seen(work, packs, work.requests.of_question(question_id), actor, now)
    question = request.question(question_id) if request else None
    if request is None or question is None or request.requester != actor.id:
        return None
    return asking.to_requester(request, question, packs.get(request.district), named(work, request.district, [request]))


def _seen(work: Work, packs: Packs, request: Request | None, actor: Person, now: datetime) -> Request | None:
    """Return the request with today's people; nothing across districts."""
    if request is None or request.district != actor.district:
        return None
    return as_of(today(request, packs.get(request.district), named(work, request.district, [request]), actor.id), now)
