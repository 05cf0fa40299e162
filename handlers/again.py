"""The card on which a button stood, as it has to look now: for whoever opened its form and sends nothing. Not here: drawing it."""

from datetime import datetime

from handlers.actions import Approve, Delegate, Deny, Done, HandOver, Letter, Passing, Reassign, Reopen, Take, TakeOver, Withdraw
from handlers.cards import Card
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Changing, Correct, Renew, Revoke, TakeOut
from handlers.ids import ChannelId, DutyId, QuestionId, RequestId, StageId
from handlers.keeping import Checked, Keeping, Moved, NotUsed, StillUsed
from handlers.naming import named
from handlers.people import Person
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.registering import keepers
from handlers.wording import asking, channels, duties, requests
from handlers.wording.leaving import Leaves
from handlers.workflow.correcting import pressed
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request

About = Approve | Deny | Withdraw | Done | Letter | Passing | Changing | Keeping  # whatever is about a request


def card(work: Work, packs: Packs, action: About, actor: Person, now: datetime) -> Card | None:
    """Return the card as the actor may see it, None where it is none of hers or no longer there."""
    match action:
        case Approve(stage) | Deny(stage) | Delegate(stage) | Reassign(stage) | ApproveChanged(stage) | AskMore(stage):
            return _stage(work, packs, pressed(stage)[0], actor, now)
        case Withdraw(request) | Renew(request) | Revoke(request) | Correct(request) | TakeOut(request):
            return _request(work, packs, request, actor, now)
        case Done(duty) | Letter(duty) | Take(duty) | TakeOver(duty) | HandOver(duty):
            return _duty(work, packs, duty, actor, now)
        case Reopen(duty):
            return _done_duty(work, packs, duty, actor, now)
        case StillUsed(channel) | NotUsed(channel) | Moved(channel) | Checked(channel):
            return _channel(work, packs, channel, isinstance(action, Checked), actor, now)
        case AnswerMore(question):
            return _question(work, packs, question, actor, now)
        case _:
            return None  # whoever stands in is not on a card of a request


def _stage(work: Work, packs: Packs, stage_id: StageId, actor: Person, now: datetime) -> Card | None:
    request = _seen(work, packs, work.requests.of_stage(stage_id), actor, now)
    stage = request.stage(stage_id) if request else None
    if request is None or stage is None or actor.id not in {*stage.people, *stage.former}:
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


def _done_duty(work: Work, packs: Packs, duty_id: DutyId, actor: Person, now: datetime) -> Card | None:
    """Return it as whoever was told has it: an owner, the requester, or who gets what was handed in."""
    request = work.requests.of_duty(duty_id)
    if request is None or actor.id == request.requester:
        return _request(work, packs, request.id, actor, now) if request is not None else None
    if actor.id not in work.outbox.alive(request.id, Leaves.handed_in, duty_id):
        return _duty(work, packs, duty_id, actor, now)
    seen = _seen(work, packs, request, actor, now)
    duty = seen.duty(duty_id) if seen is not None else None
    if seen is None or duty is None:
        return None
    return duties.handed_in(seen, duty, packs.get(seen.district), named(work, seen.district, [seen]))


def _question(work: Work, packs: Packs, question_id: QuestionId, actor: Person, now: datetime) -> Card | None:
    request = _seen(work, packs, work.requests.of_question(question_id), actor, now)
    question = request.question(question_id) if request else None
    if request is None or question is None or request.requester != actor.id:
        return None
    return asking.to_requester(request, question, packs.get(request.district), named(work, request.district, [request]))


def _channel(work: Work, packs: Packs, channel_id: ChannelId, checking: bool, actor: Person, now: datetime) -> Card | None:  # noqa: FBT001
    request_id = work.channels.request_of(channel_id)
    request = _seen(work, packs, work.requests.get(request_id) if request_id is not None else None, actor, now)
    if request is None or request.channel is None:
        return None
    pack, known = packs.get(request.district), named(work, request.district, [request])
    theirs = actor.id in keepers(pack, known.get(request.channel.owner) or actor, list(known.values()))
    if checking:
        return channels.to_keep(request, known) if theirs else None
    return channels.question(request, pack, known) if theirs or actor.id == request.channel.owner else None


def _seen(work: Work, packs: Packs, request: Request | None, actor: Person, now: datetime) -> Request | None:
    """Return the request with today's people; nothing across districts."""
    if request is None or request.district != actor.district:
        return None
    return as_of(today(request, packs.get(request.district), named(work, request.district, [request]), actor.id), now)
