"""A reminder comes in the working hours of whoever gets it, as clocks stand there; what is late for them waits, and is asked again then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from handlers.ids import DutyId, StageId
from handlers.kept import Leaving
from handlers.naming import named
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.school import calendar
from handlers.telling import tell
from handlers.timers import Timer, set_timer
from handlers.wording.leaving import Leaves, subject
from handlers.workflow.late import still_asked
from handlers.workflow.permission import as_of
from handlers.workflow.request import DutyStatus, Request, Status
from handlers.workflow.school_days import first_working

APART = "|"  # between the kind of a card, what it is about and its reader; ids hold no such sign
RENEWING = frozenset({Status.pending, Status.approved})


def remind(work: Work, pack: Pack, request: Request, kind: Leaves, about: str, people: Iterable[PersonId], now: datetime) -> None:
    """Tell those who are at work now; the others as soon as they are."""
    at_school = calendar(work, pack)
    for one in people:
        at = first_working(now, replace(at_school, zone=_zone(work.directory.get(one), pack)))
        if at <= now:
            tell(work, request, kind, about, [one])
        else:
            set_timer(work, Timer.later, APART.join((kind, about, one)), request.district, request.id, at)


def fire(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Tell whoever was not at work before, unless it is needless by now."""
    kind, about, reader = leaving.about.split(APART)
    work.requests.hold(leaving.request)
    kept = work.requests.get(leaving.request)
    if kept is None:
        return
    pack, person = packs.get(leaving.district), PersonId(reader)
    request = today(kept, pack, dict(named(work, leaving.district, [kept])))
    if _still_wanted(work, request, Leaves(kind), about, person, now):
        tell(work, request, Leaves(kind), about, [person])


def renewed(work: Work, request: Request) -> bool:
    """Say whether its holder has asked for it anew."""
    return any(one.renews == request.id and one.status in RENEWING for one in work.requests.of_requester(request.requester))


def _still_wanted(work: Work, request: Request, kind: Leaves, about: str, person: PersonId, now: datetime) -> bool:
    if kind is Leaves.ending:
        return as_of(request, now).status is Status.approved and not renewed(work, request)
    if kind is Leaves.duty_due:
        duty = request.duty(DutyId(subject(about)))
        theirs = duty is not None and person in ((duty.taken_by,) if duty.taken_by is not None else duty.owners)
        return duty is not None and duty.status is DutyStatus.open and theirs and still_asked(request)
    stage = request.stage(StageId(subject(about)))
    return stage is not None and stage in request.open_stages and person in stage.people


def _zone(person: Person | None, pack: Pack) -> str:
    return person.zone if person is not None and person.zone else pack.settings.zone
