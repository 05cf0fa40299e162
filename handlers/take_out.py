"""A student has left: taken out of a live permission, which goes on for the others; whoever was told of it is told. Not here: who may."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import ADMINISTRATOR, DistrictKey, Person, PersonId
from handlers.policy import overlap, roll
from handlers.policy.fields import Misfilled, check
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.telling import redraw, tell
from handlers.wording import students
from handlers.wording.leaving import Leaves
from handlers.workflow.permission import as_of, may_revoke
from handlers.workflow.refused import Already, NotYours, Refusal, Unknown
from handlers.workflow.request import Request, Status
from handlers.workflow.said import Departure, Left
from handlers.workflow.students import TakenOut, not_taken_out, take_out

EVERY = 1_000_000  # permissions of a district: all of them
TOLD = frozenset({Leaves.know, Leaves.duty, Leaves.handed_over, Leaves.passed_on})  # cards whose readers were told of the permission


@dataclass(frozen=True, slots=True)
class Roll:
    """The permission and the students whom it names: one of them can be taken out now."""

    request: Request
    named: tuple[roll.Named, ...]


@dataclass(frozen=True, slots=True)
class NobodyNamed:
    """It names no student, or today's rules no longer say where."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A permission, and which of the students whom it names stand on a list of those who have left."""

    permission: Roll
    gone: tuple[roll.Named, ...]


def press(work: Work, packs: Packs, request_id: RequestId, actor: Person, *, delivery: str, now: datetime) -> Roll | NobodyNamed | Refusal:
    """Return who is named, if the actor may take somebody out now; whoever may not leaves a line in the record, once a delivery."""
    request = _readable(work, request_id, actor, now)
    if request is None:
        return Unknown()
    pack = packs.get(request.district)
    may = may_revoke(request, named(work, request.district, [request]), pack.settings.fallback)
    refused = not_taken_out(request, actor.id, may)
    if isinstance(refused, NotYours) and work.inbox.first(delivery, attempt("take out", request.id, actor)):
        _record(work, request, request, actor.id, "refused", students.TRIED, now)
    return refused or of(request, pack)


def of(request: Request, pack: Pack) -> Roll | NobodyNamed:
    """Return the students whom a request names."""
    process = pack.processes.get(request.process)
    found = roll.named(process.fields, request.fields) if process is not None else ()
    return Roll(request, found) if found else NobodyNamed()


def submit(
    work: Work, packs: Packs, request_id: RequestId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> TakenOut | Misfilled | NobodyNamed | Refusal:
    """Take the student out, record it, tell the others, and rewrite every card about it, in one transaction."""
    attempted = attempt("taken out", request_id, actor)
    work.requests.hold(request_id)
    request = work.requests.get(request_id)
    if request is not None and came_before(work, delivery, attempted):
        return TakenOut(request, _others(request, packs.get(request.district)))
    found = press(work, packs, request_id, actor, delivery=delivery, now=now)
    if not isinstance(found, Roll):
        return found
    asked = students.asked(found.request, found.named)
    filled = check(asked, values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    one = found.named[asked[0].options.index(filled[students.STUDENT])]
    done = leaves(work, found, one, Left(filled[students.LEFT]), actor.id, now)
    work.inbox.first(delivery, attempted)
    return done


def leaves(work: Work, found: Roll, one: roll.Named, left: Left, by: PersonId, now: datetime) -> TakenOut | Refusal:
    """Take this student out; nobody has to have pressed anything for it."""
    before, others = found.request, len(found.named) - 1
    done = take_out(before, roll.without(found.named, one, before.fields), Departure(now, by, one.name, left), others)
    if not work.amendments.take_out(done.request):
        return Already(work.requests.get(before.id) or before)
    _record(work, done.request, before, by, "student_left", students.recorded(left, others), now)
    number = len(done.request.departures)
    redraw(work, done.request, f"without:{number}")
    told = (person for person in dict.fromkeys(_told(work, done.request)) if person != by)
    tell(work, done.request, Leaves.student_left, f"{before.id}:{number}", told)
    return done


def concerned(work: Work, pack: Pack, names: Collection[str], only: Collection[RequestId], now: datetime) -> tuple[Listed, ...]:
    """Return the live permissions of a district, or those of them that are meant, in which somebody of these names stands."""
    wanted = {overlap.spelled(name) for name in names}
    live = (as_of(one, now) for one in work.requests.approved(DistrictKey(pack.key), EVERY) if not only or one.id in only)
    rolls = (found for one in live if one.status is Status.approved and isinstance(found := of(one, pack), Roll))
    listed = (Listed(one, tuple(each for each in one.named if overlap.spelled(each.name) in wanted)) for one in rolls)
    return tuple(one for one in listed if one.gone)


def all_leave(work: Work, pack: Pack, listed: Listed, left: Left, now: datetime) -> None:
    """Take all of them out, one after the other; an administrator answers for it."""
    found: Roll | NobodyNamed = listed.permission
    for gone in listed.gone:
        if isinstance(found, Roll):
            one = next(one for one in found.named if (one.field.name, one.name) == (gone.field.name, gone.name))
            done = leaves(work, found, one, left, ADMINISTRATOR, now)
            found = of(done.request, pack) if isinstance(done, TakenOut) else NobodyNamed()


def _told(work: Work, request: Request) -> Iterator[PersonId]:
    """Yield who has the permission, who agreed, and who was told of it or has something to do for it, and is still here."""
    decided = (stage.decided_by for stage in request.stages if stage.decided_by is not None)
    cards = (card.to for card in work.outbox.cards(request.id) if card.kind in TOLD)
    here = {person.id for person in work.directory.people(request.district) if person.seats}
    yield from (person for person in (request.requester, *decided, *cards) if person in here)


def _others(request: Request, pack: Pack) -> int:
    found = of(request, pack)
    return len(found.named) if isinstance(found, Roll) else 0


def _readable(work: Work, request_id: RequestId, actor: Person, now: datetime) -> Request | None:
    request = work.requests.get(request_id)
    return as_of(request, now) if request is not None and request.district == actor.district else None


def _record(work: Work, request: Request, before: Request, who: PersonId, what: str, detail: str, now: datetime) -> None:
    line = Happening(request.id, request.district, now, who, what, before.status, request.status, detail, request.fingerprint)
    work.record.add(line)
