"""A duty is due: its owners are reminded twice, then somebody above them is told, who gets it where they have left."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers import hours
from handlers.days import day_of
from handlers.ids import DutyId
from handlers.kept import Happening, Leaving
from handlers.naming import named
from handlers.people import HALLPASS, Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.school import calendar
from handlers.telling import tell
from handlers.timers import Timer, set_timer, since
from handlers.wording import reminders
from handlers.wording.leaving import Leaves
from handlers.workflow.chain import holders
from handlers.workflow.late import still_asked
from handlers.workflow.request import Duty, DutyStatus, Request
from handlers.workflow.school_days import school_days_after

REMINDERS = 2  # when it is due, and once more


def due(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Remind whoever owes it, or tell those above them that it is still not done; nothing once it is over or its permission stopped."""
    duty_id, _, times = leaving.about.partition(":")
    request = work.requests.get(leaving.request)
    duty = request.duty(DutyId(duty_id)) if request is not None else None
    if request is None or duty is None or duty.status is not DutyStatus.open or not still_asked(request):
        return
    pack, people = packs.get(leaving.district), named(work, leaving.district, [request])
    owners = _still_here(duty, people)
    if owners and int(times) < REMINDERS:
        hours.remind(work, pack, request, Leaves.duty_due, f"{duty.id}:{day_of(now, pack.settings.zone)}", owners, now)
        _record(work, request, duty, "reminded", reminders.reminded(owners, people), now)
        _again(work, pack, leaving, f"{duty.id}:{int(times) + 1}", now)
        return
    told = _above(request, duty, owners, pack, people)
    if not owners:  # nobody who owed it could say any more that it is done
        for one in told:
            work.requests.owe_also(duty.id, one)
    tell(work, request, Leaves.overdue if owners else Leaves.passed_on, duty.id, told)
    if told:
        _record(work, request, duty, "overdue", reminders.told_of(told, people), now)


def _again(work: Work, pack: Pack, leaving: Leaving, about: str, now: datetime) -> None:
    if pack.settings.time.remind_duty_after:
        at = school_days_after(since(leaving, now), pack.settings.time.remind_duty_after, calendar(work, pack))
        set_timer(work, Timer.due, about, leaving.district, leaving.request, at)


def _still_here(duty: Duty, people: Mapping[PersonId, Person]) -> tuple[PersonId, ...]:
    """Return who is to do it: whoever took it, else everybody who owes it; nobody who has left."""
    owing = (duty.taken_by,) if duty.taken_by is not None else duty.owners
    return tuple(one for one in owing if one in people and people[one].seats)


def _above(request: Request, duty: Duty, owners: Sequence[PersonId], pack: Pack, people: Mapping[PersonId, Person]) -> tuple[PersonId, ...]:
    """Return the owners' supervisors, the district's fallback where there are none."""
    bosses = (boss for one in owners for boss in people[one].supervisors if boss in people and people[boss].seats)
    requester = people.get(request.requester) or Person(request.requester, request.district, "", "")
    out = {*duty.owners, request.subject}  # nobody hears of a report about herself
    found = tuple(dict.fromkeys(boss for boss in bosses if boss not in out))
    return found or tuple(one for one in holders(pack.settings.fallback, requester, list(people.values())) if one not in out)


def _record(work: Work, request: Request, duty: Duty, what: str, detail: str, now: datetime) -> None:
    at = request.status
    work.record.add(Happening(request.id, request.district, now, HALLPASS, what, at, at, detail, request.fingerprint, duty.id))
