"""A duty is done: recorded with its evidence, its cards rewritten, and handed to those who get it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers.days import day_of
from handlers.ids import DutyId
from handlers.kept import Happening
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.fields import Misfilled, check
from handlers.policy.forms import Obligation
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import learning
from handlers.registering import handed_in
from handlers.telling import redraw, tell
from handlers.wording.duties import obligation
from handlers.wording.evidence import asked, on_record
from handlers.wording.leaving import Leaves
from handlers.workflow.duties import fulfil
from handlers.workflow.moves import Fulfilled
from handlers.workflow.refused import DutyOver, Refusal, Unknown
from handlers.workflow.request import Duty, Request
from handlers.workflow.said import Given


@dataclass(frozen=True, slots=True)
class Wanted:
    """The duty's evidence has to be given first; `known` is what the request says of it already, by field."""

    duty: Duty
    obligation: Obligation
    known: Mapping[str, str]


def press(work: Work, packs: Packs, duty_id: DutyId, actor: Person, *, delivery: str, now: datetime) -> Fulfilled | Wanted | Refusal:
    """Do a duty that needs no evidence; return what is wanted where it does."""
    request, duty = _readable(work, duty_id, actor)
    if request is None or duty is None:
        return Unknown()
    if came_before(work, delivery, attempt("done", duty_id, actor)):
        return Fulfilled(duty, request.status)
    moved = fulfil(request, duty_id, actor.id, "", now)
    if not isinstance(moved, Fulfilled):
        return moved
    pack = packs.get(request.district)
    owed = obligation(request, duty, pack)
    if asked(owed):
        return Wanted(
            duty, owed, {one.name: request.fields[one.name] for one in owed.asks if one.name in request.fields and one.kind == "line"}
        )
    return _keep(work, pack, request, moved, actor, delivery, now)


def submit(
    work: Work, packs: Packs, duty_id: DutyId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Fulfilled | Misfilled | Refusal:
    """Do a duty with its evidence."""
    request, duty = _readable(work, duty_id, actor)
    if request is None or duty is None:
        return Unknown()
    if came_before(work, delivery, attempt("done", duty_id, actor)):
        return Fulfilled(duty, request.status)
    pack = packs.get(request.district)
    owed = obligation(request, duty, pack)
    given = _given(owed, values, day_of(now, pack.settings.zone))
    if isinstance(given, Misfilled):
        return given
    single = "" if owed.asks else "".join(one.value for one in given)
    moved = fulfil(request, duty_id, actor.id, single, now, given if owed.asks else ())
    return _keep(work, pack, request, moved, actor, delivery, now) if isinstance(moved, Fulfilled) else moved


def _given(owed: Obligation, values: Mapping[str, str], today: date) -> tuple[Given, ...] | Misfilled:
    """Nothing is asked by a form that this product never drew: the duty itself is what is said to be done."""
    fields = asked(owed)
    filled = check(fields, values, today)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    return tuple(Given(one.name, one.label, filled[one.name]) for one in fields if one.name in filled)


def _readable(work: Work, duty_id: DutyId, actor: Person) -> tuple[Request | None, Duty | None]:
    request = work.requests.of_duty(duty_id)
    if request is not None and request.with_others:  # the last of several duties ends it: one after the other
        work.requests.hold(request.id)
        request = work.requests.of_duty(duty_id)
    return (request, request.duty(duty_id)) if request is not None and request.district == actor.district else (None, None)


def _keep(work: Work, pack: Pack, request: Request, moved: Fulfilled, actor: Person, delivery: str, now: datetime) -> Fulfilled | Refusal:
    duty, attempted = moved.duty, attempt("done", moved.duty.id, actor)
    if not work.requests.fulfil(duty):
        return _beaten(work, duty, came_before=came_before(work, delivery, attempted))
    work.inbox.first(delivery, attempted)
    at, after = request.status, moved.status
    if after is not at:
        work.requests.finish(request.id)
    work.record.add(
        Happening(request.id, request.district, now, actor.id, "done", at, after, on_record(duty), request.fingerprint, about=duty.id)
    )
    handed_in(work, replace(request, status=after), duty, pack, now)
    redraw(work, request, f"done:{duty.id}{duty.round}")
    requester = work.directory.get(request.requester)
    if requester is not None:
        people = learning(obligation(request, duty, pack), duty, request, requester, work.directory.people(request.district))
        tell(work, request, Leaves.handed_in, duty.id, people, anew=duty.round)
    return moved


def _beaten(work: Work, duty: Duty, *, came_before: bool) -> Fulfilled | Refusal:
    """Somebody was first, or the same form at the same moment was."""
    again = work.requests.of_duty(duty.id)
    if again is None:
        return Unknown()
    now = again.duty(duty.id) or duty
    return Fulfilled(now, again.status) if came_before else DutyOver(now)
