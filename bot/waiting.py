"""What waits for a role, printed: `hallpass requests list --waiting-for`. Not here: whose a thing is to do."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from bot import wiring
from bot.reader import readable
from bot.settings import Settings
from bot.terminal import data, table
from handlers.days import in_zone
from handlers.department import queued
from handlers.naming import named
from handlers.people import DistrictKey, Person, PersonId, Role
from handlers.ports import Work
from handlers.wording.queue import state
from handlers.workflow.queue import Waiting
from handlers.workflow.request import Duty
from storage.glance import glance

Found = tuple[Waiting, Mapping[PersonId, Person]]
HEAD = ("request", "district", "what", "requester", "since (district's time)", "state")


def waiting_for(settings: Settings, districts: Sequence[DistrictKey], role: Role, reader: str | None, *, json: bool) -> int:
    """Print what waits for the role in these districts, as far as the reader may read it if one is named, the oldest first."""
    found = asyncio.run(glance(settings.database, wiring.clock, _read, districts, role, reader))
    if json:
        data([_as_json(one, people) for one, people in found])
        return 0
    packs = wiring.packs()
    table(HEAD, [_row(one, people, in_zone(packs.get(one.request.district).settings.zone)) for one, people in found])
    return 0


def _row(one: Waiting, people: Mapping[PersonId, Person], zone: tzinfo) -> tuple[str, ...]:
    """Return a line of the table, its days and hours as the district counts them, as on every card."""
    request = one.request
    since = f"{one.since.astimezone(zone):%Y-%m-%d %H:%M}"
    return (request.id, request.district, _what(one), _mail(request.requester, people), since, state(one, people, zone))


def _as_json(one: Waiting, people: Mapping[PersonId, Person]) -> dict[str, str | None]:
    duty = one.what if isinstance(one.what, Duty) else None
    return {
        "request": one.request.id,
        "district": one.request.district,
        "process": one.request.process,
        "kind": "duty" if duty else "decision",
        "id": one.what.id,
        "what": _what(one),
        "requester": _mail(one.request.requester, people),
        "since": one.since.isoformat(),
        "taken_by": _mail(duty.taken_by, people) if duty and duty.taken_by else None,
        "taken_at": duty.taken_at.isoformat() if duty and duty.taken_at else None,
        "due": duty.due.isoformat() if duty and duty.due else None,
    }


def _what(one: Waiting) -> str:
    return one.what.what if isinstance(one.what, Duty) else f"decide {one.request.process}"


def _mail(person: PersonId, people: Mapping[PersonId, Person]) -> str:
    return people[person].email if person in people else person


def _read(work: Work, districts: Sequence[DistrictKey], role: Role, reader: str | None) -> Sequence[Found]:
    reads = readable(work, wiring.packs(), districts, reader)
    found = ((district, one) for district in districts for one in queued(work, district, role))
    return [(one, named(work, district, [one.request])) for district, one in found if reads(one.request)]
