"""A stage that whoever could decide it passes on instead: found as it stands today, or why that is refused. Not here: to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt
from handlers.people import Person
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.workflow.moves import Move, Settled, settle
from handlers.workflow.refused import UNDUE, Refusal, Unknown
from handlers.workflow.request import Request, Stage


@dataclass(frozen=True, slots=True)
class Undecided:
    """The stage as it may be passed on now."""

    request: Request
    stage: Stage


@dataclass(frozen=True, slots=True)
class Try:
    """Who tries to pass a stage on and when; `what` is noted of the delivery, `refused` says in the record what was tried."""

    what: str
    actor: Person
    delivery: str
    now: datetime
    refused: Callable[[Stage], str]


def undecided(work: Work, packs: Packs, stage_id: StageId, one: Try) -> Undecided | Refusal:
    """Return the stage if the actor could decide it now: nobody passes on what is not theirs."""
    request = work.requests.of_stage(stage_id)
    if request is None or request.district != one.actor.district:
        return Unknown()
    request = today(request, packs.get(request.district), named(work, request.district, [request]), one.actor.id)
    stage, refusal = request.stage(stage_id), settle(request, stage_id, Move.approve, one.actor.id, "", one.now)
    if stage is None or not isinstance(refusal, Settled):
        return _refused(work, request, stage, Unknown() if isinstance(refusal, Settled) else refusal, one)
    return Undecided(request, stage)


def hold(work: Work, stage_id: StageId) -> None:
    """Let nobody else decide the stage, or give it away, until this transaction is over."""
    if (request := work.requests.of_stage(stage_id)) is not None:
        work.requests.hold(request.id)


def _refused(work: Work, request: Request, stage: Stage | None, refusal: Refusal, one: Try) -> Refusal:
    """Keep an attempt by somebody whose it is not, once: the history owes it to the reader."""
    if stage is not None and isinstance(refusal, UNDUE) and work.inbox.first(one.delivery, attempt(one.what, stage.id, one.actor)):
        at, detail = request.status, one.refused(stage)
        work.record.add(
            Happening(request.id, request.district, one.now, one.actor.id, "refused", at, at, detail, request.fingerprint, about=stage.id)
        )
    return refusal
