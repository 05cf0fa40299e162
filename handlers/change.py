"""A stage is approved on other terms than were asked for. Not here: which terms can be changed, deciding itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.days import day_of
from handlers.decide import Press, carry_out, held, may_open
from handlers.ids import StageId
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.policy.forms import Process
from handlers.policy.narrowing import Narrowed, is_term, narrow
from handlers.ports import Packs, Work
from handlers.wording.earlier import process
from handlers.workflow.correcting import pressed
from handlers.workflow.moves import Move, Settled, settle
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Change
from handlers.workflow.steps import changed


@dataclass(frozen=True, slots=True)
class Narrowable:
    """The terms may be changed: the request and its form."""

    request: Request
    process: Process
    stage: StageId


def press(work: Work, packs: Packs, stage_id: StageId, actor: Person, *, delivery: str, now: datetime) -> Narrowable | Refusal:
    """Return what the form has to show, if the actor may decide this stage now."""
    request = may_open(work, packs, stage_id, actor, Move.approve, delivery=delivery, now=now)
    if not isinstance(request, Request):
        return request
    return Narrowable(request, process(request, packs.get(request.district)), stage_id)


def submit(
    work: Work, packs: Packs, drawn: StageId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Settled | Misfilled | Refusal:
    """Approve the stage on these terms: each changed field and the decision in one transaction, the first of two wins."""
    stage_id, seen = pressed(drawn)
    request = held(work, packs, stage_id, actor)
    if request is None:
        return Unknown()
    pack = packs.get(request.district)
    narrowed = narrow(process(request, pack), request.fields, values, day_of(now, pack.settings.zone))
    if isinstance(narrowed, tuple):
        if isinstance(settle(request, stage_id, Move.approve, actor.id, "", now), Settled):
            return Misfilled(narrowed)
        return carry_out(work, packs, Press(stage_id, Move.approve, actor, "", delivery, now, seen), request)
    done = Press(stage_id, Move.approve, actor, narrowed.conditions, delivery, now, seen)
    return carry_out(work, packs, done, _on_terms(request, stage_id, narrowed))


def _on_terms(request: Request, stage_id: StageId, narrowed: Narrowed) -> Request:
    stage = request.stage(stage_id)
    if stage is None or stage.decided_by is not None:  # it came too late, and what was decided keeps its terms
        return request
    terms = tuple(Change(field.name, field.label, before, after, dropped=not is_term(field)) for field, before, after in narrowed.changed)
    return replace(request, fields=narrowed.fields, stages=changed(request.stages, replace(stage, changes=terms)))
