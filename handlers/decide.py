"""A stage is decided, once, however often the button is pressed. Not here: which decisions are legal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.days import in_zone
from handlers.ids import StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import Aim, owed, today, told
from handlers.registering import enter
from handlers.routing import as_sent
from handlers.telling import redraw, tell
from handlers.timing import hold, owe, wait
from handlers.wording import beside, details
from handlers.wording.earlier import process
from handlers.wording.leaving import Leaves
from handlers.workflow import moves
from handlers.workflow.correcting import pressed
from handlers.workflow.moves import Decision, Move, Settled, settle
from handlers.workflow.permission import spanned
from handlers.workflow.refused import UNDUE, Refusal, Repeated, Unknown
from handlers.workflow.request import Request, Stage, Status
from handlers.workflow.school_days import year_end
from handlers.workflow.steps import together
from handlers.workflow.untimely import CorrectedSince

HAPPENED: Mapping[Decision, str] = {Move.approve: "approved", Move.deny: "denied"}


@dataclass(frozen=True, slots=True)
class Press:
    """Who decides what, how, why and when; the delivery counts once."""

    stage: StageId
    move: Decision
    actor: Person
    reason: str
    delivery: str
    now: datetime
    seen: int = 0  # corrections of the request that were on the card


def decide(
    work: Work, packs: Packs, stage_id: StageId, move: Decision, actor: Person, reason: str, *, delivery: str, now: datetime
) -> Settled | Refusal:
    """Settle the stage, record it, and put every card that tells of it, in one transaction."""
    stage, seen = pressed(stage_id)
    press = Press(stage, move, actor, reason, delivery, now, seen)
    return carry_out(work, packs, press, held(work, packs, stage, actor))


def carry_out(work: Work, packs: Packs, press: Press, request: Request | None) -> Settled | Refusal:
    """Do what was pressed to the request as it was read, on the terms that stand in it."""
    if request is None:
        return Unknown()
    stage_id, move, actor, now = press.stage, press.move, press.actor, press.now
    attempted = attempt(move, stage_id, actor)
    if not work.inbox.first(press.delivery, attempted):
        return _again(work, packs, stage_id, move, actor, now) if came_before(work, press.delivery, attempted) else Unknown()
    settled = settle(request, stage_id, move, actor.id, press.reason, now)
    if not isinstance(settled, Settled):
        _keep_undue(work, request, stage_id, move, settled, actor, now)
        return settled
    if (old := _unread(request, stage_id, press.seen)) is not None:
        return old
    chosen = packs.get(request.district).settings
    last = year_end(now, chosen.time.year_ends, chosen.zone)
    settled = Settled(spanned(settled.request, in_zone(chosen.zone), last), settled.next)
    decided = settled.request.stage(stage_id)
    if decided is None or not work.requests.settle(settled.request, decided):
        return _beaten(work, packs, press)
    return _follow_up(work, packs.get(request.district), settled, decided, move, now)


def may_open(
    work: Work, packs: Packs, stage_id: StageId, actor: Person, move: Decision = Move.deny, *, delivery: str, now: datetime
) -> Request | Refusal:
    """Return the request if the actor could decide this stage now; asked before a form opens."""
    stage_id, seen = pressed(stage_id)
    request = readable(work, packs, stage_id, actor)
    if request is None:
        return Unknown()
    settled = settle(request, stage_id, move, actor.id, "", now)
    if isinstance(settled, Settled):
        return _unread(request, stage_id, seen) or request
    if isinstance(settled, UNDUE) and work.inbox.first(delivery, attempt(move, stage_id, actor)):
        _keep_undue(work, request, stage_id, move, settled, actor, now)
    return settled


def held(work: Work, packs: Packs, stage_id: StageId, actor: Person) -> Request | None:
    """Return the same once nobody else decides beside this stage at this moment: the last of them approves the request."""
    request = readable(work, packs, stage_id, actor)
    if request is None or all(stage.turn is None for stage in request.stages):
        return request
    work.requests.hold(request.id)
    return readable(work, packs, stage_id, actor)


def readable(work: Work, packs: Packs, stage_id: StageId, actor: Person) -> Request | None:
    """Return the stage's request with today's people, None across districts: whose it is must not be guessed from outside."""
    request = work.requests.of_stage(stage_id)
    if request is None or request.district != actor.district:
        return None
    return today(request, packs.get(request.district), named(work, request.district, [request]), actor.id)


def _again(work: Work, packs: Packs, stage_id: StageId, move: Decision, actor: Person, now: datetime) -> Settled | Refusal:
    """Answer the second coming of a press as the first was answered, read again after that was kept: nothing moves."""
    request = readable(work, packs, stage_id, actor)
    stage = request.stage(stage_id) if request is not None else None
    if request is None or stage is None:
        return Unknown()
    if stage.decided_by == actor.id and stage.status is moves.DECIDED[move]:
        return moves.settled_before(request, stage)
    refusal = settle(request, stage_id, move, actor.id, "", now)
    return Repeated() if isinstance(refusal, Settled) else refusal


def _unread(request: Request, stage_id: StageId, seen: int) -> CorrectedSince | None:
    """Return that the request was corrected after the card was drawn on which somebody pressed."""
    stage = request.stage(stage_id)
    return CorrectedSince(request, stage, seen) if stage is not None and seen != len(request.corrections) else None


def _beaten(work: Work, packs: Packs, press: Press) -> Refusal:
    """Read again after somebody was first, so that the sentence names the winner and not what we believed."""
    request = readable(work, packs, press.stage, press.actor)
    if request is None:
        return Unknown()
    refusal = settle(request, press.stage, press.move, press.actor.id, "", press.now)
    return (_unread(request, press.stage, press.seen) or Unknown()) if isinstance(refusal, Settled) else refusal


def _follow_up(work: Work, pack: Pack, settled: Settled, decided: Stage, move: Decision, now: datetime) -> Settled:
    request = settled.request
    requester = work.directory.get(request.requester)
    if request.status is Status.approved and requester is not None:
        request = _approved(work, pack, request, as_sent(request, requester), now)
    _record(work, request, decided, HAPPENED[move], now)
    enter(work, request, pack, now)
    redraw(work, request, f"{move}:{decided.id}")
    tell(work, request, Leaves.outcome, decided.id, [request.requester])
    if settled.next is not None:
        waits = today(request, pack, named(work, request.district, [request])).stages  # who decided this stage decides no other
        for one in together(waits, settled.next):
            tell(work, request, Leaves.decide, one.id, one.people)
            wait(work, pack, request, one.id, now)
    for duty in request.duties:
        tell(work, request, Leaves.duty, duty.id, duty.owners)
    return Settled(request, settled.next)


def _approved(work: Work, pack: Pack, request: Request, requester: Person, now: datetime) -> Request:
    """Oblige whom the approval obliges, and tell those whom the form said would be told."""
    asked, directory = process(request, pack), work.directory.people(request.district)
    obliged = owed(request.id, asked, pack, requester, directory, Aim(fields=request.fields))
    owing = owe(work, pack, request, asked, obliged, now)
    hold(work, pack, request, now)
    work.requests.oblige(request.id, owing)
    tell(work, request, Leaves.know, request.id, [one for found in told(asked, pack, requester, directory) for one in found.people])
    return replace(request, duties=owing)


def _record(work: Work, request: Request, decided: Stage, what: str, now: datetime) -> None:
    who, detail = decided.decided_by or request.requester, beside.decided(decided, named(work, request.district, [request]))
    line = Happening(request.id, request.district, now, who, what, Status.pending, request.status, detail, request.fingerprint, decided.id)
    for change in decided.changes:
        work.record.add(replace(line, what="changed", after=Status.pending, detail=details.changed(change)))
    work.record.add(line)


def _keep_undue(work: Work, request: Request, stage_id: StageId, move: Decision, refusal: Refusal, actor: Person, now: datetime) -> None:
    """Keep a press by somebody who may not decide: it is a fact about the request that its history owes the reader."""
    stage = request.stage(stage_id)
    if isinstance(refusal, UNDUE) and stage is not None:
        detail = details.refused(move, stage)
        at = request.status
        work.record.add(
            Happening(request.id, request.district, now, actor.id, "refused", at, at, detail, request.fingerprint, about=stage_id)
        )
