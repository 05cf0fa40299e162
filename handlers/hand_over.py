"""Whoever has a duty gives it to a named colleague, with a word: recorded, told, and its cards rewritten. Not here: taking it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.choosing import Chosen, chosen
from handlers.ids import DutyId
from handlers.kept import Happening
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.ports import Work
from handlers.telling import redraw, tell
from handlers.wording.handing import WORD, handed
from handlers.wording.leaving import Leaves
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.request import Duty, Request
from handlers.workflow.taking import TakenBefore, hand_over, in_hand, receivers


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who gets it has to be chosen first, among these."""

    duty: Duty
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A colleague has it now."""

    duty: Duty
    to: Person


@dataclass(frozen=True, slots=True)
class NobodyElse:
    """Nobody else could do it."""


Outcome = Wanted | HandedOver | NobodyElse | TakenBefore | Misfilled | Refusal


@dataclass(frozen=True, slots=True)
class _Held:
    """A duty in the actor's hands, and to whom it can go."""

    request: Request
    duty: Duty
    people: tuple[Person, ...]


def press(work: Work, duty_id: DutyId, actor: Person) -> Outcome:
    """Return to whom the actor could give the duty."""
    held = _held(work, duty_id, actor)
    return Wanted(held.duty, held.people) if isinstance(held, _Held) else held


def submit(work: Work, duty_id: DutyId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime) -> Outcome:
    """Put the duty into the colleague's hands, once a delivery."""
    attempted = attempt("take_handover", duty_id, actor)
    if (again := _again(work, duty_id, actor)) is not None and came_before(work, delivery, attempted):
        return again
    held = _held(work, duty_id, actor)
    if not isinstance(held, _Held):
        return held
    picked = chosen(held.people, [WORD], values)
    if not isinstance(picked, Chosen):
        return picked
    given = hand_over(held.duty, actor.id, picked.person.id, picked.values.get(WORD.name, ""), now)
    if not work.requests.take(given, held.duty.taken_by):
        return _beaten(work, duty_id, actor)
    work.inbox.first(delivery, attempted)
    if given.owners != held.duty.owners:
        work.requests.owe_also(duty_id, picked.person.id)
    _keep(work, held.request, given, picked.person, actor, now)
    return HandedOver(given, picked.person)


def _held(work: Work, duty_id: DutyId, actor: Person) -> _Held | NobodyElse | TakenBefore | Refusal:
    request = work.requests.of_duty(duty_id)
    if request is None or request.district != actor.district:
        return Unknown()
    duty = in_hand(request, duty_id, actor.id)
    if not isinstance(duty, Duty):
        return duty
    requester = work.directory.get(request.requester) or Person(request.requester, request.district, "", "")
    directory = work.directory.people(request.district)
    others = [one for one in receivers(request, duty, requester, directory) if one != actor.id]
    people = {person.id: person for person in directory}
    return _Held(request, duty, tuple(people[one] for one in others)) if others else NobodyElse()


def _again(work: Work, duty_id: DutyId, actor: Person) -> HandedOver | None:
    """Return what a delivery that came before had come to: whom the actor gave the duty to, unless it has gone on since."""
    request = work.requests.of_duty(duty_id)
    duty = request.duty(duty_id) if request is not None and request.district == actor.district else None
    to = work.directory.get(duty.taken_by) if duty is not None and duty.taken_by else None
    return HandedOver(duty, to) if duty is not None and to is not None else None


def _beaten(work: Work, duty_id: DutyId, actor: Person) -> Outcome:
    """Somebody was first: read again, so that the sentence names them."""
    held = _held(work, duty_id, actor)
    return Unknown() if isinstance(held, _Held) else held


def _keep(work: Work, request: Request, duty: Duty, to: Person, actor: Person, now: datetime) -> None:
    at, detail = request.status, handed(duty, to.name)
    line = Happening(request.id, request.district, now, actor.id, "handed_over", at, at, detail, request.fingerprint, about=duty.id)
    work.record.add(line)
    when = f"{now:%Y%m%d%H%M%S%f}"
    redraw(work, request, f"handed_over:{duty.id}:{when}")
    tell(work, request, Leaves.handed_over, duty.id, [to.id], anew=when)
