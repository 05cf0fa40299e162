"""What a directory file would change: who comes, goes and comes back, and what those who go leave behind. Nothing is written here."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot import people_file
from bot.terminal import count
from handlers.people import Address, DistrictKey, Person, PersonId
from handlers.ports import Work
from handlers.workflow.request import DutyStatus, Request, StageStatus, Status

EVERY_REQUEST = 100_000
UNDECIDED = (StageStatus.open, StageStatus.waiting)


@dataclass(frozen=True, slots=True)
class Plan:
    """The directory as it would be, and a sentence for each change."""

    people: tuple[Person, ...]
    sentences: tuple[str, ...]
    gone: tuple[Person, ...] = ()


def plan(work: Work, district: DistrictKey, raw: bytes, new_id: Callable[[], str]) -> Plan:
    """Read the file against the directory. Raises BadFile with every fault at once."""
    ever = work.directory.ever(district)
    after = _bound(people_file.read(raw, district, ever, new_id), ever)
    ids = {person.id for person in after}
    leaving = [person for person in ever if person.seats and person.id not in ids]
    requests = work.requests.all(district, EVERY_REQUEST) if leaving else ()
    left = [f"left     {person.email}{_still(person.id, requests)}" for person in leaving]
    return Plan(after, (*_arrivals(ever, after), *left) or ("Nothing changes.",), tuple(leaving))


def _bound(read: Sequence[Person], ever: Sequence[Person]) -> tuple[Person, ...]:
    """Keep the accounts on platforms of which the file says nothing for the person: a binding stands in no file."""
    before = {person.id: person.addresses for person in ever}
    named = {address for person in read for address in person.addresses}
    return tuple(replace(person, addresses=_addresses(person, before.get(person.id, ()), named)) for person in read)


def _addresses(person: Person, before: Sequence[Address], named: AbstractSet[Address]) -> tuple[Address, ...]:
    said = {address.platform for address in person.addresses}
    kept = [one for one in before if one in person.addresses or (one.platform not in said and one not in named)]
    return (*kept, *(one for one in person.addresses if one not in kept))  # in the order they had, so that nothing seems changed


def _arrivals(ever: Sequence[Person], after: Sequence[Person]) -> Iterator[str]:
    known = {person.id: person for person in ever}
    former = {person.email: person for person in ever if not person.seats}
    for person in after:
        before = known.get(person.id)
        if before is None:
            yield f"added    {person.email}{_namesake(person, former)}"
        elif not before.seats:
            yield f"back     {person.email}"
        elif before != person:
            yield f"changed  {person.email}"


def _namesake(person: Person, former: Mapping[str, Person]) -> str:
    other = former.get(person.email)
    return f": somebody new; the address was that of {other.name}, who left" if other else ""


def _still(person: PersonId, requests: Sequence[Request]) -> str:
    """Return what waits for somebody, empty when nothing does."""
    waits = Counter[str]()
    for request in requests:
        stages = (stage for stage in request.stages if stage.status in UNDECIDED and person in stage.people)
        waits["decides"] += request.status is Status.pending and any(stages)
        waits["owes"] += sum(duty.status is DutyStatus.open and person in duty.owners for duty in request.duties)
    told = (
        f"decides {count(waits['decides'], 'request')}" if waits["decides"] else "",
        f"owes {count(waits['owes'], 'duty', 'duties')}" if waits["owes"] else "",
    )
    own = Counter(request.status for request in requests if request.requester == person and request.stages)
    over = (
        f"{count(own[Status.pending], 'request')} withdrawn" if own[Status.pending] else "",
        f"{count(own[Status.approved], 'permission')} ended" if own[Status.approved] else "",
    )
    parts = (f"still {', '.join(filter(None, told))}" if any(told) else "", *over)
    return f": {', '.join(filter(None, parts))}" if any(parts) else ""
