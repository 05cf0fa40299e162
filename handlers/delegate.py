"""Somebody who may decide asks somebody else to decide, too: from then on either may. Not here: standing in for days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.choosing import Chosen, chosen
from handlers.ids import StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person, PersonId
from handlers.policy.fields import Misfilled
from handlers.ports import Packs, Work
from handlers.process import delegates, today
from handlers.telling import redraw, tell
from handlers.undecided import Try, Undecided, hold, undecided
from handlers.wording import passing
from handlers.wording.leaving import Leaves
from handlers.workflow.authority import stood_for
from handlers.workflow.refused import Refusal
from handlers.workflow.request import Request, Stage
from handlers.workflow.steps import UNDECIDED


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be asked has to be chosen first, among these."""

    stage: StageId
    requester: PersonId
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Delegated:
    """Somebody may decide now, too."""

    to: Person


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Whoever was chosen could decide as it was."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class NobodyElse:
    """Whoever may be asked, is."""


Outcome = Wanted | Delegated | AskedBefore | NobodyElse | Misfilled | Refusal


def press(work: Work, packs: Packs, stage_id: StageId, actor: Person, *, delivery: str, now: datetime) -> Wanted | NobodyElse | Refusal:
    """Return whom the actor could ask to decide this stage."""
    found = _found(work, packs, stage_id, actor, delivery, now)
    if not isinstance(found, Undecided):
        return found
    people = tuple(one for one in _people(work, packs, found) if one.id not in found.stage.people)
    return Wanted(stage_id, found.request.requester, people) if people else NobodyElse()


def submit(
    work: Work, packs: Packs, stage_id: StageId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Outcome:
    """Ask somebody, record it, bring them the card and rewrite every other, in one transaction."""
    hold(work, stage_id)  # whoever is asked at this moment must not be asked by somebody whose it is no longer
    found = _found(work, packs, stage_id, actor, delivery, now)
    if not isinstance(found, Undecided):
        return found
    people = _people(work, packs, found)
    picked = chosen(people, [passing.REASON], values) if people else NobodyElse()
    if not isinstance(picked, Chosen):
        return picked
    again = came_before(work, delivery, attempt("delegate", stage_id, actor))
    if again or picked.person.id in found.stage.people:
        return Delegated(picked.person) if again else AskedBefore(picked.person.id)
    if not work.requests.ask_also(stage_id, picked.person.id, actor.id, picked.values.get(passing.REASON.name, "")):
        return _beaten(work, packs, picked.person, stage_id, actor, delivery, now)
    return _keep(work, packs, found, picked, actor, delivery, now)


def _found(work: Work, packs: Packs, stage_id: StageId, actor: Person, delivery: str, now: datetime) -> Undecided | Refusal:
    return undecided(work, packs, stage_id, Try("delegate", actor, delivery, now, passing.refused))


def _people(work: Work, packs: Packs, found: Undecided) -> tuple[Person, ...]:
    """Return everybody who could decide it."""
    district = found.request.district
    return tuple(_may_be_asked(found.request, found.stage, delegates(packs.get(district), work.directory.people(district))))


def _may_be_asked(request: Request, stage: Stage, people: Sequence[Person]) -> Iterator[Person]:
    """Yield who could decide: not whose request it is, nobody who decided another stage or was stood in for, nor whom one cannot spare."""
    others = [one for one in request.stages if one is not stage]
    out = {request.requester, *(one.decided_by for one in others), *stood_for(request)}
    alone = {one.people[0] for one in others if one.status in UNDECIDED and len(one.people) == 1}
    yield from (one for one in people if one.id not in out | alone)


def _keep(work: Work, packs: Packs, found: Undecided, picked: Chosen, actor: Person, delivery: str, now: datetime) -> Delegated:
    request, stage, to = found.request, found.stage, picked.person
    work.inbox.first(delivery, attempt("delegate", stage.id, actor))
    at, detail = request.status, passing.asked(to.name, picked.values.get(passing.REASON.name, ""))
    work.record.add(
        Happening(request.id, request.district, now, actor.id, "delegated", at, at, detail, request.fingerprint, about=stage.id)
    )
    redraw(work, request, f"delegated:{stage.id}:{to.id}")
    tell(work, request, Leaves.decide, stage.id, [to.id, *_stand_ins(work, packs, stage)])
    return Delegated(to)


def _stand_ins(work: Work, packs: Packs, stage: Stage) -> Sequence[PersonId]:
    """Return who may decide since somebody was asked: whoever stands in for them does, too."""
    request = work.requests.of_stage(stage.id)
    waits = today(request, packs.get(request.district), named(work, request.district, [request])).stage(stage.id) if request else None
    return [one for one in waits.people if one not in stage.people] if waits else []


def _beaten(
    work: Work, packs: Packs, to: Person, stage_id: StageId, actor: Person, delivery: str, now: datetime
) -> Delegated | AskedBefore | Refusal:
    """Somebody asked the same person first, or decided, or the same form at the same moment was."""
    if came_before(work, delivery, attempt("delegate", stage_id, actor)):
        return Delegated(to)
    found = _found(work, packs, stage_id, actor, delivery, now)
    return AskedBefore(to.id) if isinstance(found, Undecided) else found
