"""What a person can look up: her own requests and duties, what waits for her, and the record for those who keep it."""

from collections.abc import Iterator, Mapping

from handlers.cards import Card
from handlers.naming import named
from handlers.people import Person, PersonId, Role
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import recipients
from handlers.wording import duties, history, refusals, requests
from handlers.wording.duties import obligation
from handlers.workflow.request import Duty, DutyStatus, Request, Stage

KEEPERS = frozenset({Role.records_officer, Role.superintendent})
HANDED_IN = 10  # addresses shown in the queue; the record holds them all

Known = Mapping[PersonId, Person]


def mine(work: Work, packs: Packs, actor: Person) -> tuple[Card, ...]:
    """Return the actor's own requests, newest first, and the duties she still owes."""
    found, pack = work.requests.all(actor.district), packs.get(actor.district)
    people = named(work, actor.district, found)
    owing = [duties.to_do(request, duty, pack, people) for request, duty in _owed(found, actor)]
    return (*owing, *(requests.to_follow(request, pack, people) for request in found if request.requester == actor.id))


def inbox(work: Work, packs: Packs, actor: Person) -> tuple[Card, ...]:
    """Return what waits for the actor: decisions, then duties, then what was handed in to her."""
    found, pack = work.requests.all(actor.district), packs.get(actor.district)
    people = named(work, actor.district, found)
    deciding = [requests.to_decide(request, stage, pack, people) for request, stage in _waiting(found, actor)]
    owing = [duties.to_do(request, duty, pack, people) for request, duty in _owed(found, actor)]
    handed = [duties.handed_in(request, duty, pack, people) for request, duty in _handed_in(found, pack, actor, people)]
    return (*deciding, *owing, *handed[:HANDED_IN])


def records(work: Work, packs: Packs, actor: Person) -> tuple[Card, ...]:
    """Return every request's history, newest first; only those who keep the records may."""
    if not actor.roles & KEEPERS:
        return (refusals.not_for_you(),)
    found, pack = work.requests.all(actor.district), packs.get(actor.district)
    lines = {request.id: work.record.of(request.id) for request in found}
    people = named(work, actor.district, found, (line.who for happened in lines.values() for line in happened))
    return tuple(history.story(request, lines[request.id], pack, people) for request in found) or (history.nothing_yet(),)


def known(work: Work, actor: Person) -> Known:
    """Return everybody of the actor's district, for the names in sentences."""
    return named(work, actor.district, ())


def _waiting(found: tuple[Request, ...], actor: Person) -> Iterator[tuple[Request, Stage]]:
    for request in found:
        stage = request.open_stage
        if stage is not None and actor.id in stage.people:
            yield request, stage


def _owed(found: tuple[Request, ...], actor: Person) -> Iterator[tuple[Request, Duty]]:
    for request in found:
        yield from ((request, duty) for duty in request.duties if actor.id in duty.owners and duty.status is DutyStatus.open)


def _handed_in(found: tuple[Request, ...], pack: Pack, actor: Person, people: Known) -> Iterator[tuple[Request, Duty]]:
    """Yield what was handed in to the actor: a principal reads her own school's, not everybody's who is a principal."""
    for request in found:
        done = [duty for duty in request.duties if duty.status is DutyStatus.done]
        requester = people.get(request.requester)
        if requester is not None:
            yield from ((request, duty) for duty in done if actor.id in _told(request, duty, pack, requester, people))


def _told(request: Request, duty: Duty, pack: Pack, requester: Person, people: Known) -> tuple[PersonId, ...]:
    return recipients(obligation(request, duty, pack).tells, requester, list(people.values()))
