"""What somebody has asked for before and is still open or live: hers alone, and which of it asks for the same. Nothing is refused here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.ids import RequestId
from handlers.naming import named
from handlers.people import Person
from handlers.policy.forms import Process
from handlers.policy.overlap import overlaps
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import today
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request, Status

STANDS = frozenset({Status.pending, Status.approved})


def others(work: Work, key: str, actor: Person, pack: Pack, now: datetime, *, without: RequestId | None = None) -> tuple[Request, ...]:
    """Return the actor's own requests of this process that wait or hold now, newest first; `without` is the one in hand."""
    found = [one for one in work.requests.of_requester(actor.id) if one.process == key and one.district == actor.district]
    standing = [one for one in found if as_of(one, now).status in STANDS and one.id != without]
    known = named(work, actor.district, standing) if standing else {}
    return tuple(today(one, pack, known) for one in standing)


def the_same(process: Process, filled: Mapping[str, str], before: Sequence[Request]) -> tuple[Request, ...]:
    """Return those of them that ask for what was filled in now."""
    return tuple(one for one in before if overlaps(process.fields, filled, one.fields))
