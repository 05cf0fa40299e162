"""What a person can look up: her own requests and duties, what waits for her, and the record for those who keep it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from handlers import department, late
from handlers.cards import Card
from handlers.late import READERS
from handlers.naming import named
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import learning, today
from handlers.readers import KEEPERS, keeps_from
from handlers.wording import duties, history, overdue, refusals, requests
from handlers.wording.duties import obligation
from handlers.workflow import queue
from handlers.workflow.permission import as_of
from handlers.workflow.request import Duty, DutyStatus, Request, Stage, Status

HANDED_IN = 10  # addresses shown in the queue; the record holds them all
OVER = 20  # of a person's own requests that are over, shown; whatever waits or holds is shown however old
STORIES = 200  # histories on one page; the register on the command line has all

Known = Mapping[PersonId, Person]


def mine(work: Work, packs: Packs, actor: Person, now: datetime) -> tuple[Card, ...]:
    """Return the actor's own requests as they stand now, newest first, and the duties she still owes; of what is over, the newest."""
    found, owing = work.requests.lately_of(actor.id, OVER), work.requests.owed_by(actor.id)
    pack, people = packs.get(actor.district), named(work, actor.district, (*found, *owing))
    to_do = [duties.to_do(request, duty, pack, people) for request, duty in owed(owing, actor)]
    standing = [as_of(today(request, pack, people), now) for request in found]
    over = [request for request in standing if request.status not in (Status.pending, Status.approved)]
    older = (history.older(OVER),) if len(over) == OVER else ()
    return (*to_do, *(requests.to_follow(request, pack, people) for request in standing), *older)


def inbox(work: Work, packs: Packs, actor: Person, now: datetime) -> tuple[Card, ...]:
    """Return what waits for the actor: what is overdue, a department's queue, decisions and duties by age, the register, handed in."""
    pending, owing, done = (
        work.requests.waiting_for(actor.district),
        work.requests.owed_by(actor.id),
        work.requests.handed_in(actor.district),
    )
    pack, people = packs.get(actor.district), named(work, actor.district, (*pending, *owing, *done))
    standing = {request.id: request for request in (*owing, *(today(request, pack, people, actor.id) for request in pending))}
    theirs = [one for one in queue.waiting(standing.values()) if _is_theirs(one, actor)]
    cards = [_to_act(one, pack, people, actor) for one in theirs]
    handed = [duties.handed_in(request, duty, pack, people) for request, duty in handed_in(done, pack, actor, people)]
    kept = department.register(work, pack, actor, people)
    return (*behind(work, pack, actor, now), *department.queues(work, pack, actor, people), *cards, *kept, *handed[:HANDED_IN])


def records(work: Work, packs: Packs, actor: Person, now: datetime) -> tuple[Card, ...]:
    """Return the newest requests' histories, newest first; only those who keep the records may."""
    if not actor.roles & KEEPERS:
        return (refusals.not_for_you(),)
    pack = packs.get(actor.district)
    found = tuple(one for one in work.requests.all(actor.district, limit=STORIES + 1) if not keeps_from(one, pack, actor))
    shown = found[:STORIES]
    lines = {request.id: work.record.of(request.id) for request in shown}
    people = named(work, actor.district, shown, (line.who for happened in lines.values() for line in happened))
    stories = tuple(history.story(as_of(request, now), lines[request.id], pack, people) for request in shown)
    more = (history.more(STORIES),) if len(found) > STORIES else ()
    return (*more, *stories) or (history.nothing_yet(),)


def behind(work: Work, pack: Pack, actor: Person, now: datetime) -> Iterator[Card]:
    """Yield how much is overdue in the district, to whoever answers for all of it."""
    if actor.roles & READERS and (found := late.overdue(work, pack, now, actor.id)):
        yield overdue.card(found)


def _is_theirs(one: queue.Waiting, actor: Person) -> bool:
    return actor.id in (one.what.owners if isinstance(one.what, Duty) else one.what.people)


def _to_act(one: queue.Waiting, pack: Pack, people: Known, actor: Person) -> Card:
    if isinstance(one.what, Duty):
        return duties.to_do(one.request, one.what, pack, people)
    return requests.to_decide(one.request, one.what, pack, people, actor.id)


def waiting(found: Iterable[Request], actor: Person) -> Iterator[tuple[Request, Stage]]:
    """Yield the stages that the actor may decide now."""
    for request in found:
        yield from ((request, stage) for stage in request.open_stages if actor.id in stage.people)


def owed(found: Iterable[Request], actor: Person) -> Iterator[tuple[Request, Duty]]:
    """Yield the duties that the actor has still to do."""
    for request in found:
        yield from ((request, duty) for duty in request.duties if actor.id in duty.owners and duty.status is DutyStatus.open)


def handed_in(found: tuple[Request, ...], pack: Pack, actor: Person, people: Known) -> Iterator[tuple[Request, Duty]]:
    """Yield what was handed in to the actor: a principal reads her own school's, not everybody's who is a principal."""
    for request in found:
        done = [duty for duty in request.duties if duty.status is DutyStatus.done]
        requester = people.get(request.requester)
        if requester is not None:
            yield from ((request, duty) for duty in done if actor.id in _told(request, duty, pack, requester, people))


def _told(request: Request, duty: Duty, pack: Pack, requester: Person, people: Known) -> tuple[PersonId, ...]:
    return learning(obligation(request, duty, pack), duty, request, requester, list(people.values()))
