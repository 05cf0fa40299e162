"""Who decides beside somebody while they are away: named, begun when the days come, ended. Not here: what that lets them decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.choosing import Chosen, chosen
from handlers.days import begins, day_of
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person, PersonId, StandIn, StandInId
from handlers.policy.fields import Misfilled
from handlers.policy.pack import Settings
from handlers.ports import Packs, Work
from handlers.process import delegates, today
from handlers.telling import redraw, tell
from handlers.wording import stand_ins
from handlers.wording.leaving import Leaves
from handlers.wording.stand_ins import Days
from handlers.workflow.refused import Unknown
from handlers.workflow.request import Request, Stage


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who stands in, and when, has to be said first; these may."""

    person: PersonId
    people: tuple[Person, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Named:
    """Who stands in from now on, or will."""

    stand_in: StandIn


@dataclass(frozen=True, slots=True)
class Ended:
    """Nobody stands in any more."""


@dataclass(frozen=True, slots=True)
class NotStanding:
    """It was over before."""


@dataclass(frozen=True, slots=True)
class NobodyElse:
    """The directory names nobody who could stand in."""


Outcome = Wanted | Named | Ended | NotStanding | NobodyElse | Misfilled | Days | Unknown


def press(work: Work, packs: Packs, person: PersonId, actor: Person, *, now: datetime) -> Wanted | NobodyElse | Unknown:
    """Return who could stand in for the actor; nobody names somebody else's stand-in."""
    if person != actor.id:
        return Unknown()
    pack = packs.get(actor.district)
    people = _others(work, packs, actor)
    return Wanted(person, people, day_of(now, pack.settings.zone)) if people else NobodyElse()


def submit(
    work: Work, packs: Packs, person: PersonId, values: Mapping[str, str], actor: Person, *, new: StandInId, delivery: str, now: datetime
) -> Outcome:
    """Name who stands in; what waits at this moment goes to them at once where the days have begun."""
    if person != actor.id:
        return Unknown()
    if came_before(work, delivery, attempt("stand_in", actor.id, actor)):
        return _standing(work, actor)
    people, settings = _others(work, packs, actor), packs.get(actor.district).settings
    picked = chosen(people, [stand_ins.STARTS, stand_ins.ENDS], values) if people else NobodyElse()
    if not isinstance(picked, Chosen):
        return picked
    starts, ends = (date.fromisoformat(picked.values[one.name]) for one in (stand_ins.STARTS, stand_ins.ENDS))
    wrong = _wrong(starts, ends, day_of(now, settings.zone), settings)
    if wrong is not None:
        return wrong
    first, over = begins(starts, settings.zone), begins(ends + timedelta(days=1), settings.zone)
    return _keep(work, packs, StandIn(new, actor.district, actor.id, picked.person.id, first, over, ends), actor, delivery)


def end(work: Work, packs: Packs, stand_in: StandInId, actor: Person, *, delivery: str) -> Ended | NotStanding:
    """Let nobody stand in for the actor any more."""
    attempted = attempt("end_stand_in", stand_in, actor)
    found = work.stand_ins.of(actor.id)
    if came_before(work, delivery, attempted):
        return Ended()
    if found is None or found.id != stand_in or not work.stand_ins.end(stand_in):
        return NotStanding()
    work.inbox.first(delivery, attempted)
    for request, _ in _waiting(work, packs, found):
        redraw(work, request, f"stand_in_ended:{stand_in}")
    return Ended()


def begin(work: Work, packs: Packs) -> bool:
    """Bring what waits to those whose days as a stand-in have begun; say whether there were any."""
    found = work.stand_ins.begun()
    for one in found:
        _tell(work, packs, one)
    return bool(found)


def _standing(work: Work, actor: Person) -> Named | NotStanding:
    """Answer a form that was sent before: who stands in now, though somebody else may have been named since."""
    found = work.stand_ins.of(actor.id)
    return Named(found) if found is not None else NotStanding()


def _keep(work: Work, packs: Packs, stand_in: StandIn, actor: Person, delivery: str) -> Named | NotStanding:
    if not work.inbox.first(delivery, attempt("stand_in", actor.id, actor)):  # the same form at the same moment, and it was first
        return _standing(work, actor)
    before = work.stand_ins.of(actor.id)
    work.stand_ins.name(stand_in)
    if before is not None:
        for request, _ in _waiting(work, packs, stand_in):
            redraw(work, request, f"stand_in_ended:{before.id}")
    begin(work, packs)
    return Named(stand_in)


def _tell(work: Work, packs: Packs, stand_in: StandIn) -> None:
    for request, stage in _waiting(work, packs, stand_in):
        if any(one.person == stand_in.to and one.by == stand_in.person for one in stage.delegations):
            redraw(work, request, f"stand_in:{stand_in.id}")
            tell(work, request, Leaves.decide, stage.id, [stand_in.to])
    work.stand_ins.told(stand_in)


def _waiting(work: Work, packs: Packs, stand_in: StandIn) -> Iterator[tuple[Request, Stage]]:
    """Yield what waits for whoever is stood in for."""
    pack, pending = packs.get(stand_in.district), work.requests.waiting_for(stand_in.district)
    known = named(work, stand_in.district, pending)
    for request in pending:
        now = today(request, pack, known)
        yield from ((now, stage) for stage in now.open_stages if stand_in.person in stage.people)


def _others(work: Work, packs: Packs, actor: Person) -> tuple[Person, ...]:
    people = delegates(packs.get(actor.district), work.directory.people(actor.district))
    return tuple(one for one in people if one.id != actor.id)


def _wrong(starts: date, ends: date, today: date, settings: Settings) -> Days | None:
    if starts < today:
        return Days.past
    if ends < starts:
        return Days.backwards
    return Days.too_many if (ends - starts).days >= settings.stand_in_days else None
