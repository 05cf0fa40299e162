"""How much is overdue in a district, school by school: numbers only, for whoever answers for all of it. Not here: the sentences."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from handlers.days import day_of
from handlers.naming import named
from handlers.people import DistrictKey, Person, PersonId, Role
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.wording.earlier import process
from handlers.workflow.late import Late, Overdue, Owed, late
from handlers.workflow.request import Request

READERS = frozenset({Role.superintendent})


def overdue(work: Work, pack: Pack, now: datetime, reader: PersonId | None = None) -> tuple[Overdue, ...]:
    """Return what is overdue, by school; a report about the reader is not counted to the reader."""
    district = DistrictKey(pack.key)
    found = {request.id: request for request in (*work.requests.waiting_for(district), *work.requests.owing(district))}
    known = named(work, district, ())
    counted = Counter(_row(one, pack, known, now) for one in late(found.values(), now) if reader is None or one.request.subject != reader)
    return tuple(sorted(Overdue(*row, number) for row, number in counted.items()))


def _row(one: Late, pack: Pack, known: Mapping[PersonId, Person], now: datetime) -> tuple[str, str, Owed, int]:
    zone = pack.settings.zone
    days = (day_of(now, zone) - day_of(one.due, zone)).days
    return _school(one.request, known), process(one.request, pack).kind, one.owed, days


def _school(request: Request, known: Mapping[PersonId, Person]) -> str:
    """Return whose it is: a request at two schools counts once, under both."""
    requester = known.get(request.requester)
    return " and ".join(sorted(requester.schools)) if requester is not None else ""
