"""A stage that is nobody's decision yet goes to somebody else who may decide it: by whoever has it, or by an administrator's order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.choosing import Chosen, chosen
from handlers.ids import RequestId, StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person, PersonId
from handlers.policy.fields import Misfilled
from handlers.ports import Packs, Work
from handlers.process import successors, today
from handlers.telling import redraw, tell
from handlers.timing import wait_anew
from handlers.undecided import Try, Undecided, undecided
from handlers.undelivered import administrators
from handlers.wording import reassigning
from handlers.wording.leaving import Leaves
from handlers.workflow.refused import Already, OwnRequest, Refusal, Repeated, StageOver, Unknown
from handlers.workflow.request import Request, Stage, StageStatus, Status
from handlers.workflow.said import Reassigned
from handlers.workflow.steps import UNDECIDED, changed


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who gets it has to be chosen first, among these."""

    stage: StageId
    requester: PersonId
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class GivenAway:
    """Somebody else decides it now."""

    to: Person


@dataclass(frozen=True, slots=True)
class NobodyElse:
    """Nobody else may decide it."""


Outcome = Wanted | GivenAway | NobodyElse | Misfilled | Refusal


@dataclass(frozen=True, slots=True)
class Order:
    """What an administrator wants: which stage of which request goes to whom, and why; `number` may be left out where one is open."""

    request: RequestId
    number: int | None
    to: Person
    by: Person
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True)
class NotAdministrator:
    """Whoever orders it does not look after Hallpass in that district."""


@dataclass(frozen=True, slots=True)
class WhichStage:
    """There is no such stage, or no telling which is meant."""

    request: Request


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """Whoever is to get it could not decide it; these could."""

    people: tuple[Person, ...]


Ordered = GivenAway | NotAdministrator | WhichStage | NotTheirs | Refusal


def press(work: Work, packs: Packs, stage_id: StageId, actor: Person, *, delivery: str, now: datetime) -> Wanted | NobodyElse | Refusal:
    """Return to whom the actor could give this stage."""
    found = undecided(work, packs, stage_id, _try(actor, delivery, now))
    if not isinstance(found, Undecided):
        return found
    people = _receivers(work, packs, found, actor)
    return Wanted(stage_id, found.request.requester, people) if people else NobodyElse()


def submit(
    work: Work, packs: Packs, stage_id: StageId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Outcome:
    """Give it to somebody, record it, bring them the card and rewrite every other, in one transaction."""
    attempted = attempt("reassign", stage_id, actor)
    again = came_before(work, delivery, attempted)
    if again and (gone := _gone(work, stage_id, actor)) is not None:
        return gone
    found = undecided(work, packs, stage_id, _try(actor, delivery, now))
    if not isinstance(found, Undecided) or again:
        return Repeated() if isinstance(found, Undecided) else found
    people = _receivers(work, packs, found, actor)
    picked = chosen(people, [reassigning.REASON], values) if people else NobodyElse()
    if not isinstance(picked, Chosen):
        return picked
    went = Reassigned(picked.person.id, actor.id, now, picked.values[reassigning.REASON.name], found.stage.people)
    if not _give(work, packs, found, went, picked.person):
        beaten = undecided(work, packs, stage_id, _try(actor, delivery, now))
        return Repeated() if isinstance(beaten, Undecided) else beaten
    work.inbox.first(delivery, attempted)
    return GivenAway(picked.person)


def order(work: Work, packs: Packs, wanted: Order) -> Ordered:
    """Give a stage to somebody by an administrator's word: to nobody who could not decide it, and never on a request of their own."""
    request, by = work.requests.get(wanted.request), wanted.by
    if request is None or request.district != by.district:
        return Unknown()
    pack, known = packs.get(request.district), named(work, request.district, [request])
    if by.id not in administrators(pack, list(known.values())):
        return NotAdministrator()
    if by.id == request.requester:
        return OwnRequest()
    found = _numbered(today(request, pack, known), wanted.number)
    if not isinstance(found, Undecided):
        return found
    people = successors(found.request, found.stage, pack, known)
    if wanted.to.id not in {one.id for one in people}:
        return NotTheirs(people)
    went = Reassigned(wanted.to.id, by.id, wanted.now, wanted.reason, found.stage.people)
    return GivenAway(wanted.to) if _give(work, packs, found, went, wanted.to) else Repeated()


def _try(actor: Person, delivery: str, now: datetime) -> Try:
    return Try("reassign", actor, delivery, now, reassigning.refused)


def _receivers(work: Work, packs: Packs, found: Undecided, actor: Person) -> tuple[Person, ...]:
    request = found.request
    people = successors(request, found.stage, packs.get(request.district), named(work, request.district, [request]))
    return tuple(one for one in people if one.id != actor.id)


def _numbered(request: Request, number: int | None) -> Undecided | WhichStage | StageOver | Already:
    """Return the stage of that place, or the one that is open where only one is; why not, where it is none to be given."""
    if request.status is not Status.pending:
        return Already(request)
    wanted = request.open_stages if number is None else request.stages[max(number - 1, 0) : max(number, 0)]
    if len(wanted) != 1:
        return WhichStage(request)
    return Undecided(request, wanted[0]) if wanted[0].status in UNDECIDED else StageOver(request, wanted[0])


def _gone(work: Work, stage_id: StageId, actor: Person) -> GivenAway | None:
    """Return what a delivery that came before had come to: to whom the actor gave it last."""
    request = work.requests.of_stage(stage_id)
    stage = request.stage(stage_id) if request is not None and request.district == actor.district else None
    gave = [one.to for one in stage.reassigned if one.by == actor.id] if stage is not None else []
    to = work.directory.get(gave[-1]) if gave else None
    return GivenAway(to) if to is not None else None


def _give(work: Work, packs: Packs, found: Undecided, went: Reassigned, to: Person) -> bool:
    """Keep it, unless somebody was first; whoever stands in for whoever gets it gets the card, too."""
    stage = replace(found.stage, reassigned=(*found.stage.reassigned, went))
    if not work.amendments.reassign(found.request, stage):
        return False
    pack, request = packs.get(found.request.district), replace(found.request, stages=changed(found.request.stages, stage))
    at, line = request.status, reassigning.line(stage, to.name, went.reason)
    work.record.add(Happening(request.id, request.district, went.at, went.by, "reassigned", at, at, line, request.fingerprint, stage.id))
    redraw(work, request, f"reassigned:{stage.id}:{stage.round}")
    if stage.status is StageStatus.open:
        wait_anew(work, pack, request, stage, went.at)
        _bring(work, packs, stage)
    return True


def _bring(work: Work, packs: Packs, stage: Stage) -> None:
    request = work.requests.of_stage(stage.id)
    now = today(request, packs.get(request.district), named(work, request.district, [request])).stage(stage.id) if request else None
    if request is not None and now is not None:
        tell(work, request, Leaves.decide, stage.id, now.people, anew=stage.round)
